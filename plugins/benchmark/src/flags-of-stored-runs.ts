import {Args, Flags} from '@oclif/core'

/** Where runs and baselines are; settings resolve it with EP23_DATASET_DIR and the settings file. */
export const datasetDirFlag = Flags.string({summary: 'Folder of runs and baselines.', helpValue: 'DIR'})

export const runArg = Args.string({
  description: 'A run: its id, the beginning of one, `latest`, or its folder.',
  required: true,
})

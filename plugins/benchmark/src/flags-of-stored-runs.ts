import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

/** Where runs and baselines are; settings resolve it with EP23_DATASET_DIR and the settings file. */
export const datasetDirFlag = Flags.string({summary: 'Folder of runs and baselines.', helpValue: 'DIR'})

export const runArg = Args.string({
  description: 'A run: its id, the beginning of one, `latest`, or its folder.',
  required: true,
})

import * as Flags from '@oclif/core/flags'
import {day, wholeNumber} from '@ep23/sdk'

/** Zone of the calendar days that documents belong to. */
export const timeZoneFlag = Flags.string({
  summary: 'Zone whose calendar days are meant. [default: from the last seed]',
  helpValue: 'ZONE',
  env: 'EP23_DATASET_TIME_ZONE',
})

/** A window of stored documents; what is not named is taken from the last snapshot. */
export const windowFlags = {
  until: day({summary: 'Last day of the window. [default: as seeded last]', env: 'EP23_DATASET_UNTIL'}),
  days: wholeNumber({
    summary: 'Length of the window in days. [default: as seeded last]',
    min: 1,
    max: 3660,
    env: 'EP23_DATASET_DAYS',
  }),
  'time-zone': timeZoneFlag,
}

/** Where evidence files go; settings resolve it with EP23_DATASET_DIR and the settings file. */
export const datasetDirFlag = Flags.string({summary: 'Folder of the evidence files.', helpValue: 'DIR'})

import * as Flags from '@oclif/core/flags'
import {BaseCommand, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import type {AuditReport} from '../../usecases/audit/audit-report.js'
import {ORIGINS} from '../../domain/origin.js'
import {datasetDirFlag, windowFlags} from '../../flags.js'

export default class DatasetAudit extends BaseCommand<typeof DatasetAudit> {
  static override summary = 'Hold the stored dataset against its policy; exit 2 when it is below.'
  static override description =
    'Counts per channel and origin, missing or wrong fields, days without digest, duplicates, share of Cyrillic letters.'
  static override examples = [
    '<%= config.bin %> dataset:audit',
    '<%= config.bin %> dataset:audit --channels @habr,@proglib --json',
    '<%= config.bin %> dataset:audit --origin team --against team',
  ]
  static override flags = {
    ...windowFlags,
    channels: Flags.string({
      summary: 'Only these channels, comma-separated.',
      helpValue: '@a,@b',
      env: 'EP23_DATASET_AUDIT_CHANNELS',
    }),
    minimum: wholeNumber({
      summary: 'Fewest digests a channel must have.',
      min: 0,
      max: 3660,
      default: 30,
      env: 'EP23_DATASET_AUDIT_MINIMUM',
    }),
    origin: Flags.option({options: ORIGINS})({
      summary: 'Only documents of this origin. [default: all, counted apart]',
      env: 'EP23_DATASET_AUDIT_ORIGIN',
    }),
    against: Flags.string({
      summary: "Also hold the documents against the team's own rule.",
      options: ['team'],
      env: 'EP23_DATASET_AUDIT_AGAINST',
    }),
    'dataset-dir': datasetDirFlag,
  }
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof DatasetAudit>): Promise<CommandResult<AuditReport>> {
    const {auditAsAsked} = await import('../../wiring/audit-as-asked.js')
    return auditAsAsked(this.runtime, flags)
  }
}

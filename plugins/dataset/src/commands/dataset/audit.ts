import * as Flags from '@oclif/core/flags'
import {BaseCommand, EXIT, wholeNumber, type CommandResult, type Input, datasetDirFlag} from '@ep23/sdk'

import {type AuditReport, renderAudit} from '../../usecases/audit-report.js'
import {ORIGINS} from '../../domain/document-values.js'
import {windowFlags} from '../../flags.js'
import {DEFAULT_POLICY} from '../../usecases/dataset-policy.js'
import {lastSnapshotWindow} from '../../adapters/evidence/snapshot-folder.js'
import {parseChannel} from '../../domain/channel.js'
import {catalogue} from '../../words/words.js'

export default class DatasetAudit extends BaseCommand<typeof DatasetAudit> {
  static override summary = 'Check the stored dataset against its policy; exit 2 when it fails.'
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
      summary: "Also check the documents against the team's own rule.",
      options: ['team'],
      env: 'EP23_DATASET_AUDIT_AGAINST',
    }),
    'dataset-dir': datasetDirFlag,
  }
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof DatasetAudit>): Promise<CommandResult<AuditReport>> {
    const {auditDataset, windowOfFlags} = await import('../../usecases/audit-dataset.js')
    const {documentValidators} = await import('../../usecases/validate-documents.js')
    const {settings, store, clock, signal, progress} = this.runtime
    const {channels: names, minimum, origin, against} = flags
    const window = await windowOfFlags(store, flags, await lastSnapshotWindow(settings.datasetDir))
    const channels = names?.split(',').map(parseChannel)
    const report = await progress.step('Read and check documents', () =>
      auditDataset(
        {store, clock, signal, validators: documentValidators()},
        {
          window,
          policy: {channels: channels?.length ?? DEFAULT_POLICY.channels, days: window.days.length, minimum},
          ...(channels && {channels}),
          ...(origin && {origin}),
          ...(against === 'team' && {against}),
        },
      ),
    )
    return {
      data: report,
      text: renderAudit(report, await catalogue(settings.lang)),
      exit: report.verdict === 'pass' ? EXIT.ok : EXIT.gateFailed,
    }
  }
}

import {Flags} from '@oclif/core'
import {BaseCommand, EXIT, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import type {AuditReport} from '../../domain/audit-report.js'
import {datasetDirFlag, windowFlags} from '../../flags.js'

export default class DatasetAudit extends BaseCommand<typeof DatasetAudit> {
  static override summary = 'Hold the stored dataset against its policy; exit 2 when it is below.'
  static override description =
    'Counts per channel and origin, missing or wrong fields, days without digest, duplicates, share of Cyrillic letters.'
  static override examples = [
    '<%= config.bin %> dataset:audit',
    '<%= config.bin %> dataset:audit --channels @habr,@proglib --json',
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
    'dataset-dir': datasetDirFlag,
  }
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof DatasetAudit>): Promise<CommandResult<AuditReport>> {
    const {settings, store, clock, signal, progress} = this.runtime
    const [
      {auditDataset},
      {documentValidators},
      {lastSnapshotWindow},
      {resolveAuditWindow},
      {renderAudit},
      {parseChannel},
      {DEFAULT_POLICY},
    ] = await Promise.all([
      import('../../usecases/audit-dataset.js'),
      import('../../usecases/validate-documents.js'),
      import('../../adapters/snapshots/snapshot-folder.js'),
      import('../../usecases/resolve-audit-window.js'),
      import('../../usecases/audit/render-audit.js'),
      import('../../domain/channel.js'),
      import('../../domain/dataset-policy.js'),
    ])
    const window = resolveAuditWindow(flags, await lastSnapshotWindow(settings.datasetDir))
    const channels = flags.channels?.split(',').map(parseChannel)
    const policy = {
      ...DEFAULT_POLICY,
      days: window.days.length,
      minimum: flags.minimum,
      channels: channels?.length ?? DEFAULT_POLICY.channels,
    }
    const deps = {store, clock, signal, validators: documentValidators()}
    const audited = await progress.run<{report?: AuditReport}>(
      [
        {
          title: 'Read and check documents',
          run: async state =>
            void (state.report = await auditDataset(deps, {window, policy, ...(channels && {channels})})),
        },
      ],
      {},
    )
    const report = audited.report as AuditReport
    return {data: report, text: renderAudit(report), exit: report.verdict === 'pass' ? EXIT.ok : EXIT.gateFailed}
  }
}

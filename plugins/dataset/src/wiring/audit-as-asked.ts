import {EXIT, type CommandResult, type Runtime} from '@ep23/sdk'

import {lastSnapshotWindow} from '../adapters/evidence/snapshot-folder.js'
import type {AuditReport} from '../usecases/audit/audit-report.js'
import {parseChannel} from '../domain/channel.js'
import type {Origin} from '../domain/origin.js'
import {DEFAULT_POLICY} from '../usecases/audit/dataset-policy.js'
import {renderAudit} from '../usecases/audit/render-audit.js'
import {auditDataset, resolveAuditWindow, type WindowFlags} from '../usecases/audit/audit-dataset.js'
import {documentValidators} from '../usecases/documents/validate-documents.js'

interface AuditFlags extends WindowFlags {
  channels?: string | undefined
  minimum: number
  origin?: Origin | undefined
  against?: string | undefined
}

/** `dataset:audit`: exit 2 when the dataset is below its policy. */
export async function auditAsAsked(runtime: Runtime, flags: AuditFlags): Promise<CommandResult<AuditReport>> {
  const {settings, store, clock, signal, progress} = runtime
  const window = resolveAuditWindow(flags, await lastSnapshotWindow(settings.datasetDir))
  const channels = flags.channels?.split(',').map(parseChannel)
  const policy = {
    channels: channels?.length ?? DEFAULT_POLICY.channels,
    days: window.days.length,
    minimum: flags.minimum,
  }
  const deps = {store, clock, signal, validators: documentValidators()}
  const title = 'Read and check documents'
  const {report} = await progress.run<{report?: AuditReport}>(
    [
      {
        title,
        async run(state) {
          state.report = await auditDataset(deps, {
            ...{window, policy},
            ...(channels && {channels}),
            ...(flags.origin && {origin: flags.origin}),
            ...(flags.against === 'team' && {against: 'team' as const}),
          })
        },
      },
    ],
    {},
  )
  const audit = report as AuditReport
  return {data: audit, text: renderAudit(audit), exit: audit.verdict === 'pass' ? EXIT.ok : EXIT.gateFailed}
}

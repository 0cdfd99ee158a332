import type {AuditReport, ChannelAudit} from '../../domain/audit/audit-report.js'

/** The audit as lines for a terminal. */
export function renderAudit({window, channels, findings, verdict}: AuditReport): string[] {
  return [
    `${window.from} … ${window.to} (${window.days} days, ${window.time_zone})`,
    ...channels.map(renderChannel),
    ...findings.map(({rule, channel, detail}) => `✖ ${rule}${channel === null ? '' : ` ${channel}`}: ${detail}`),
    verdict === 'pass'
      ? '✔ the dataset meets its policy'
      : `✖ the dataset is below its policy: ${findings.length} findings`,
  ]
}

function renderChannel({channel, digests, review_reports, cyrillic_share}: ChannelAudit): string {
  const share = cyrillic_share === null ? 'not measured' : cyrillic_share.toFixed(2)
  return [
    channel.padEnd(20),
    `digests ${digests.total} (${digests.telegram} telegram, ${digests.synthetic} synthetic)`,
    `reviews ${review_reports.total}`,
    `Cyrillic ${share}`,
  ].join('  ')
}

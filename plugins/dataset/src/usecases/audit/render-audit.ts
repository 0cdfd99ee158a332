import type {AuditFinding, AuditReport, ChannelAudit} from './audit-report.js'
import type {OriginCounts} from '../../domain/origin.js'

/** The audit as lines for a terminal. */
export function renderAudit({window, channels, findings, verdict}: AuditReport): string[] {
  return [
    `${window.from} … ${window.to} (${window.days} days, ${window.time_zone})`,
    ...channels.map(renderChannel),
    ...findings.map(renderFinding),
    verdict === 'pass'
      ? '✔ the dataset meets its policy'
      : `✖ the dataset is below its policy: ${counted(findings.filter(({level}) => level === 'fail').length)}`,
  ]
}

function renderFinding({rule, level, channel, detail}: AuditFinding): string {
  return `${level === 'fail' ? '✖' : '!'} ${rule}${channel === null ? '' : ` ${channel}`}: ${detail}`
}

function counted(findings: number): string {
  return `${findings} finding${findings === 1 ? '' : 's'}`
}

/** `30 telegram, 0 synthetic`, and the team's where there are any. */
export function originsInWords({telegram, synthetic, team}: OriginCounts): string {
  return `${telegram} telegram, ${synthetic} synthetic${team > 0 ? `, ${team} of the team’s` : ''}`
}

function renderChannel({
  channel,
  digests,
  review_reports,
  cyrillic_share,
  not_measured,
  team_rule: rule,
}: ChannelAudit): string {
  const share = cyrillic_share === null ? 'not measured' : cyrillic_share.toFixed(2)
  return [
    channel.padEnd(20),
    `digests ${digests.total} (${originsInWords(digests)})`,
    `reviews ${review_reports.total}`,
    `Cyrillic ${share}`,
    ...Object.entries(not_measured).map(([reason, count]) => `${count} × ${reason.replace('_', ' ')}: not measured`),
    ...(rule ? [`by the team’s rule ${rule.digests.checked - rule.digests.broken} of ${rule.digests.checked}`] : []),
  ].join('  ')
}

import {originsInWords} from '../audit/render-audit.js'
import type {ChannelSeed, DocumentCounts, RecordCounts, SeedReport} from './seed-report.js'

const SHOWN_GAPS = 10

/** The seed's result as lines for a terminal. */
export function renderSeed({window, store, plan, snapshot_path, channels, totals}: SeedReport): string[] {
  return [
    `${window.from} … ${window.to}, ${window.days} days (${window.time_zone}) in ${store}${plan ? ' — only a plan, nothing was written' : ''}`,
    ...channels.flatMap(channel => renderChannel(channel, window.days, plan)),
    `${totals.digests.total} digests (${originsInWords(totals.digests)}), ${totals.review_reports.total} review reports`,
    ...(totals.kept > 0
      ? [
          `${totals.kept} stored digests ${plan ? 'would be' : 'were'} kept; --replace overwrites them, and dataset:restore brings them back`,
        ]
      : []),
    ...(totals.unwritten > 0
      ? [`${dayCount(totals.unwritten)} not written; run the same command again, it asks only for them`]
      : []),
    ...(totals.digests.total > 0 && totals.digests.synthetic === totals.digests.total
      ? ['The whole dataset is synthetic: good for trying ep23 out, it says nothing about real digests.']
      : []),
    ...(snapshot_path === null ? [] : [`evidence: ${snapshot_path}`]),
  ]
}

function renderChannel(
  {channel, posts_read, records, gaps, team_days: team, kept, unwritten, digests, review_reports}: ChannelSeed,
  days: number,
  plan: boolean,
): string[] {
  const leftOut = recordsLeftOut(records)
  return [
    `  ${channel.padEnd(18)} ${posts_read} posts read, ${digests.total} digests (${originsInWords(digests)})`,
    ...(leftOut === '' ? [] : [`    not taken       ${leftOut}`]),
    `    digests         ${changes(digests, plan)}`,
    `    review reports  ${changes(review_reports, plan)}`,
    ...(gaps.length === 0
      ? []
      : [
          `    gaps            ${gaps.length === days ? 'every day' : `${gaps.length}: ${namedDays(gaps.map(({day}) => day))}`}`,
        ]),
    ...(team.length > 0 ? [`    the team’s own  ${team.length} days, nothing written beside them`] : []),
    ...byReason(kept).map(([reason, names]) => `    kept            ${names.length}: ${namedDays(names)}: ${reason}`),
    ...unwritten.map(({day, reason}) => `    not written     ${day}: ${reason}`),
  ]
}

function dayCount(days: number): string {
  return days === 1 ? '1 day was' : `${days} days were`
}

function byReason(days: readonly {day: string; reason: string}[]): [string, string[]][] {
  const groups = Map.groupBy(days, ({reason}) => reason)
  return [...groups].map(([reason, group]) => [reason, group.map(({day}) => day)])
}

function changes({inserted, updated, unchanged, removed}: DocumentCounts, plan: boolean): string {
  const words = plan ? ['to insert', 'to change', 'that stay'] : ['inserted', 'changed', 'unchanged']
  const counts = `${inserted} ${words[0]}, ${updated} ${words[1]}, ${unchanged} ${words[2]}`
  return removed === 0 ? counts : `${counts}, ${removed} removed`
}

function namedDays(days: readonly string[]): string {
  const shown = days.slice(0, SHOWN_GAPS).join(', ')
  return days.length > SHOWN_GAPS ? `${shown} and ${days.length - SHOWN_GAPS} more` : shown
}

/** The reasons for which records gave no post of the window, for a line of the report; empty when there are none. */
function recordsLeftOut(records: RecordCounts): string {
  const reasons: Array<[keyof RecordCounts, string]> = [
    ['outside_window', 'outside the window'],
    ['replaced', 'replaced by a later version'],
    ['repeated', 'repeated'],
    ['other_channels', 'of other channels'],
    ['without_text', 'without text'],
    ['service', 'service messages'],
    ['invalid', 'invalid'],
  ]
  return reasons.flatMap(([key, words]) => (records[key] > 0 ? [`${records[key]} ${words}`] : [])).join(', ')
}

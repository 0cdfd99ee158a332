import {countOf} from '@ep23/sdk'

/** What `dataset:seed` and `dataset:audit` say of the dataset, in English. */
export const english = {
  days: ({days}: {days: number}) => countOf(days, 'day'),
  window: ({window, store, isPlan}: {window: string; store: string; isPlan: boolean}) =>
    `${window} in ${store}${isPlan ? ' — plan only, nothing was written' : ''}`,
  origins: ({telegram, synthetic, team}: {telegram: number; synthetic: number; team: number}) =>
    `${telegram} telegram, ${synthetic} synthetic${team > 0 ? `, ${team} of the team’s` : ''}`,
  channel: ({channel, posts, digests, origins}: {channel: string; posts: number; digests: number; origins: string}) =>
    `${channel} ${countOf(posts, 'post')} read, ${countOf(digests, 'digest')} (${origins})`,
  totals: ({digests, origins, reviews}: {digests: number; origins: string; reviews: number}) =>
    `${countOf(digests, 'digest')} (${origins}), ${countOf(reviews, 'review report')}`,
  kept: ({kept, isPlan}: {kept: number; isPlan: boolean}) =>
    `${countOf(kept, 'stored digest')} ${isPlan ? 'would be' : kept === 1 ? 'was' : 'were'} kept; --replace overwrites them, and dataset:restore brings them back`,
  unwritten: ({days}: {days: number}) =>
    `${countOf(days, 'day')} not written; run the same command again: it asks only for the missing days`,
  allSynthetic: 'The whole dataset is synthetic: good for trying ep23 out, it says nothing about real digests.',
  evidence: ({path}: {path: string}) => `evidence: ${path}`,
  labels: ['not taken', 'digests', 'review reports', 'gaps', 'the team’s own', 'kept', 'not written'].join('|'),
  everyDay: 'every day',
  teamDays: ({days}: {days: number}) => `${countOf(days, 'day')}, nothing written beside them`,
  changes: ({inserted, updated, unchanged, isPlan}: Changes) =>
    isPlan
      ? `${inserted} to insert, ${updated} to change, ${unchanged} that stay`
      : `${inserted} inserted, ${updated} changed, ${unchanged} unchanged`,
  removed: ({removed}: {removed: number}) => `${removed} removed`,
  more: ({shown, more}: {shown: string; more: number}) => `${shown} and ${more} more`,
  leftOut: ({reason, records}: {reason: LeftOut; records: number}) => `${records} ${LEFT_OUT[reason]}`,
  syntheticDigests: ({channels}: {channels: readonly SyntheticShare[]}) =>
    `synthetic digests: ${channels.map(({channel, synthetic, total}) => `${channel} ${synthetic} of ${total}`).join(', ')}`,
  notWritten: ({days}: {days: string}) =>
    `not written: ${days}; run the same command again: it asks only for the missing days`,
  quarantined: ({path}: {path: string}) => `records that could not be read are in ${path}`,
  auditColumns: 'channel|digests|telegram|synthetic|team|reviews|Cyrillic',
  meetsPolicy: '✔ the dataset meets its policy',
  nextAfterSamples: ({channels}: {channels: string}) => `next: ep23 init --yes --from ${channels}`,
  belowPolicy: ({findings}: {findings: number}) => `✖ the dataset is below its policy: ${countOf(findings, 'finding')}`,
}

export interface Changes {
  inserted: number
  updated: number
  unchanged: number
  isPlan: boolean
}

export interface SyntheticShare {
  channel: string
  synthetic: number
  total: number
}

/** Why a record gave no post of the window. */
export type LeftOut = keyof typeof LEFT_OUT

export const LEFT_OUT = {
  outside_window: 'outside the window',
  replaced: 'replaced by a later version',
  repeated: 'repeated',
  other_channels: 'of other channels',
  without_text: 'without text',
  service: 'service messages',
  invalid: 'invalid',
} as const

import {badDataError} from '@ep23/sdk'

import type {SeedOptions} from '../../domain/seed-options.js'
import {cyrillicShare} from '../../text/index.js'
import type {ChannelState, SeedState} from './seed-state.js'

/** A Russian channel quotes English names and code, but most of its letters are Cyrillic. */
const LEAST_CYRILLIC_SHARE = 0.5
const SHOWN_DAYS = 31

/** @throws Ep23Error DATASET_NOT_RUSSIAN (65) */
export function refuseForeignLanguage({name, cleanByDay}: ChannelState): void {
  const texts = [...cleanByDay.values()].flat().map(({plain}) => plain)
  if (texts.length === 0) return
  const share = cyrillicShare(texts.join('\n'))
  if (share >= LEAST_CYRILLIC_SHARE) return
  throw badDataError(
    'DATASET_NOT_RUSSIAN',
    `${name}: ${Math.round(share * 100)} % of the letters in its posts are Cyrillic; a Russian channel has at least ${LEAST_CYRILLIC_SHARE * 100} %`,
    ['leave the channel out'],
  )
}

/** With `--gaps fail`: every gap of every channel in one message. @throws Ep23Error DATASET_GAPS (65) */
export function refuseGaps({channels}: SeedState, {gaps}: SeedOptions): void {
  const withGaps = channels.filter(channel => channel.gaps.length > 0)
  if (gaps !== 'fail' || withGaps.length === 0) return
  throw badDataError('DATASET_GAPS', `days without a digest: ${withGaps.map(namedGaps).join('; ')}`, [
    'fill them synthetically, marked so: --gaps synthetic',
    'or choose a window that the sources cover: --until YYYY-MM-DD',
  ])
}

/** @throws Ep23Error DATASET_TOO_SYNTHETIC (65) */
export function refuseTooSynthetic({channels}: SeedState, {maxSyntheticShare}: SeedOptions): void {
  const digests = channels.flatMap(channel => channel.digests.wanted)
  const synthetic = digests.filter(({metadata}) => metadata.origin === 'synthetic').length
  if (synthetic <= maxSyntheticShare * digests.length) return
  throw badDataError(
    'DATASET_TOO_SYNTHETIC',
    `${synthetic} of ${digests.length} digests are synthetic, --max-synthetic-share allows ${maxSyntheticShare}`,
    ['add sources for the gaps (dataset:seed --plan shows them)', 'or allow a larger share'],
  )
}

/** @throws Ep23Error DATASET_TOO_FEW_DIGESTS (65) */
export function refuseTooFew({channels}: SeedState, {policy}: SeedOptions): void {
  const found = channels.map(({name, digests, teamDays}) => ({name, count: digests.wanted.length + teamDays.size}))
  const short = found.filter(({count}) => count < policy.minimum)
  if (short.length === 0) return
  const counts = short.map(({name, count}) => `${name} has ${count}`).join(', ')
  throw badDataError('DATASET_TOO_FEW_DIGESTS', `${counts} digests, ${policy.minimum} a channel are needed`, [
    'lengthen the window with --days or lower --minimum',
  ])
}

function namedGaps({name, gaps}: ChannelState): string {
  const days = gaps.slice(0, SHOWN_DAYS).map(({day, reason}) => `${day} (${reason})`)
  const rest = gaps.length - days.length
  return `${name}: ${days.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

import {badDataError} from '@ep23/sdk'

import type {SeedOptions} from '../../domain/seed-options.js'
import {languageInWords, mainLanguage} from '../../text/index.js'
import type {ChannelState, SeedState} from './seed-state.js'

/** A Russian channel quotes other languages and has some posts in them, but most of it is Russian. */
const LEAST_RUSSIAN_SHARE = 0.5
const SHOWN_DAYS = 31

/** @throws Ep23Error DATASET_NOT_RUSSIAN (65), which names the language */
export function refuseForeignLanguage({name, cleanByDay}: ChannelState): void {
  const main = mainLanguage([...cleanByDay.values()].flat().map(({plain}) => plain))
  if (main === undefined || main.russian >= LEAST_RUSSIAN_SHARE) return
  throw badDataError(
    'DATASET_NOT_RUSSIAN',
    `${name}: its posts are in ${languageInWords(main.language)}; ${Math.round(main.russian * 100)} % of the text is Russian, a Russian channel has at least ${LEAST_RUSSIAN_SHARE * 100} %`,
    ['leave the channel out', 'or check that the file is the channel’s: the language is told by letters and words'],
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

import {badDataError} from '@ep23/sdk'

import type {SeedOptions} from '../../domain/seed-options.js'
import {languageInWords, mainLanguage} from '../../text/index.js'
import type {ChannelState, PlannedDay, SeedState} from './seed-state.js'

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
  const withGaps = channels.map(withoutKeptDays).filter(channel => channel.gaps.length > 0)
  if (gaps !== 'fail' || withGaps.length === 0) return
  throw badDataError('DATASET_GAPS', `days without a digest: ${withGaps.map(namedGaps).join('; ')}`, [
    'fill them synthetically, marked so: --gaps synthetic',
    'or choose a window that the sources cover: --until YYYY-MM-DD',
  ])
}

/** @throws Ep23Error DATASET_TOO_SYNTHETIC (65) */
export function refuseTooSynthetic({channels}: SeedState, {maxSyntheticShare}: SeedOptions): void {
  const days = channels.flatMap(channel => channel.days)
  const synthetic = days.filter(isSynthetic).length
  if (synthetic <= maxSyntheticShare * days.length) return
  throw badDataError(
    'DATASET_TOO_SYNTHETIC',
    `${synthetic} of ${days.length} digests are synthetic, --max-synthetic-share allows ${maxSyntheticShare}`,
    ['add sources for the gaps (dataset:seed --plan shows them)', 'or allow a larger share'],
  )
}

/** A gap of the sources is none of the dataset where a stored digest stays. */
function withoutKeptDays({name, gaps, days}: ChannelState): Pick<ChannelState, 'name' | 'gaps'> {
  const real = new Set(days.filter(day => !isSynthetic(day)).map(({source}) => source.day))
  return {name, gaps: gaps.filter(({day}) => !real.has(day))}
}

function isSynthetic({source, stored, stays}: PlannedDay): boolean {
  return stays ? stored?.metadata.origin === 'synthetic' : source.generator !== undefined
}

function namedGaps({name, gaps}: Pick<ChannelState, 'name' | 'gaps'>): string {
  const days = gaps.slice(0, SHOWN_DAYS).map(({day, reason}) => `${day} (${reason})`)
  const rest = gaps.length - days.length
  return `${name}: ${days.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

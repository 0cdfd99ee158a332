import {badDataError, type Clock, type Store} from '@ep23/sdk'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'
import {uniformInt} from 'pure-rand/distribution/uniformInt'

import {type DayWindow, reportWindow} from '../domain/day-window.js'
import {digestKind} from '../domain/document-kind.js'
import type {Digest} from '../domain/digest.js'
import {storedDocuments} from './stored-documents.js'
import {renderSpotcheck} from './render-spotcheck.js'
import {message} from '../words/words.js'

export interface SpotcheckOptions extends SampleSize {
  window: DayWindow
}

/** Samples digests and renders the checklist. @throws Ep23Error DATASET_EMPTY (65) */
export async function spotcheckDataset(
  {store, clock}: {store: Store; clock: Clock},
  {window, ...size}: SpotcheckOptions,
): Promise<{markdown: string; digest_ids: string[]}> {
  const sample = await sampleDigests(store, window, size)
  if (sample.length === 0) throw badDataError('DATASET_EMPTY', message('noDigestInWindow'), [message('seedFirst')])
  const markdown = renderSpotcheck(sample, {generatedAt: clock.now(), seed: size.seed, window: reportWindow(window)})
  return {markdown, digest_ids: sample.map(({digest_id}) => digest_id)}
}

interface SampleSize {
  count: number
  /** Of each channel, not of all together. */
  perChannel?: boolean | undefined
  seed: number
}

/**
 * A seeded sample of the window's digests, in the order of their ids: reservoir sampling (Vitter 1985, algorithm R), so that
 * memory holds only the sample.
 */
async function sampleDigests(
  store: Store,
  {from, to}: DayWindow,
  {count, perChannel = false, seed}: SampleSize,
): Promise<Digest[]> {
  const generator = xoroshiro128plus(seed)
  const reservoirs = new Map<string, {sample: Digest[]; seen: number}>()
  for await (const {document: digest, problems} of storedDocuments(store, digestKind, {from, to})) {
    if (problems.length > 0) continue
    const group = perChannel ? digest.channel : ''
    const reservoir = reservoirs.get(group) ?? {sample: [], seen: 0}
    reservoirs.set(group, reservoir)
    reservoir.seen += 1
    if (reservoir.sample.length < count) reservoir.sample.push(digest)
    else {
      const place = uniformInt(generator, 0, reservoir.seen - 1)
      if (place < count) reservoir.sample[place] = digest
    }
  }
  const sample = [...reservoirs.values()].flatMap(reservoir => reservoir.sample)
  return sample.sort((a, b) => (a.digest_id < b.digest_id ? -1 : 1))
}

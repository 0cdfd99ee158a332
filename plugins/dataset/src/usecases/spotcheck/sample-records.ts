import type {Store} from '@ep23/sdk'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'
import {uniformInt} from 'pure-rand/distribution/uniformInt'

import type {DayWindow} from '../../domain/day-window.js'
import {digestKind} from '../../domain/documents/document-kind.js'
import type {Digest} from '../../domain/documents/digest.js'
import {storedDocuments} from '../stored/stored-documents.js'

/**
 * A seeded sample of the window's digests, in the order of their ids: reservoir sampling (Vitter 1985, algorithm R),
 * so that memory holds only the sample.
 */
export async function sampleDigests(
  store: Store,
  {from, to}: DayWindow,
  count: number,
  seed: number,
): Promise<Digest[]> {
  const generator = xoroshiro128plus(seed)
  const sample: Digest[] = []
  let seen = 0
  for await (const {document: digest, problems} of storedDocuments(store, digestKind, {from, to})) {
    if (problems.length > 0) continue
    seen += 1
    if (sample.length < count) sample.push(digest)
    else {
      const place = uniformInt(generator, 0, seen - 1)
      if (place < count) sample[place] = digest
    }
  }
  return sample.sort((a, b) => (a.digest_id < b.digest_id ? -1 : 1))
}

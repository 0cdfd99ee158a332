import {badDataError, type Clock, type Store} from '@ep23/sdk'

import type {DayWindow} from '../domain/day-window.js'
import {reportWindow} from './seed/report-seed.js'
import {renderSpotcheck} from './spotcheck/render-spotcheck.js'
import {sampleDigests, type SampleSize} from './spotcheck/sample-records.js'

export interface SpotcheckOptions extends SampleSize {
  window: DayWindow
}

/** Samples digests and renders the checklist. @throws Ep23Error DATASET_EMPTY (65) */
export async function spotcheckDataset(
  {store, clock}: {store: Store; clock: Clock},
  {window, ...size}: SpotcheckOptions,
): Promise<{markdown: string; digest_ids: string[]}> {
  const sample = await sampleDigests(store, window, size)
  if (sample.length === 0)
    throw badDataError('DATASET_EMPTY', 'there is no digest in the window', ['seed first: ep23 dataset:seed'])
  const markdown = renderSpotcheck(sample, {generatedAt: clock.now(), seed: size.seed, window: reportWindow(window)})
  return {markdown, digest_ids: sample.map(({digest_id}) => digest_id)}
}

import {badDataError} from '@ep23/sdk'

import type {Analyser} from '../analysis/analyser.js'
import type {Bm25Index} from './bm25-index.js'

/** @throws Ep23Error RAG_INDEX_SIGNATURE (65) when the index was made with another analyser: its terms would not be found. */
export function requireSignature(
  {signature}: Pick<Bm25Index, 'signature'>,
  analyser: Pick<Analyser, 'signature'>,
): void {
  if (signature === analyser.signature) return
  throw badDataError(
    'RAG_INDEX_SIGNATURE',
    `the index was made with the analyser ${signature}, this program has ${analyser.signature}`,
    ['build the index anew'],
  )
}

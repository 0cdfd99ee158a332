import type {Runtime} from '@ep23/sdk'

import type {FallbackReason} from '../../domain/model-ports.js'
import {ragMetrics} from '../../metrics.js'

/** Counts replies that could not be used in `rag_fallback_reason_total`, and logs each. */
export function countFallbacks({metrics, logger}: Runtime): (reason: FallbackReason, detail: string) => void {
  const {fallbackReason} = metrics.bind(ragMetrics)
  return (reason, detail) => {
    fallbackReason.inc({reason})
    logger.warn({stage: 'rerank', reason, detail}, 'the reply of the reranker cannot be used')
  }
}

import {hasCode, type Runtime} from '@ep23/sdk'
import {canaryOf} from '../domain/canary.js'
import type {ConfigValues, ConfigValue} from '../domain/config-keys.js'
import type {HistoryAction, ConfigRefusalReason} from '../domain/config-history.js'
import {ragMetrics} from '../metrics.js'
import type {FallbackReason} from '../domain/model-ports.js'

const REASONS: Readonly<Record<string, ConfigRefusalReason>> = {
  RAG_NOT_OWNER: 'not_owner',
  RAG_CONFIG_UNSIGNED: 'not_signed',
  RAG_HISTORY_CHANGED: 'not_signed',
  RAG_CONFIG_BUSY: 'busy',
}

/** A signed change has been written. */
export function recordChange(runtime: Runtime, operation: HistoryAction, values: ConfigValues): void {
  runtime.metrics.bind(ragMetrics).configChanges.inc({operation})
  recordCanary(runtime, values)
}

export function recordRefusals({metrics}: Runtime, reasons: readonly ConfigRefusalReason[]): void {
  const {refusals} = metrics.bind(ragMetrics)
  for (const reason of reasons) refusals.inc({reason})
}

/** Publishes the canary's share of the configuration that was read or written. */
export function recordCanary({metrics}: Runtime, values: ConfigValues): void {
  metrics.bind(ragMetrics).canary.set({}, (canaryOf(values)?.percent ?? 0) / 100)
}

/** Counts a change that is refused by an error: no key, edited by hand, another process at it. */
export async function countingRefusals<T>(runtime: Runtime, change: () => Promise<T>): Promise<T> {
  try {
    return await change()
  } catch (error) {
    const found = Object.entries(REASONS).find(([code]) => hasCode(error, code))
    if (found) recordRefusals(runtime, [found[1]])
    throw error
  }
}

/** Counts replies that could not be used in `rag_fallback_reason_total`, and logs each. */
export function countFallbacks({metrics, logger}: Runtime): (reason: FallbackReason, detail: string) => void {
  const {fallbackReason} = metrics.bind(ragMetrics)
  return (reason, detail) => {
    fallbackReason.inc({reason})
    logger.warn({stage: 'rerank', reason, detail}, 'the reply of the reranker cannot be used')
  }
}

/** Publishes a measured variance ratio and its upper bound under the configuration's `reranker.variance_window`. */
export function recordVariance({metrics}: Runtime, window: ConfigValue, ratio: {estimate: number; high: number}): void {
  const {varianceRatio, varianceUpper} = metrics.bind(ragMetrics)
  varianceRatio.set({window: String(window)}, ratio.estimate)
  varianceUpper.set({window: String(window)}, ratio.high)
}

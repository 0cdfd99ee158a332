import {Ep23Error, EXIT, usageError, type SpanRecord, type Store} from '@ep23/sdk'
import {message} from '../../words/words.js'

const SHORTEST_PREFIX = 4

/**
 * All spans of the trace with this id, or the only one whose id begins so.
 * @throws Ep23Error USAGE (64) for what is no id or fits several traces, TRACE_UNKNOWN (65)
 */
export async function findTrace(store: Store, prefix: string): Promise<SpanRecord[]> {
  const wanted = prefix.toLowerCase()
  if (!/^[\da-f]{1,32}$/u.test(wanted) || wanted.length < SHORTEST_PREFIX)
    throw usageError(message('notTraceId', {prefix, shortest: SHORTEST_PREFIX}))
  const spans: SpanRecord[] = []
  // `g` follows the last hexadecimal digit.
  const startingSo = {trace_id: {$gte: wanted, $lt: `${wanted}g`}}
  for await (const span of store.collection<SpanRecord>('ep23_spans').find(startingSo)) spans.push(span)
  const ids = new Set(spans.map(span => span.trace_id))
  if (ids.size > 1) throw usageError(message('tracesBegin', {traces: ids.size, prefix}), [message('moreDigits')])
  if (ids.size === 0)
    throw new Ep23Error(message('noTrace', {prefix, location: store.location}), {
      code: 'TRACE_UNKNOWN',
      exit: EXIT.badData,
      suggestions: [message('seeTraces'), message('seeTraceSample')],
    })
  return spans
}

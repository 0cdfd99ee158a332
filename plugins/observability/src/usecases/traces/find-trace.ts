import {Ep23Error, EXIT, usageError, type SpanRecord, type Store} from '@ep23/sdk'

const SHORTEST_PREFIX = 4

/**
 * All spans of the trace with this id, or the only one whose id begins so.
 * @throws Ep23Error USAGE (64) for what is no id or fits several traces, TRACE_UNKNOWN (65)
 */
export async function findTrace(store: Store, prefix: string): Promise<SpanRecord[]> {
  const wanted = prefix.toLowerCase()
  if (!/^[\da-f]{1,32}$/u.test(wanted) || wanted.length < SHORTEST_PREFIX)
    throw usageError(`${prefix} is not a trace id: ${SHORTEST_PREFIX} to 32 hexadecimal digits`)
  const spans: SpanRecord[] = []
  // `g` follows the last hexadecimal digit.
  const startingSo = {trace_id: {$gte: wanted, $lt: `${wanted}g`}}
  for await (const span of store.collection<SpanRecord>('ep23_spans').find(startingSo)) spans.push(span)
  const ids = new Set(spans.map(span => span.trace_id))
  if (ids.size > 1) throw usageError(`${ids.size} traces begin with ${prefix}`, ['give more digits of the id'])
  if (ids.size === 0)
    throw new Ep23Error(`there is no trace ${prefix} in ${store.location}`, {
      code: 'TRACE_UNKNOWN',
      exit: EXIT.badData,
      suggestions: [
        'see the latest ones with: ep23 observability:traces:list',
        'see with ep23 config:explain whether only a share of them is kept (traceSample)',
      ],
    })
  return spans
}

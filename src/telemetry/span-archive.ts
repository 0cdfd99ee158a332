import type {SpanArchive, SpanRecord, Store} from '@ep23/sdk'

import {clip, type Redactor} from './redact.js'
import {storableAttributes} from './storable.js'

const LONGEST_NAME = 200
const LONGEST_MESSAGE = 500

/** What other services hand over is redacted and bounded like what this process records. */
export function createSpanArchive(store: Store, redactor: Redactor): SpanArchive {
  const text = (value: string, longest: number): string => clip(redactor.text(value), longest)
  const storable = (span: SpanRecord): SpanRecord => ({
    ...span,
    name: text(span.name, LONGEST_NAME),
    service: text(span.service, LONGEST_NAME),
    run_id: text(span.run_id, LONGEST_NAME),
    ...(span.status_message !== undefined && {status_message: text(span.status_message, LONGEST_MESSAGE)}),
    attributes: storableAttributes(span.attributes, redactor),
  })
  return {
    add: async spans =>
      void (await store.collection<SpanRecord>('ep23_spans').upsertMany(spans.map(storable), 'span_id')),
  }
}

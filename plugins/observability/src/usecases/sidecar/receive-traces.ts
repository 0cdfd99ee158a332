import {receivedSpans} from '../../domain/otlp-spans.js'
import {jsonReply, type Reply} from '../../domain/route.js'
import type {SidecarDeps} from './sidecar-deps.js'

/** Stores the spans of an OTLP/JSON request and answers as OTLP wants: with what was not taken, or nothing. */
export async function receiveTraces({spanArchive, counts}: SidecarDeps, body: unknown): Promise<Reply> {
  const {spans, rejected, problem} = receivedSpans(body)
  counts.spansReceived.inc({outcome: 'rejected'}, rejected)
  await spanArchive.add(spans)
  counts.spansReceived.inc({outcome: 'stored'}, spans.length)
  return jsonReply(200, rejected === 0 ? {} : {partialSuccess: {rejectedSpans: rejected, errorMessage: problem}})
}

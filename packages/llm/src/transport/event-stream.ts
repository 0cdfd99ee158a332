interface Chunk {
  model?: unknown
  usage?: unknown
  error?: unknown
  system_fingerprint?: unknown
  choices?: {delta?: {content?: unknown; reasoning_content?: unknown; refusal?: unknown}; finish_reason?: unknown}[]
}

/**
 * A whole completion out of the events of one that was streamed: some servers stream whatever is asked.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function readEventStream(text: string): unknown {
  const chunks = text
    .split(/\r\n|\r|\n/u)
    .flatMap(line => (line.startsWith('data:') ? [parse(line.slice(5).trim())] : []))
    .filter(chunk => chunk !== undefined)
  const failed = chunks.find(({error}) => error)
  if (failed) return failed
  const choices = chunks.flatMap(({choices: list}) => list?.slice(0, 1) ?? [])
  const joined = (part: 'content' | 'reasoning_content' | 'refusal'): string =>
    choices.map(({delta}) => (typeof delta?.[part] === 'string' ? delta[part] : '')).join('')
  return {
    model: chunks.find(({model}) => typeof model === 'string')?.model,
    system_fingerprint: chunks.find(({system_fingerprint: print}) => typeof print === 'string')?.system_fingerprint,
    usage: chunks.findLast(({usage}) => usage)?.usage,
    choices: choices.length > 0 && [
      {
        finish_reason: choices.findLast(({finish_reason: reason}) => reason)?.finish_reason,
        message: {
          content: joined('content'),
          reasoning_content: joined('reasoning_content'),
          refusal: joined('refusal') || null,
        },
      },
    ],
  }
}

// `[DONE]` is no JSON, nor is an event that was cut off.
function parse(data: string): Chunk | undefined {
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

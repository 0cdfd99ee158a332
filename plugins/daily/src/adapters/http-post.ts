import {setTimeout as pause} from 'node:timers/promises'

const ATTEMPTS = 4
const SECONDS = 30
/** A server that wants longer than this is tried again with the next call. */
const LONGEST_WAIT_SECONDS = 60

export interface PostedMessage {
  headers?: Readonly<Record<string, string>>
  body: string
  signal: AbortSignal
  /** Never to stand in a message. */
  secret?: string | undefined
  /** Seconds before the first repetition; each further one waits twice as long. */
  firstWaitSeconds?: number
  method?: 'POST' | 'PATCH' | 'PUT'
}

/**
 * Sends JSON, and again after 429 (as long as the server asks), 5xx and broken connections: four times in all.
 * @throws Error with status and the beginning of the answer; neither address nor secret stand in it
 */
export async function postMessage(url: string, options: PostedMessage): Promise<Response> {
  const {firstWaitSeconds = 1, secret} = options
  for (let attempt = 1; ; attempt++) {
    const tried = await attemptPost(url, options)
    if ('response' in tried) return tried.response
    if (!tried.again || attempt === ATTEMPTS) throw new Error(withoutSecret(tried.problem, secret))
    const wait = tried.waitSeconds ?? firstWaitSeconds * 2 ** (attempt - 1)
    if (wait > LONGEST_WAIT_SECONDS) throw new Error(`it asks to wait ${wait} seconds`)
    await pause(wait * 1000, undefined, {signal: options.signal})
  }
}

type Tried = {response: Response} | {problem: string; again: boolean; waitSeconds?: number | undefined}

async function attemptPost(url: string, {headers = {}, body, signal, method = 'POST'}: PostedMessage): Promise<Tried> {
  try {
    const response = await fetch(url, {
      method,
      body,
      headers: {'content-type': 'application/json', ...headers},
      signal: AbortSignal.any([signal, AbortSignal.timeout(SECONDS * 1000)]),
      redirect: 'error',
    })
    if (response.ok) return {response}
    const text = (await response.text()).slice(0, 300)
    const again = response.status === 429 || response.status >= 500
    return {problem: `it answered ${response.status}: ${text}`, again, waitSeconds: askedWait(response, text)}
  } catch (error) {
    signal.throwIfAborted()
    const {message, cause} = error as Error & {cause?: {code?: string}}
    return {problem: cause?.code ?? message, again: true}
  }
}

/** Telegram says it in its answer, others in a header. */
function askedWait({headers, status}: Response, text: string): number | undefined {
  if (status !== 429) return undefined
  const told =
    /"retry_after"\s*:\s*(?<seconds>\d+)/u.exec(text)?.groups?.['seconds'] ?? headers.get('retry-after') ?? ''
  return /^\d+$/u.test(told) ? Number(told) : undefined
}

function withoutSecret(text: string, secret: string | undefined): string {
  return secret === undefined || secret === '' ? text : text.replaceAll(secret, '***')
}

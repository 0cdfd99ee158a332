import {unescape} from 'node:querystring'
import {setTimeout as pause} from 'node:timers/promises'

const ATTEMPTS = 4
const SECONDS = 30
/** Of what went wrong, that is told. */
const PROBLEM_CHARACTERS = 300
/** A server that asks for longer than this is tried again with the next call. */
const LONGEST_WAIT_SECONDS = 60

export interface PostedMessage {
  headers?: Readonly<Record<string, string>>
  body: string
  signal: AbortSignal
  /** Never to stand in a message. */
  secret?: string | undefined
  /** Seconds before the first repetition; each further one waits twice as long. */
  firstWaitSeconds?: number
}

/**
 * Sends JSON, and again after 429 (as long as the server asks), 5xx and broken connections: four times in all. A name and a password
 * in the address are sent as a header.
 * @throws Error with status and the beginning of the answer; neither address nor secret stand in it
 */
export async function postMessage(url: string, options: PostedMessage): Promise<void> {
  const {firstWaitSeconds = 1, secret = ''} = options
  const {address, authorization, secrets} = withoutCredentials(url)
  const headers = {...authorization, ...options.headers}
  for (let attempt = 1; ; attempt++) {
    const tried = await attemptPost(address, {...options, headers})
    if (tried === undefined) return
    if (!tried.again || attempt === ATTEMPTS) throw problemOf(tried.problem, [secret, ...secrets])
    const {askedSeconds} = tried
    if (askedSeconds !== undefined && askedSeconds > LONGEST_WAIT_SECONDS)
      throw new Error(`it asks to wait ${askedSeconds} seconds`)
    await pause(secondsToWait(attempt, {firstWaitSeconds, askedSeconds}) * 1000, undefined, {signal: options.signal})
  }
}

/** How long the next attempt is put off: as the server asks, else twice as long each time, up to the longest wait. */
export function secondsToWait(
  attempt: number,
  {firstWaitSeconds, askedSeconds}: {firstWaitSeconds: number; askedSeconds?: number | undefined},
): number {
  return askedSeconds ?? Math.min(LONGEST_WAIT_SECONDS, firstWaitSeconds * 2 ** (attempt - 1))
}

// fetch refuses them in an address, and quotes it with them.
function withoutCredentials(url: string): {address: URL; authorization: Record<string, string>; secrets: string[]} {
  const address = new URL(url)
  const [user, password] = [unescape(address.username), unescape(address.password)]
  address.username = ''
  address.password = ''
  if (user === '' && password === '') return {address, authorization: {}, secrets: []}
  const encoded = Buffer.from(`${user}:${password}`).toString('base64')
  return {address, authorization: {authorization: `Basic ${encoded}`}, secrets: [encoded, password || user]}
}

interface Refused {
  problem: string
  again: boolean
  askedSeconds?: number | undefined
}

/** Undefined when it was taken. */
async function attemptPost(url: URL, {headers, body, signal}: PostedMessage): Promise<Refused | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {'content-type': 'application/json', ...headers},
      signal: AbortSignal.any([signal, AbortSignal.timeout(SECONDS * 1000)]),
      redirect: 'error',
    })
    if (response.ok) return undefined
    const text = await response.text()
    const again = response.status === 429 || response.status >= 500
    return {problem: `it answered ${response.status}: ${text}`, again, askedSeconds: askedWait(response, text)}
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

// Cut last: half of a secret is none that could be found.
function problemOf(text: string, secrets: readonly string[]): Error {
  const shown = secrets.filter(secret => secret !== '').reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
  return new Error(shown.slice(0, PROBLEM_CHARACTERS))
}

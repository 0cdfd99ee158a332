import {Ep23Error, EXIT, usageError} from '@ep23/sdk'
import {Redis, type RedisOptions} from 'ioredis'
import {message} from '../../words/words.js'

type ConnectOptions = Omit<RedisOptions, 'replyMapping'>

/** Redis that does not answer for so long is gone. */
const AWAY_SECONDS = 60
const CONNECT_MS = 5000
const LONGEST_PAUSE_MS = 1000

export const QUEUE_NAME = 'benchmark'
export const QUEUE_PREFIX = 'ep23'

/** A Redis that answers. */
export interface RedisServer {
  /** `redis://host:port/db`: what may be shown, logged and stored; without user, password and query. */
  readonly name: string
  readonly client: Redis
  /** Called once when it has not answered for a minute. */
  onAway(tell: (error: Ep23Error) => void): void
  close(): void
}

/**
 * Connects to the Redis of a `redis://` or `rediss://` URL; once connected, a lost connection is made again by itself.
 * @throws Ep23Error USAGE (64) for what is no such URL, QUEUE_UNAVAILABLE (69) when nobody answers, QUEUE_DENIED (77) without the
 * right to. None of them holds the URL's credentials.
 */
export async function connectRedis(url: string): Promise<RedisServer> {
  const {name, options} = readUrl(url)
  await tryOnce(name, options)
  const client = new Redis({...options, maxRetriesPerRequest: null, retryStrategy: pauseBefore})
  let tellAway: (error: Ep23Error) => void = () => undefined
  let timer: NodeJS.Timeout | undefined
  // Without a listener an error of the connection would end the process; that it is away is told by the clock.
  client.on('error', () => undefined)
  client.on('close', () => (timer ??= setTimeout(() => tellAway(awayError(name)), AWAY_SECONDS * 1000)))
  client.on('ready', () => {
    clearTimeout(timer)
    timer = undefined
  })
  return {
    name,
    client,
    onAway: tell => (tellAway = tell),
    close() {
      tellAway = () => undefined
      client.disconnect()
      clearTimeout(timer)
    },
  }
}

function readUrl(text: string): {name: string; options: ConnectOptions} {
  const url = URL.parse(text.trim())
  if (!url || !/^rediss?:$/u.test(url.protocol) || !/^\/?\d*$/u.test(url.pathname))
    throw usageError(message('queueNotUrl'), [message('queueExample')])
  const {protocol, hostname, username, password} = url
  const [port, db] = [Number(url.port || 6379), Number(url.pathname.slice(1) || 0)]
  const host = hostname.replace(/^\[|\]$/gu, '') || '127.0.0.1'
  return {
    name: `${protocol}//${hostname || host}:${port}/${db}`,
    options: {
      ...{host, port, db, connectTimeout: CONNECT_MS},
      ...(username !== '' && {username: decodeURIComponent(username)}),
      ...(password !== '' && {password: decodeURIComponent(password)}),
      ...(protocol === 'rediss:' && {tls: {}}),
    },
  }
}

/** One try, so that a wrong address is told at once, and one where somebody listens who never answers soon. */
async function tryOnce(name: string, options: ConnectOptions): Promise<void> {
  const client = new Redis({
    ...options,
    ...{lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0},
    // The check would be asked without a limit of time; the ping is the check.
    ...{enableReadyCheck: false, commandTimeout: CONNECT_MS},
  })
  let last: unknown
  client.on('error', error => (last = error))
  try {
    await client.connect()
    await client.ping()
  } catch (error) {
    throw connectError(name, last ?? error)
  } finally {
    client.disconnect()
  }
}

// Made anew from the message alone: ioredis hangs the command that failed, with a password in it, on its errors.
function connectError(name: string, error: unknown): Ep23Error {
  const reason = error instanceof Error ? error.message || String((error as {code?: unknown}).code) : String(error)
  if (/\b(?:NOAUTH|WRONGPASS|NOPERM|ERR AUTH|ERR invalid password)/u.test(reason))
    return new Ep23Error(message('queueRefuses', {name, reason}), {
      code: 'QUEUE_DENIED',
      exit: EXIT.notPermitted,
      suggestions: [message('queueUser')],
    })
  return new Ep23Error(message('queueSilent', {name, reason}), {
    code: 'QUEUE_UNAVAILABLE',
    exit: EXIT.unavailable,
    suggestions: [message('startRedis'), message('checkQueue')],
  })
}

/** What a Redis that answers does not do: it is full, or a replica. */
export function refusedError(name: string, error: unknown): Ep23Error {
  return new Ep23Error(
    message('queueRefuses', {name, reason: error instanceof Error ? error.message : String(error)}),
    {
      code: 'QUEUE_REFUSES',
      exit: EXIT.tryAgain,
      suggestions: [message('mendRedis')],
    },
  )
}

function awayError(name: string): Ep23Error {
  return new Ep23Error(message('queueAway', {name, seconds: AWAY_SECONDS}), {
    code: 'QUEUE_AWAY',
    exit: EXIT.tryAgain,
    suggestions: [message('startRedisAgain')],
  })
}

function pauseBefore(attempt: number): number {
  return Math.min(LONGEST_PAUSE_MS, 50 * attempt)
}

import {usageError, type Message, type Text} from '@ep23/sdk'
import {message} from './words/words.js'

/** Names of query parameters that choose what answers, not who asks: all others may be secrets. */
const NOT_SECRET = new Set(['api-version', 'api_version', 'version', 'deployment', 'deployment_id', 'model'])

const HIDDEN = '[key]'
/** Shorter strings would hide ordinary words. */
const SHORTEST_SECRET = 4
const KEY_SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:sk|pk|key)-[\w*-]{4,}/gu, HIDDEN],
  [/\b(Bearer|Basic) \S+/giu, `$1 ${HIDDEN}`],
  [/(?<=:\/\/)[^\s/?#"'<>]+@/gu, ''],
  [/([?&][\w-]*(?:key|token|secret|auth|sig|signature|password)=)[^\s&#"'<>]+/giu, `$1${HIDDEN}`],
]
/** Ends of addresses that people copy whole. */
const KNOWN_PATHS = /\/(?:chat\/completions|embeddings|rerank)$/u

export interface EndpointOptions {
  /** Base URL of a server. It may hold credentials: `user:password@`, `?key=`. */
  url: string | undefined
  /** Where the URL was given. Default `LLM_URL`. */
  from?: Text | undefined
  apiKey?: string | undefined
  /** Who needs the server, for the message, as a clause: `--judge llm needs it`. */
  neededBy: Message
  /** What a URL looks like, for the message. */
  example?: string
}

/**
 * A server with its credentials. They are sent as the server needs them and are nowhere else: what may be shown, logged, hashed
 * or stored is `name`.
 */
export interface Endpoint {
  /**
   * Origin and path, and the query's `api-version` and the like, without credentials and trailing slashes. Two endpoints of one
   * name are one server: it is part of cache keys and signatures.
   */
  readonly name: string
  /** Whether anything is sent to prove who asks. */
  readonly hasKey: boolean
  /** The address of a path below the base, with the base's query. */
  urlOf(path: string): URL
  /** Headers that prove who asks. */
  readonly authorization: Readonly<Record<string, string>>
  /** A text of anybody's without this endpoint's credentials and without whatever else looks like a key. */
  hide(text: string): string
}

/**
 * Reads the base URL of a server.
 * @throws Ep23Error USAGE (64) when it is missing or no http:// or https:// URL; the message holds no credentials
 */
export function openEndpoint({url, from = 'LLM_URL', apiKey, neededBy, example}: EndpointOptions): Endpoint {
  const base = parse(url)
  if (!base) throw usageError(...missingUrl(url, from, neededBy, example))
  const credentials = credentialsOf(base)
  // What stands in the URL was given for this very server; OPENAI_API_KEY may be meant for another.
  const authorization = credentials.user === undefined ? keyHeaders(apiKey, base) : basic(credentials.user)
  const hide = hiderOf([apiKey, ...credentials.secrets])
  return {
    name: nameOf(base),
    hasKey: apiKey !== undefined || credentials.secrets.length > 0,
    urlOf: path => requestUrl(base, path),
    authorization,
    hide,
  }
}

/** The one way to print a server's URL: origin and path. What is no URL is not shown, for it may hold a key all the same. */
export function printUrl(url: string): string {
  const parsed = parse(url)
  return parsed ? nameOf(parsed) : '(not a URL)'
}

// `localhost:1234` is a URL too, of the scheme `localhost`.
function parse(url: string | undefined): URL | undefined {
  const parsed = url === undefined ? null : URL.parse(url.trim())
  return parsed && /^https?:$/u.test(parsed.protocol) ? parsed : undefined
}

function missingUrl(
  url: string | undefined,
  from: Text,
  neededBy: Message,
  example = 'LLM_URL=http://localhost:11434/v1',
): [Message, Message[]] {
  const state = url === undefined || url.trim() === '' ? 'isNotSet' : 'isNotUrl'
  return [message(state, {from, neededBy}), [message('setToBase', {example})]]
}

function nameOf({origin, pathname, searchParams}: URL): string {
  const shown = [...searchParams].filter(([name]) => NOT_SECRET.has(name.toLowerCase()))
  const query = shown.length === 0 ? '' : `?${new URLSearchParams(shown).toString()}`
  return `${origin}${folderOf(pathname)}${query}`
}

function requestUrl(base: URL, path: string): URL {
  const url = new URL(base)
  url.username = ''
  url.password = ''
  url.hash = ''
  url.pathname = `${folderOf(base.pathname)}${path}`
  return url
}

function folderOf(pathname: string): string {
  return pathname.replace(/\/+$/u, '').replace(KNOWN_PATHS, '')
}

function credentialsOf({username, password, searchParams}: URL): {user: string | undefined; secrets: string[]} {
  const [name, word] = [decoded(username), decoded(password)]
  const user = username === '' && password === '' ? undefined : `${name}:${word}`
  const inQuery = [...searchParams].filter(([key]) => !NOT_SECRET.has(key.toLowerCase())).map(([, value]) => value)
  const inUser = user === undefined ? [] : [user, word === '' ? name : word, username === '' ? '' : password]
  const encoded = user === undefined ? [] : [Buffer.from(user).toString('base64')]
  return {user, secrets: [...inUser, ...encoded, ...inQuery].filter(secret => secret !== '' && secret !== undefined)}
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A per cent sign that encodes nothing is part of the password.
    return text
  }
}

function keyHeaders(key: string | undefined, {searchParams}: URL): Record<string, string> {
  if (key === undefined) return {}
  // Azure's deployments know their keys by another header.
  return {authorization: `Bearer ${key}`, ...(searchParams.has('api-version') && {'api-key': key})}
}

function basic(user: string): Record<string, string> {
  return {authorization: `Basic ${Buffer.from(user).toString('base64')}`}
}

/** Servers like to quote the key they refuse, and proxies the headers and addresses they were sent. */
function hiderOf(given: readonly (string | undefined)[]): (text: string) => string {
  const secrets = given
    .filter(secret => secret !== undefined)
    .filter(({length}) => length >= SHORTEST_SECRET)
    .flatMap(secret => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .toSorted((a, b) => b.length - a.length)
  return text => {
    const shown = secrets.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text)
    return KEY_SHAPES.reduce((rest, [shape, left]) => rest.replaceAll(shape, left), shown)
  }
}

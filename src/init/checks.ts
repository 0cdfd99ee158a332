import {access, constants, mkdtemp, rm, stat} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'

import {
  hasCode,
  isObject,
  type HealthCheck,
  type HealthFinding,
  type Runtime,
  runOwnCommand,
  type Text,
  joined,
  type Message,
  verbatim,
} from '@ep23/sdk'

import {lazyStore} from '../store/lazy-store.js'
import {parseStoreLocation} from '../store/store-location.js'
import {type Answers, type ChannelAnswer, isMissing} from './answers.js'
import {message as say} from '../words/words.js'
import {whatToDo} from '../findings.js'

const PATIENCE_MS = 5000

/** Whether the answers hold: the store can be reached, the exports be read, and the model server answers. */
export function checksOf({store, channels, llmUrl}: Answers): HealthCheck[] {
  const withSource = channels.filter(({from}) => from !== undefined)
  return [
    {name: 'store', run: ({signal}) => checkStore(store, signal)},
    ...(withSource.length > 0 ? [{name: 'sources', run: (runtime: Runtime) => checkSources(withSource, runtime)}] : []),
    ...(llmUrl === undefined ? [] : [{name: 'model server', run: (runtime: Runtime) => checkServer(llmUrl, runtime)}]),
  ]
}

const ok = (detail: Text): HealthFinding => ({status: 'ok', detail})
const down = (error: unknown, otherwise: Message): HealthFinding => ({status: 'down', ...whatToDo(error, otherwise)})

async function checkStore(location: string, signal: AbortSignal): Promise<HealthFinding> {
  try {
    const place = parseStoreLocation(location)
    const store = lazyStore(location, {signal, readOnly: true})
    try {
      await store.ping()
      return ok(store.location)
    } catch (error) {
      if (place.kind !== 'sqlite' || !hasCode(error, 'STORE_MISSING')) throw error
      await access(await nearestFolder(dirname(place.path)), constants.W_OK)
      return ok(say('madeBySeed', {location: store.location}))
    } finally {
      await store.dispose()
    }
  } catch (error) {
    return down(error, say('checkStore'))
  }
}

async function nearestFolder(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  return found?.isDirectory() || path === dirname(path) ? path : nearestFolder(dirname(path))
}

/** What `dataset:seed` would make of them, without writing anything. */
async function checkSources(channels: readonly ChannelAnswer[], {signal}: Runtime): Promise<HealthFinding> {
  const missing = channels.flatMap(({from = ''}) => (isMissing(from, process.cwd()) ? from : []))
  if (missing.length > 0)
    return {status: 'down', detail: say('noFileAt', {path: missing.join(', ')}), fix: say('checkPath')}
  const folder = await mkdtemp(join(tmpdir(), 'ep23-init-'))
  try {
    const from = channels.flatMap(({name, from: place}) => ['--from', `${name}=${place}`])
    const {data} = await runOwnCommand(['dataset:seed', '--plan', '--quiet', ...from], {
      env: {EP23_STORE: join(folder, 'store.sqlite'), EP23_DATASET_DIR: folder, EP23_TELEMETRY: 'off'},
      signal,
    })
    return ok(postsOf(data))
  } catch (error) {
    signal.throwIfAborted()
    return down(error, say('checkFrom'))
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
}

/** `@habr 412 posts, @proglib 380 posts`. */
function postsOf(data: unknown): Message {
  const channels = isObject(data) && Array.isArray(data['channels']) ? (data['channels'] as unknown[]) : []
  return joined(
    channels
      .filter(isObject)
      .map(({channel, records}) =>
        say('channelPosts', {channel: String(channel), posts: isObject(records) ? Number(records['posts']) : 0}),
      ),
  )
}

async function checkServer(url: string, {signal, settings}: Runtime): Promise<HealthFinding> {
  const {openEndpoint, printUrl} = await import('@ep23/llm')
  try {
    const server = openEndpoint({
      url,
      from: say('modelServer'),
      apiKey: settings.llmApiKey,
      neededBy: verbatim('ep23 init'),
    })
    const answer = await fetch(server.urlOf('/models'), {
      headers: server.authorization,
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    })
    if (answer.ok) return ok(say('serverAnswers', {name: server.name}))
    if (answer.status === 401 || answer.status === 403)
      return {status: 'warning', detail: say('wantsKey', {name: server.name}), fix: say('setKey')}
    return {
      status: 'warning',
      detail: say('answersWith', {name: server.name, status: answer.status}),
      fix: say('endsInV1'),
    }
  } catch (error) {
    signal.throwIfAborted()
    if (hasCode(error, 'USAGE')) return down(error, say('checkLlmUrl'))
    return {status: 'down', detail: say('doesNotAnswer', {url: printUrl(url)}), fix: say('startServer')}
  }
}

import {once} from 'node:events'
import {readFile} from 'node:fs/promises'

import {
  createGuardedServer,
  createPageSession,
  fileRoute,
  HttpRefusal,
  jsonReply,
  type Route,
  type RouteReply,
} from '@ep23/http'
import {errorAdvice, errorMessage, isObject, joined} from '@ep23/sdk'

import type {LabelEvent} from '../../domain/label/label-event.js'
import {actionOf} from '../../domain/label/label-keys.js'
import {screenState} from '../../domain/label/label-screen-state.js'
import type {LabelSession} from '../../domain/label/label-session.js'
import type {Rubric} from '../../domain/label/rubric.js'
import {viewPage} from '../view-assets.js'

export interface LabelServerOptions {
  session: LabelSession
  rater: string
  rubric: Rubric
  language: 'ru' | 'en'
  port: number
  signal: AbortSignal
  now: () => Date
  /** Resolves when the line is on the disk. */
  append: (event: LabelEvent) => Promise<void>
  /** Lines of a rater. */
  eventsOf: (rater: string) => Promise<readonly LabelEvent[]>
  isRevealed: () => Promise<boolean>
  onListening: (url: string) => void
  onError: (error: unknown) => void
}

/** What a page sends: the key that was pressed, or the reason that was typed. */
interface Pressed {
  code: string | undefined
  reason: string | undefined
  ms: number
  /** Of the file, as far as the page knows. */
  lines: number
}

const HOST = '127.0.0.1'
const MOST_BODY = 16 * 1024
const ASSETS = new URL('../../../assets/', import.meta.url)

/** Serves one rater's session to the browser that comes by the printed address, until the signal. */
export async function serveLabels(options: LabelServerOptions): Promise<void> {
  const page = createPageSession()
  const server = createGuardedServer({
    routes: await labelRoutes(options),
    session: page,
    allowedHosts: [],
    token: undefined,
    onAnswer: () => undefined,
    onRefusal: () => undefined,
    onError: options.onError,
  })
  const url = `http://${HOST}:${await server.listen(HOST, options.port)}`
  options.onListening(url + page.entry)
  if (!options.signal.aborted) await once(options.signal, 'abort')
  await server.close()
}

async function labelRoutes(options: LabelServerOptions): Promise<Route[]> {
  const {session, rubric, language} = options
  const state = (): RouteReply => jsonReply(200, screenState(session, rubric, language))
  // One key after the other: a second one must find what the first has left.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  return [
    ...(await fileRoutes(language)),
    {path: '/api/state', method: 'GET', operation: 'state', handle: async () => state()},
    {
      path: '/api/keys',
      method: 'POST',
      operation: 'key',
      maxBodyBytes: MOST_BODY,
      handle: async ({body}) => {
        const pressed = parsePressed(body)
        await inTurn(() => press(pressed, options)).catch(async (error: unknown) => {
          throw await notKept(error, options)
        })
        return state()
      },
    },
    {
      path: '/api/labels/:rater',
      method: 'GET',
      operation: 'labels',
      handle: async ({parameters: {rater = ''}}) => labelsReply(rater, options),
    },
  ]
}

async function fileRoutes(language: 'ru' | 'en'): Promise<Route[]> {
  const [script = '', style = ''] = await Promise.all(
    ['label.js', 'label.css'].map(name => readFile(new URL(name, ASSETS), 'utf8')),
  )
  return [
    fileRoute('/', 'text/html', viewPage({language, live: true, name: 'label'})),
    fileRoute('/label.js', 'text/javascript', script),
    fileRoute('/label.css', 'text/css', style),
  ]
}

async function press({code, reason, ms, lines}: Pressed, {session, append, now}: LabelServerOptions): Promise<void> {
  // Another page has gone on meanwhile: this key was meant for what is no longer asked.
  if (lines !== session.lines) return
  const time = {at: now().toISOString(), ms}
  const action = reason === undefined ? actionOf(code ?? '', session.question) : {kind: 'reason' as const, text: reason}
  const event = action?.kind === 'undo' ? session.undo(time) : action && session.answer(action, time)
  if (!event) return
  await append(event)
  session.keep(event)
}

/** The rater reads in the page why an answer was not kept, and what to do. */
async function notKept(error: unknown, {language, onError}: LabelServerOptions): Promise<HttpRefusal> {
  onError(error)
  const said = joined([errorMessage(error), ...errorAdvice(error)], '; ')
  return new HttpRefusal(await said.in(language), {status: 409, reason: 'not_kept'})
}

function parsePressed(body: unknown): Pressed {
  const {code, reason, ms, lines} = isObject(body) ? body : {}
  const isKey = typeof code === 'string' || typeof reason === 'string'
  if (!isKey || typeof ms !== 'number' || typeof lines !== 'number')
    throw new HttpRefusal('send {code or reason, ms, lines}', {status: 400, reason: 'malformed'})
  return {
    code: typeof code === 'string' ? code : undefined,
    reason: typeof reason === 'string' ? reason.trim() : undefined,
    ms: Math.max(0, Math.round(ms)),
    lines,
  }
}

async function labelsReply(asked: string, {rater, eventsOf, isRevealed}: LabelServerOptions): Promise<RouteReply> {
  if (asked !== rater && !(await isRevealed()))
    throw new HttpRefusal("other raters' labels are shown after benchmark:label reveal", {status: 403, reason: 'token'})
  return jsonReply(200, {labels: await eventsOf(asked)})
}

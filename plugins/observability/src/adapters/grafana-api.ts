import {badDataError, Ep23Error, EXIT, isObject, type Message} from '@ep23/sdk'

import type {GrafanaApi} from '../domain/grafana.js'
import {message} from '../words/words.js'

const ANSWER_MS = 15_000
const LONGEST_MESSAGE = 300

// Alert rules stay open to hands that must pause or silence one at night; the next run puts everything else back.
const HEADERS = {'content-type': 'application/json', accept: 'application/json', 'x-disable-provenance': 'true'}

/** What Grafana says of content that it does not accept: trying again would not help. */
const REJECTED = new Set([400, 409, 412, 422])

interface GrafanaOptions {
  /** Without a slash at the end. */
  url: string
  token: string
  signal: AbortSignal
}

/** Grafana's HTTP API with a service account's token; redirects are refused, because they could carry the token away. */
export function grafanaApi({url, token, signal}: GrafanaOptions): GrafanaApi {
  async function send(method: string, path: string, body?: unknown): Promise<Response> {
    try {
      return await fetch(`${url}${path}`, {
        method,
        headers: {...HEADERS, authorization: `Bearer ${token}`},
        ...(body !== undefined && {body: JSON.stringify(body)}),
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
      })
    } catch (cause) {
      signal.throwIfAborted()
      throw unavailable(message('grafanaSilent', {url, request: `${method} ${path}`}), cause)
    }
  }

  return {
    async read(path) {
      const response = await send('GET', path)
      if (response.status === 404) {
        await response.body?.cancel()
        return undefined
      }
      await assertSucceeded(response, `GET ${path}`)
      const answer: unknown = await response.json().catch(() => undefined)
      if (isFromGrafana(answer)) return answer
      signal.throwIfAborted()
      throw unavailable(message('noGrafana', {url, request: `GET ${path}`}))
    },
    async write(method, path, body) {
      const response = await send(method, path, body)
      await assertSucceeded(response, `${method} ${path}`)
      await response.body?.cancel()
    },
  }
}

/** A folder, datasource and dashboard has one of these, and a rule group; a web page and another program's JSON have none. */
function isFromGrafana(answer: unknown): boolean {
  return isObject(answer) && ['uid', 'dashboard', 'title'].some(field => field in answer)
}

async function assertSucceeded(response: Response, request: string): Promise<void> {
  if (response.ok) return
  const words = (await response.text()).slice(0, LONGEST_MESSAGE)
  const answer = message('grafanaAnswers', {status: response.status, request, words})
  if (REJECTED.has(response.status)) throw badDataError('GRAFANA_REJECTED', answer, [message('grafanaWouldRefuse')])
  if (response.status !== 401 && response.status !== 403) throw unavailable(answer)
  throw new Ep23Error(answer, {
    code: 'GRAFANA_REFUSED',
    exit: EXIT.notPermitted,
    suggestions: [message('grafanaAccount')],
  })
}

function unavailable(problem: Message, cause?: unknown): Ep23Error {
  return new Ep23Error(problem, {
    code: 'GRAFANA_UNAVAILABLE',
    exit: EXIT.unavailable,
    suggestions: [message('checkGrafana')],
    cause,
  })
}

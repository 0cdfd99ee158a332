import {get} from 'node:http'
import {get as secureGet} from 'node:https'
import {setTimeout as delay} from 'node:timers/promises'

import {type Store, errorMessage, type Text} from '@ep23/sdk'
import {message} from '../../words/words.js'

const PROBE_MS = 2000

export type OpenStore = (location: string) => Store

/** Undefined when the address answers, else why not. `mongodb://` is asked through the store, the rest by HTTP. */
export async function probe(url: string, readyPath: string, openStore: OpenStore): Promise<Text | undefined> {
  return /^mongodb(?:\+srv)?:/u.test(url) ? probeStore(url, openStore) : probeHttp(`${url}${readyPath}`)
}

async function probeStore(url: string, openStore: OpenStore): Promise<Text | undefined> {
  const store = openStore(url)
  try {
    await store.collection('ep23_runs').countBy({run_id: 'none'}, 'run_id')
    return undefined
  } catch (error) {
    return errorMessage(error)
  } finally {
    await store.dispose()
  }
}

function probeHttp(url: string): Promise<Text | undefined> {
  return new Promise(resolve => {
    const request = (url.startsWith('https:') ? secureGet : get)(url, {timeout: PROBE_MS, agent: false}, response => {
      response.resume()
      const {statusCode = 0} = response
      resolve(statusCode >= 200 && statusCode < 300 ? undefined : message('answersWith', {status: statusCode}))
    })
    request.on('timeout', () => request.destroy(new Error(`no answer within ${PROBE_MS / 1000} s`)))
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
}

interface Waiting {
  seconds: number
  pollMs: number
  signal: AbortSignal
  /** Throws when there is nothing left to wait for. */
  check?: () => Promise<void> | void
}

/**
 * Asks again and again until there is no problem any more.
 * @returns the last problem once the time is over, undefined when it answers
 */
export async function untilReady(
  ask: () => Promise<Text | undefined>,
  {seconds, pollMs, signal, check}: Waiting,
): Promise<Text | undefined> {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    signal.throwIfAborted()
    await check?.()
    const problem = await ask()
    if (problem === undefined || performance.now() > deadline) return problem
    await delay(pollMs, undefined, {signal}).catch(() => signal.throwIfAborted())
  }
}

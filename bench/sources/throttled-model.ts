import {once} from 'node:events'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'

export interface ThrottledModel {
  url: string
  /** Requests by what was asked, of all that came since the last call. */
  takeAsked(): Map<string, number>
  /** When each was asked, in milliseconds. */
  times: number[]
  /** When the last answer went out. */
  answeredAt(): number
  /** How much later than they were due answers went out, in milliseconds, of all since the last call: what the machine adds to a wait. */
  takeLateness(): number[]
  /** Answers a second from now on. */
  setRate(rate: number): void
  close(): Promise<void>
}

/** A model server's stand-in that answers at most so many requests a second, each after at least so long: the rest wait in line. */
export async function throttledModel(rate: number, latencyMs: number): Promise<ThrottledModel> {
  let perSecond = rate
  let nextSlot = 0
  let asked = new Map<string, number>()
  let answeredAt = 0
  let lateness: number[] = []
  const times: number[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const id = /комету номер (\d+)/u.exec(text)?.[1] ?? ''
      asked.set(id, (asked.get(id) ?? 0) + 1)
      const now = performance.now()
      times.push(now)
      nextSlot = Math.max(now, nextSlot) + 1000 / perSecond
      const due = now + Math.max(latencyMs, nextSlot - now)
      const answer = (): void => {
        answeredAt = performance.now()
        lateness.push(answeredAt - due)
        response.end(completion(Number(id)))
      }
      setTimeout(answer, due - now)
      response.setHeader('content-type', 'application/json')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    times,
    answeredAt: () => answeredAt,
    takeLateness() {
      const taken = lateness
      lateness = []
      return taken
    },
    takeAsked() {
      const taken = asked
      asked = new Map()
      return taken
    },
    setRate: value => void (perSecond = value),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Marks differ from sample to sample and are always the same for one. */
function completion(number: number): string {
  const verdict = (part: number) => ({why: 'так', quotes: ['Учёные открыли комету'], score: 7 + ((number * part) % 4)})
  const judgement = {coverage: verdict(1), accuracy: verdict(3), coherence: verdict(5), informativeness: verdict(7)}
  return JSON.stringify({
    id: 'x',
    object: 'chat.completion',
    model: 'stand-in',
    usage: {prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100},
    choices: [{index: 0, finish_reason: 'stop', message: {role: 'assistant', content: JSON.stringify(judgement)}}],
  })
}

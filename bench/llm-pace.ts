// How near the llm judge comes to what a rate-limited server allows: a token bucket that answers 429 with Retry-After when it is
// empty, real HTTP, no model.
//
//   node bench/llm-pace.ts [--rate 20] [--burst 10] [--samples 200]
//
// The baseline is the ideal: (samples - burst) / rate seconds, with every token spent the moment it is there.
import {parseArgs} from 'node:util'
import {setTimeout as delay} from 'node:timers/promises'

import {AdaptiveLimit, storeAnswerCache} from '@ep23/llm'
import {memoryStore} from '@ep23/sdk/testing'

import {llmJudge} from '../plugins/benchmark/dist/adapters/llm-judge.js'
import {Semaphore} from '../plugins/benchmark/dist/usecases/run/concurrency.js'
import {answer, fakeModelServer, goodJudgement, refuse} from '../plugins/benchmark/test/sample/fake-model-server.ts'
import {chatAt} from '../plugins/benchmark/test/sample/chat-at.ts'
import {SCORES} from '../plugins/benchmark/test/sample/run-parts.ts'
import {samplesOf} from '../plugins/benchmark/test/sample/samples.ts'

const {values: flags} = parseArgs({
  options: {
    rate: {type: 'string', default: '20'},
    burst: {type: 'string', default: '10'},
    samples: {type: 'string', default: '200'},
  },
})
const [rate, burst, count] = [Number(flags.rate), Number(flags.burst), Number(flags.samples)]
const ANSWER_MS = 150

let [tokens, filledAt, refused] = [burst, performance.now(), 0]
const server = await fakeModelServer(({body}, response) => {
  const now = performance.now()
  tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * rate)
  filledAt = now
  if (tokens < 1) {
    refused += 1
    refuse(response, 429, 'slow down', {'retry-after-ms': String(Math.ceil(((1 - tokens) / rate) * 1000))})
    return
  }
  tokens -= 1
  void delay(ANSWER_MS).then(() => answer(response, goodJudgement(body)))
})

const judge = llmJudge({
  chat: chatAt(server.url, {attempts: 50, attemptSeconds: 30, limit: new AdaptiveLimit(64)}),
  cache: storeAnswerCache(memoryStore()),
  clock: {now: () => new Date(), monotonic: () => 0},
  endpoint: 'bench',
  model: 'm',
  promptVersion: 'digest-ru-1',
  scores: SCORES,
  temperature: 0,
  seed: 1,
  maxSourceCharacters: 60_000,
  concurrency: 64,
  offline: false,
})

const slots = new Semaphore(64)
const started = performance.now()
let measured = 0
for (const sample of samplesOf(count)) {
  await slots.take()
  void judge
    .judge(sample, {answer: 1, repeat: 1, signal: new AbortController().signal})
    .then(({scores}) => (measured += 'value' in (scores['coverage'] ?? {}) ? 1 : 0))
    .finally(() => slots.free())
}
await slots.allFree()
const seconds = (performance.now() - started) / 1000
const ideal = (count - burst) / rate + ANSWER_MS / 1000
console.log(
  `${measured} of ${count} measured in ${seconds.toFixed(2)} s, ideal ${ideal.toFixed(2)} s: ${(seconds / ideal).toFixed(3)} x the ideal`,
)
console.log(`${refused} requests were refused with 429`)
await server.close()

import type {ServerResponse} from 'node:http'

import {expect} from 'chai'

import {httpEmbedder} from '#src/adapters/embeddings.js'

import {EmbeddingsServer, hashedTrigrams, sendVectors} from '../servers/embeddings-server.ts'

type Answer = ConstructorParameters<typeof EmbeddingsServer>[0]
interface Failure {
  code: string
  exit: number
  message: string
  suggestions: string[]
}

async function asked(answer: Answer, {timeoutSeconds = 5, texts = ['метро', 'погода']} = {}) {
  const server = new EmbeddingsServer(answer)
  try {
    const url = await server.start()
    const signal = new AbortController().signal
    const embedder = httpEmbedder({url, apiKey: 'sk-secret1', model: 'm', timeoutSeconds, signal})
    const outcome = await embedder.embed(texts).catch((error: Failure) => error)
    return {outcome, requests: server.asked}
  } finally {
    await server.stop()
  }
}

async function failure(answer: Answer, options?: {timeoutSeconds?: number}): Promise<Failure & {requests: number}> {
  const {outcome, requests} = await asked(answer, options)
  expect(outcome).to.be.instanceOf(Error)
  const {code, exit, message, suggestions} = outcome as Failure
  expect(message).to.not.include('sk-secret1')
  return {code, exit, message, suggestions, requests: requests.length}
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, {'content-type': 'application/json', 'retry-after-ms': '1', ...headers})
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

const good = (response: ServerResponse, texts: string[]) =>
  sendVectors(
    response,
    texts.map(text => hashedTrigrams(text, 8)),
  )

describe('an embedder over HTTP', () => {
  it('sends model, texts and key, and puts the vectors in the order of the texts', async () => {
    const {outcome, requests} = await asked(response =>
      send(response, 200, {
        data: [
          {index: 1, embedding: [0, 1]},
          {index: 0, embedding: [1, 0.5]},
        ],
      }),
    )
    expect(outcome).to.deep.equal([Float32Array.of(1, 0.5), Float32Array.of(0, 1)])
    expect(requests[0]).to.deep.include({path: '/v1/embeddings', authorization: 'Bearer sk-secret1'})
    expect(requests[0]!.body).to.deep.equal({model: 'm', input: ['метро', 'погода'], encoding_format: 'float'})
  })

  for (const [what, hinder] of [
    ['429 with Retry-After', (response: ServerResponse) => send(response, 429, 'later', {'retry-after': '0.01'})],
    ['503', (response: ServerResponse) => send(response, 503, 'busy')],
    [
      'half a body',
      (response: ServerResponse) => {
        response.writeHead(200, {'content-type': 'application/json', 'content-length': '1000'})
        response.write('{"data": [{"embedding": [0.1,')
        response.destroy()
      },
    ],
  ] as const)
    it(`asks again after ${what}`, async () => {
      const {outcome, requests} = await asked((response, {body}, count) =>
        count === 1 ? hinder(response) : good(response, body.input),
      )
      expect(outcome).to.have.length(2)
      expect(requests).to.have.length(2)
    })

  it('gives up when the server is never ready, and says when to come again', async () => {
    const error = await failure(response => send(response, 429, 'later', {'retry-after': '3600'}))
    expect(error).to.include({code: 'LLM_TOO_MANY_REQUESTS', exit: 75, requests: 1})
    expect(error.suggestions[0]).to.include('after 3600')
  })

  it('ends with an error after time-outs, also when a reply stalls in its middle', async () => {
    const error = await failure(
      response => {
        response.writeHead(200, {'content-type': 'application/json'})
        response.write('{"data": [')
      },
      {timeoutSeconds: 0.05},
    )
    expect(error).to.include({code: 'LLM_UNREACHABLE', exit: 69, requests: 4})
    expect(error.message).to.include('within 0.05 s')
  })

  it('does not ask again with a key that is refused, and keeps the key out of the message', async () => {
    const error = await failure(response => send(response, 401, {error: {message: 'wrong key sk-secret1'}}))
    expect(error).to.include({code: 'LLM_NOT_PERMITTED', exit: 77, requests: 1})
  })

  for (const [what, body, sentence] of [
    ['no JSON', 'oops', 'not JSON: "oops"'],
    ['no list', {vectors: []}, 'no list "data"'],
    ['too few vectors', {data: [{index: 0, embedding: [1]}]}, '1 vectors for 2 texts'],
    [
      'an index twice',
      {
        data: [
          {index: 0, embedding: [1]},
          {index: 0, embedding: [1]},
        ],
      },
      'comes twice',
    ],
    ['two lengths', {data: [{embedding: [1]}, {embedding: [1, 2]}]}, 'of 1 and of 2 dimensions'],
    ['no number', {data: [{embedding: [1]}, {embedding: ['1']}]}, 'not a 32-bit number'],
    ['a number out of range', {data: [{embedding: [1]}, {embedding: [1e300]}]}, 'not a 32-bit number'],
    ['nothing but zeros', {data: [{embedding: [1]}, {embedding: [0]}]}, 'no direction'],
    ['an empty vector', {data: [{embedding: []}, {embedding: []}]}, 'not a list of numbers'],
  ] as const)
    it(`takes ${what} for an error, never for a vector`, async () => {
      const error = await failure(response => send(response, 200, body))
      expect(error.message).to.include(sentence)
      expect([65, 69]).to.include(error.exit)
    })

  it('refuses to start without a server', () => {
    const signal = new AbortController().signal
    expect(() => httpEmbedder({url: undefined, apiKey: undefined, model: 'm', timeoutSeconds: 1, signal})).to.throw(
      'LLM_URL is not set, and embeddings need it',
    )
  })
})

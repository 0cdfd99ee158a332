import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

export interface EmbeddingsRequest {
  path: string
  authorization: string | undefined
  body: {model: string; input: string[]; encoding_format?: string}
}

type Answer = (response: ServerResponse, request: EmbeddingsRequest, count: number) => void

/** A real HTTP server in the place of an embedding model. */
export class EmbeddingsServer {
  readonly asked: EmbeddingsRequest[] = []
  readonly #answer: Answer
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  constructor(answer: Answer = answerTrigrams()) {
    this.#answer = answer
  }

  async start(): Promise<string> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => this.#server.close(resolve))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const {url: path = '', headers} = request
    const body = JSON.parse(text) as EmbeddingsRequest['body']
    const asked = {path, authorization: headers.authorization, body}
    this.asked.push(asked)
    this.#answer(response, asked, this.asked.length)
  }
}

export function sendVectors(response: ServerResponse, vectors: readonly (readonly unknown[])[]): void {
  response.writeHead(200, {'content-type': 'application/json'})
  response.end(
    JSON.stringify({
      object: 'list',
      data: vectors.map((embedding, index) => ({object: 'embedding', index, embedding})),
    }),
  )
}

export function answerTrigrams(dimensions = 512): Answer {
  return (response, {body}) =>
    sendVectors(
      response,
      body.input.map(text => hashedTrigrams(text, dimensions)),
    )
}

/** Counts of a text's letter triples, damped, each at a place that its hash says: near for texts that share parts of words. */
export function hashedTrigrams(text: string, dimensions = 512): number[] {
  const counts = new Map<string, number>()
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const padded = `^${word}$`
    for (let i = 0; i + 3 <= padded.length; i++) {
      const triple = padded.slice(i, i + 3)
      counts.set(triple, (counts.get(triple) ?? 0) + 1)
    }
  }
  const vector = Array.from({length: dimensions}, () => 0)
  for (const [triple, count] of counts) {
    const hash = fnv(triple)
    vector[(hash >>> 1) % dimensions]! += (hash & 1 ? 1 : -1) * Math.sqrt(count)
  }
  return vector
}

/** FNV-1a, 32 bits, with a last mixing step. */
function fnv(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0
}

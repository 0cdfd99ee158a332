import {once} from 'node:events'
import {createServer, type IncomingHttpHeaders, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {setTimeout as delay} from 'node:timers/promises'
import {brotliCompressSync, deflateSync, gzipSync} from 'node:zlib'

export interface Asked {
  path: string
  headers: IncomingHttpHeaders
  body: Record<string, unknown> & {messages?: {role: string; content: string}[]}
  /** 1 for the first request of this behaviour. */
  count: number
}

export type Behaviour = (response: ServerResponse, asked: Asked) => void | Promise<void>

/** A real HTTP server that speaks OpenAI's dialect as well, or as badly, as the first part of the path says. */
export class ModelServer {
  readonly asked: Asked[] = []
  readonly #behaviours: Record<string, Behaviour>
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => void this.#serve(request.url ?? '', request.headers, Buffer.concat(chunks), response))
  })

  constructor(behaviours: Record<string, Behaviour>) {
    this.#behaviours = behaviours
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Requests of one behaviour. */
  of(name: string): Asked[] {
    return this.asked.filter(({path}) => path.split('/')[1] === name)
  }

  async #serve(path: string, headers: IncomingHttpHeaders, body: Buffer, response: ServerResponse): Promise<void> {
    const name = path.split(/[/?]/u)[1] ?? ''
    const asked = {path, headers, body: JSON.parse(body.toString()) as Asked['body'], count: this.of(name).length + 1}
    this.asked.push(asked)
    const behave = this.#behaviours[name]
    if (behave) await behave(response, asked)
    else send(response, 404, {error: {message: `nothing at ${path}`}})
  }
}

export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {'content-type': 'application/json', ...headers})
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body))
}

/** A completion with this message. */
export function completion(message: unknown, choice: object = {}, whole: object = {}): Record<string, unknown> {
  return {
    id: 'c',
    object: 'chat.completion',
    model: 'served-1',
    system_fingerprint: 'fp',
    choices: [{index: 0, finish_reason: 'stop', message, ...choice}],
    usage: {prompt_tokens: 100, completion_tokens: 20, total_tokens: 120},
    ...whole,
  }
}

/** Answers with a text. */
export function says(content: unknown, choice: object = {}, whole: object = {}): Behaviour {
  return response => send(response, 200, completion({role: 'assistant', content}, choice, whole))
}

export function refuses(status: number, error: unknown, headers: Record<string, string> = {}): Behaviour {
  return response => send(response, status, error, headers)
}

const text = JSON.stringify(completion({role: 'assistant', content: 'Да, ёж.'}))

/** What happens to a good answer between the server and here. */
export const WIRE: Record<string, Behaviour> = {
  plain: response => send(response, 200, text),
  gzip: response => send(response, 200, gzipSync(text), {'content-encoding': 'gzip'}),
  deflate: response => send(response, 200, deflateSync(text), {'content-encoding': 'deflate'}),
  brotli: response => send(response, 200, brotliCompressSync(text), {'content-encoding': 'br'}),
  text: response => send(response, 200, text, {'content-type': 'text/plain; charset=utf-8'}),
  notype: response => void response.end(text),
  bom: response => send(response, 200, `\ufeff${text}`),
  async chunked(response) {
    response.writeHead(200, {'content-type': 'application/json'})
    // In the middle of characters too.
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += 7) {
      response.write(bytes.subarray(at, at + 7))
      if (at % 70 === 0) await delay(1)
    }
    response.end()
  },
  blanks: response => send(response, 200, `\n\n   \n${text}\n`),
  events(response) {
    response.writeHead(200, {'content-type': 'text/event-stream'})
    for (const part of ['Да', ', ёж', '.'])
      response.write(`data: ${JSON.stringify({model: 'served-1', choices: [{delta: {content: part}}]})}\n\n`)
    const last = {choices: [{delta: {}, finish_reason: 'stop'}], usage: {prompt_tokens: 100, completion_tokens: 20}}
    response.end(`: keep-alive\n\ndata: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`)
  },
}

/** What never becomes an answer, though bytes may come. */
export const BROKEN: Record<string, Behaviour> = {
  silent: () => undefined,
  reset: response => void response.socket?.resetAndDestroy(),
  half(response) {
    response.writeHead(200, {'content-type': 'application/json', 'content-length': String(text.length * 2)})
    response.write(text.slice(0, 60), () => response.destroy())
  },
  cut: response => send(response, 200, text.slice(0, 60)),
  gzipcut: response => send(response, 200, gzipSync(text).subarray(0, 40), {'content-encoding': 'gzip'}),
  notgzip: response => send(response, 200, text, {'content-encoding': 'gzip'}),
  async drip(response) {
    response.writeHead(200, {'content-type': 'application/json'})
    for (const character of text) {
      if (response.destroyed) return
      response.write(character)
      await delay(20)
    }
  },
  headersonly(response) {
    response.writeHead(200, {'content-type': 'application/json'})
    response.flushHeaders()
  },
  page: response =>
    send(response, 200, '<!doctype html><title>Вход</title><p>Пароль</p>', {'content-type': 'text/html'}),
  nothing: response => send(response, 200, ''),
  number: response => send(response, 200, '42'),
  list: response => send(response, 200, '[]'),
  null: response => send(response, 200, 'null'),
}

import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

export interface Asked {
  authorization: string | undefined
  body: {model: string; messages: {role: string; content: string}[]}
}

export type Behaviour = (response: ServerResponse, asked: Asked, count: number) => void | Promise<void>

/** A real HTTP server that speaks the chat completions protocol and behaves as the test says. */
export class LlmServer {
  readonly asked: Asked[] = []
  mostAtOnce = 0
  #atOnce = 0
  readonly #server = createServer((request, response) => void this.#serve(request, response))
  readonly #behave: Behaviour

  constructor(behave: Behaviour) {
    this.#behave = behave
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
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce)
    response.on('close', () => this.#atOnce--)
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const asked = {authorization: request.headers.authorization, body: JSON.parse(text) as Asked['body']}
    this.asked.push(asked)
    await this.#behave(response, asked, this.asked.length)
  }
}

/** Answers with a completion. */
export function answer(
  response: ServerResponse,
  content: string,
  {model = 'really-this-1', finish = 'stop'} = {},
): void {
  reply(response, 200, {
    id: 'c1',
    object: 'chat.completion',
    created: 1,
    model,
    choices: [{index: 0, finish_reason: finish, message: {role: 'assistant', content}}],
  })
}

/** Answers with any status and body. */
export function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {'content-type': 'application/json', ...headers})
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

export interface RerankRequest {
  path: string
  authorization: string | undefined
  body: {
    model?: string
    seed?: number
    temperature?: number
    max_tokens?: number
    response_format?: {type: string; json_schema: {schema: object}}
    messages?: {role: string; content: string}[]
    query?: string
    documents?: string[]
    texts?: string[]
  }
}

export type Behaviour = (response: ServerResponse, request: RerankRequest, count: number) => void | Promise<void>

/** A real HTTP server in the place of a model: it behaves as the test says and remembers what it was asked. */
export class RerankServer {
  readonly asked: RerankRequest[] = []
  readonly #behave: Behaviour
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  constructor(behave: Behaviour) {
    this.#behave = behave
  }

  async start(): Promise<string> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => this.#server.close(resolve))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const asked: RerankRequest = {
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: JSON.parse(text) as RerankRequest['body'],
    }
    this.asked.push(asked)
    await this.#behave(response, asked, this.asked.length)
  }
}

export function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {'content-type': 'application/json'})
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

/** Answers as a chat completion whose content is this. */
export function complete(response: ServerResponse, content: unknown): void {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  reply(response, 200, {choices: [{message: {role: 'assistant', content: text}}]})
}

/** The fragments that a prompt holds, in their order. */
export function fragmentsOf({body}: RerankRequest): string[] {
  const {content} = body.messages!.at(-1)!
  return Array.from(content.matchAll(/^\[\d+\] (.*)$/gmu), ([, text]) => text!)
}

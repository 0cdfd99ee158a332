import {createServer, type IncomingMessage, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {text} from 'node:stream/consumers'

export interface Asked {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: any
}

/** An HTTP server on the loopback that keeps what it was asked and answers in turn; the last answer stays. */
export class LocalServer {
  readonly asked: Asked[] = []
  readonly #server: Server
  #answers: {status: number; body?: string}[] = [{status: 200, body: '{"ok":true}'}]

  constructor() {
    this.#server = createServer((request, response) => {
      void text(request).then(body => {
        const {method = '', url = '', headers} = request
        this.asked.push({method, path: url, headers, body: body === '' ? undefined : JSON.parse(body)})
        const [answer = {status: 200}] = this.#answers
        if (this.#answers.length > 1) this.#answers.shift()
        response.writeHead(answer.status, {'content-type': 'application/json'}).end(answer.body ?? '{}')
      })
    })
  }

  answer(...answers: {status: number; body?: string}[]): void {
    this.#answers = answers
  }

  async start(): Promise<string> {
    await new Promise<void>(done => this.#server.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(done => this.#server.close(done))
  }
}

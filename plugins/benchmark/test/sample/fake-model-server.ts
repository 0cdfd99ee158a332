import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import {once} from 'node:events'
import type {AddressInfo} from 'node:net'

export interface ChatBody {
  model: string
  messages: {role: string; content: string}[]
  temperature?: number
  seed?: number
  response_format?: unknown
}

export interface Asked {
  body: ChatBody
  /** 1 for the first request of all. */
  count: number
  /** When it had come, by `performance.now()`. */
  at: number
  headers: IncomingMessage['headers']
}

/** What the server does with one request. */
export type Behaviour = (asked: Asked, response: ServerResponse) => void

export interface FakeModelServer {
  url: string
  requests: Asked[]
  close(): Promise<void>
}

/** A real HTTP server that speaks OpenAI's chat completions as well, or as badly, as it is told to. */
export async function fakeModelServer(behave: Behaviour): Promise<FakeModelServer> {
  const requests: Asked[] = []
  const server: Server = createServer((request, response) => {
    void readBody(request).then(body => {
      const asked = {body, count: requests.length + 1, at: performance.now(), headers: request.headers}
      requests.push(asked)
      behave(asked, response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const {port} = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A completion with this text, its choice and the whole changed as told. */
export function answer(
  response: ServerResponse,
  content: string,
  extra: Record<string, unknown> = {},
  whole: Record<string, unknown> = {},
): void {
  send(response, 200, {
    id: 'x',
    object: 'chat.completion',
    model: 'fake-1',
    system_fingerprint: 'fp-1',
    usage: {prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100},
    choices: [{index: 0, finish_reason: 'stop', message: {role: 'assistant', content}, ...extra}],
    ...whole,
  })
}

export function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  headers: Record<string, string> = {},
): void {
  send(response, status, {error: {message, type: 'error'}}, headers)
}

/** Half of a completion, then the connection is gone. */
export function answerHalf(response: ServerResponse): void {
  const text = JSON.stringify({choices: [{message: {content: 'x'.repeat(500)}}]})
  response.writeHead(200, {'content-type': 'application/json', 'content-length': String(text.length)})
  response.write(text.slice(0, 100), () => response.destroy())
}

/** A judgement that is right: the mark for every score, with quotes of three words from the texts it was shown. */
export function goodJudgement({messages}: ChatBody, mark = 8): string {
  const shown = messages.find(({role}) => role === 'user')?.content ?? ''
  const part = (tag: string): string => new RegExp(`<${tag}>\\n([\\s\\S]*)\\n</${tag}>`, 'u').exec(shown)?.[1] ?? ''
  const quote = (text: string): string => text.trim().split(/\s+/u).slice(-3).join(' ')
  const verdict = (text: string) => ({why: 'так', quotes: [quote(text)], score: mark})
  return JSON.stringify({
    coverage: verdict(part('source')),
    accuracy: verdict(part('source')),
    coherence: verdict(part('summary')),
    informativeness: verdict(part('source')),
  })
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, {'content-type': 'application/json', ...headers})
  response.end(JSON.stringify(body))
}

async function readBody(request: IncomingMessage): Promise<ChatBody> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString()) as ChatBody
}

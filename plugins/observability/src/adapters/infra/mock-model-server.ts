import {createHash} from 'node:crypto'
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'

const MODEL = 'ep23-mock'
const VECTOR_LENGTH = 64
const MOST_BODY_BYTES = 4 * 1024 * 1024

interface ModelRequest {
  stream?: boolean
  messages?: {role: string; content: unknown}[]
  input?: string | string[]
}

/**
 * A stand-in for a model server, with OpenAI's routes, for dry runs of pipelines: `GET /v1/models`,
 * `POST /v1/chat/completions` (also streamed) and `POST /v1/embeddings`. It knows nothing: a reply repeats the beginning
 * of the last message and says that it is a mock, asked for a digest it lists the posts that it was shown; a vector is a hash. The same request always gets the same answer.
 * https://platform.openai.com/docs/api-reference
 */
export function mockModelServer(): Server {
  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => refuse(response, 400, (error as Error).message))
  })
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = `${request.method} ${(request.url ?? '').split('?')[0]}`
  if (route === 'GET /v1/models')
    return send(response, {object: 'list', data: [{id: MODEL, object: 'model', created: 0, owned_by: 'ep23'}]})
  if (route === 'POST /v1/chat/completions') return complete(await readBody(request), response)
  if (route === 'POST /v1/embeddings') return send(response, embeddings(await readBody(request)))
  return refuse(response, 404, `unknown route ${route}`)
}

function complete({messages = [], stream = false}: ModelRequest, response: ServerResponse): void {
  const last = messages.at(-1)
  if (last === undefined) return refuse(response, 400, 'messages must not be empty')
  const text = typeof last.content === 'string' ? last.content : JSON.stringify(last.content)
  const content = mockDigest(messages) ?? `Mock reply to: ${text.slice(0, 200)}`
  const head = {id: `mock-${hashOf(text).toString('hex').slice(0, 12)}`, created: 0, model: MODEL}
  if (stream) return streamReply(response, head, content)
  const choices = [{index: 0, message: {role: 'assistant', content}, finish_reason: 'stop'}]
  const prompt_tokens = countWords(messages.map(message => String(message.content)).join(' '))
  const completion_tokens = countWords(content)
  const usage = {prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens}
  send(response, {...head, object: 'chat.completion', choices, usage})
}

// dataset:seed shows posts with their addresses, in Russian tags: `<пост адрес="…">`.
const POST = /<пост адрес="([^"\n]+)">\n([\s\S]*?)\n<\/пост>/gu
const MOST_BULLETS = 5

/** A digest that dataset:seed accepts and nobody takes for a model's: each post's beginning, and that it is a mock. */
function mockDigest(messages: NonNullable<ModelRequest['messages']>): string | undefined {
  const texts = messages.map(({content}) => (typeof content === 'string' ? content : ''))
  const posts = texts.flatMap(text => [...text.matchAll(POST)]).slice(0, MOST_BULLETS)
  if (posts.length === 0) return undefined
  return posts.map(([, address, text = '']) => `- Проба без модели: ${beginningOf(text)} [пост](${address})`).join('\n')
}

// Words alone: links and marks of the post could be taken for the digest's own.
function beginningOf(text: string): string {
  const words = text.match(/[\p{L}\p{N}-]+/gu) ?? []
  return `${words.slice(0, 12).join(' ') || 'пост без слов'}.`
}

function streamReply(response: ServerResponse, head: object, content: string): void {
  const chunk = (delta: object, finish_reason: string | null): string =>
    `data: ${JSON.stringify({...head, object: 'chat.completion.chunk', choices: [{index: 0, delta, finish_reason}]})}\n\n`
  response.writeHead(200, {'content-type': 'text/event-stream'})
  for (const word of content.split(/(?<= )/u)) response.write(chunk({content: word}, null))
  response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`)
}

function embeddings({input = []}: ModelRequest): object {
  const texts = typeof input === 'string' ? [input] : input
  const data = texts.map((text, index) => ({object: 'embedding', index, embedding: hashVector(text)}))
  const prompt_tokens = countWords(texts.join(' '))
  return {object: 'list', model: MODEL, data, usage: {prompt_tokens, total_tokens: prompt_tokens}}
}

/** A unit vector that depends on the text alone. */
function hashVector(text: string): number[] {
  const bytes = Buffer.concat([hashOf(`0${text}`), hashOf(`1${text}`)]).subarray(0, VECTOR_LENGTH)
  const numbers = [...bytes].map(byte => byte - 127.5)
  const length = Math.hypot(...numbers)
  return numbers.map(number => number / length)
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function countWords(text: string): number {
  return text.match(/\S+/gu)?.length ?? 0
}

async function readBody(request: IncomingMessage): Promise<ModelRequest> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength
    if (bytes > MOST_BODY_BYTES) throw new Error(`the body is longer than ${MOST_BODY_BYTES} bytes`)
    chunks.push(chunk)
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as ModelRequest
}

function send(response: ServerResponse, body: object): void {
  response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify(body))
}

function refuse(response: ServerResponse, status: number, message: string): void {
  const error = {message, type: 'invalid_request_error', param: null, code: null}
  response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify({error}))
}

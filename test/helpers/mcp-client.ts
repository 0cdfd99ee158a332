import {join} from 'node:path'

import {Client, StreamableHTTPClientTransport} from '@modelcontextprotocol/client'
import {StdioClientTransport} from '@modelcontextprotocol/client/stdio'

import {runEp23, type Ended} from './run-ep23.ts'

const bin = join(import.meta.dirname, '../../bin/run.js')

/** What a tool of ep23 answers, without the wrapping. */
export interface Answer {
  isError: boolean
  traceparent: string
  /** The few lines for a model to read first. */
  text: string
  content: Record<string, any>
}

/** The official client, over a server of its own on standard input and output. */
export async function connectOverStdio(cwd: string, args: readonly string[] = []): Promise<Client> {
  const client = new Client({name: 'test', version: '1.0.0'}, {versionNegotiation: {mode: 'auto'}})
  const env = {PATH: process.env['PATH'] ?? '', HOME: cwd, EP23_DATA_DIR: join(cwd, '.data')}
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [bin, 'observability:mcp', ...args],
      env,
      cwd,
      stderr: 'ignore',
    }),
  )
  return client
}

export async function connectOverHttp(url: string, token?: string): Promise<Client> {
  const client = new Client({name: 'test', version: '1.0.0'}, {versionNegotiation: {mode: 'auto'}})
  const headers = token === undefined ? {} : {authorization: `Bearer ${token}`}
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), {requestInit: {headers}}))
  return client
}

export interface CallOptions {
  traceparent?: string
  signal?: AbortSignal
  onprogress?: (progress: {message?: string | undefined}) => void
}

export async function callTool(client: Client, name: string, args = {}, options: CallOptions = {}): Promise<Answer> {
  const {traceparent, ...request} = options
  const params = {name, arguments: args, ...(traceparent !== undefined && {_meta: {traceparent}})}
  const result = await client.callTool(params, {timeout: 60_000, ...request})
  return {
    isError: result.isError === true,
    traceparent: String(result._meta?.['traceparent']),
    text: result.content[0]?.type === 'text' ? result.content[0].text : '',
    content: result.structuredContent as Answer['content'],
  }
}

export interface McpOverHttp {
  url: string
  pid: number
  end(signal: NodeJS.Signals): Promise<Ended>
}

/** Starts `observability:mcp --http 0` and waits until it listens. */
export async function startMcp(
  cwd: string,
  {args = [], env = {}}: {args?: readonly string[]; env?: Record<string, string>} = {},
): Promise<McpOverHttp> {
  const listening = Promise.withResolvers<string>()
  let pid = 0
  const running = runEp23(['observability:mcp', '--http', '0', ...args], {
    cwd,
    env,
    onStart: started => (pid = started),
    onStderr(stderr) {
      const url = /^Serving on (\S+)$/mu.exec(stderr)?.[1]
      if (url) listening.resolve(url)
    },
  })
  void running.then(({code, stderr}) => listening.reject(new Error(`the server ended with ${code}: ${stderr}`)))
  const late = setTimeout(() => process.kill(pid, 'SIGKILL'), 30_000)
  const url = await listening.promise.finally(() => clearTimeout(late))
  return {
    url,
    pid,
    async end(signal) {
      process.kill(pid, signal)
      return running
    },
  }
}

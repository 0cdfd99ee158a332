// The sidecar and the MCP server under full load, by wrk (Debian's package of that name):
//
//   node bench/server-load.ts [SECONDS, 30 unless told] [sidecar|mcp]
//
// Over a store with a thousand runs, sixteen callers ask as fast as they are answered; four connections send a byte a second, and
// 128 half-sent requests are never finished, read or closed. Prints answers per second, latency, everything that was not answered by 200, and resident memory at ten moments.
import {spawn} from 'node:child_process'
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {connect, type Socket} from 'node:net'
import {loadavg} from 'node:os'
import {join} from 'node:path'

import {holdHalfOpen} from '../test/helpers/half-open.ts'
import {startMcp} from '../test/helpers/mcp-client.ts'
import {temporaryFolder} from '../test/helpers/run-ep23.ts'
import {startSidecar} from '../test/helpers/sidecar.ts'
import {storeRuns} from './sources/store-runs.ts'

const seconds = Number(process.argv[2] ?? 30)
const only = process.argv[3]
const CALLERS = 16
const SLOW_CALLERS = 4
const HALF_OPEN = 128
const MOMENTS = 10

const LIST_RUNS = {jsonrpc: '2.0', id: 1, method: 'tools/call', params: {name: 'list_runs', arguments: {limit: 5}}}
const TRACES = {resourceSpans: []}

interface Server {
  url: string
  end(signal: NodeJS.Signals): Promise<{code: number | null}>
}

const folder = temporaryFolder()
await storeRuns(join(folder.path, '.ep23/store.sqlite'), 1000)
if (only !== 'mcp') {
  await measure('the sidecar', async () => startSidecar(folder.path), {
    'GET /metrics': {path: '/metrics'},
    'GET /readyz': {path: '/readyz'},
    'POST /v1/traces': {path: '/v1/traces', body: TRACES},
  })
}
if (only !== 'sidecar') {
  await measure('the MCP server', async () => startMcp(folder.path), {
    'GET /metrics': {path: '/metrics'},
    'POST /mcp, list_runs': {path: '/mcp', body: LIST_RUNS},
  })
}
folder.remove()

async function measure(
  title: string,
  start: () => Promise<Server>,
  loads: Record<string, {path: string; body?: object}>,
): Promise<void> {
  console.log(
    `\n## ${title}, ${CALLERS} callers beside ${HALF_OPEN} half-open ones, ${seconds} s each; load of the machine before: ${loadavg()[0]?.toFixed(1)}`,
  )
  const server = await start()
  const pid = newestChild()
  const bytes = 'GET /metrics HTTP/1.1\r\nHost: loc'
  const halfOpen = await holdHalfOpen(server.url, HALF_OPEN, {bytes, reads: false})
  for (const [name, {path, body}] of Object.entries(loads)) {
    const slow = slowCallers(new URL(server.url), path)
    const memory = [residentMb(pid)]
    const watching = setInterval(() => memory.push(residentMb(pid)), (seconds * 1000) / MOMENTS)
    const report = await wrk(`${server.url}${path}`, body)
    clearInterval(watching)
    slow.end()
    console.log({[name]: report, resident_mb: memory.join(' '), slow_callers_hung_up_on: slow.hungUp()})
  }
  halfOpen.stop()
  const {code} = await server.end('SIGTERM')
  console.log({exit: code})
}

async function wrk(url: string, body: object | undefined): Promise<Record<string, string>> {
  const script = join(folder.path, 'load.lua')
  writeFileSync(script, luaFor(body))
  const child = spawn('wrk', ['-t1', `-c${CALLERS}`, `-d${seconds}s`, '--latency', '-s', script, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', chunk => (text += chunk))
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject))
  const found = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? 'none'
  return {
    per_second: found(/^Requests\/sec:\s+(\S+)/mu),
    p50: found(/^\s+50%\s+(\S+)/mu),
    p99: found(/^\s+99%\s+(\S+)/mu),
    not_answered_well: found(/^\s+((?:Non-2xx|Socket errors).*)/mu),
    errors_in_answers: found(/^errors in answers: (\d+)/mu),
  }
}

// A call that fails over MCP is answered by 200 all the same: the script looks into the answers.
function luaFor(body: object | undefined): string {
  const post = `
    wrk.method = 'POST'
    wrk.body = '${JSON.stringify(body ?? {})}'
    wrk.headers['Content-Type'] = 'application/json'
    wrk.headers['Accept'] = 'application/json, text/event-stream'`
  return `${body ? post : ''}
    local threads = {}
    function setup(thread) table.insert(threads, thread) end
    function init() failed = 0 end
    function response(status, headers, text)
      if status ~= 200 or text:find('"isError":true', 1, true) or text:find('"error":{', 1, true) then failed = failed + 1 end
    end
    function done()
      local sum = 0
      for _, thread in ipairs(threads) do sum = sum + thread:get('failed') end
      print('errors in answers: ' .. sum)
    end`
}

/** Connections that begin a request and send a byte of it each second. */
function slowCallers({hostname, port}: URL, path: string): {end: () => void; hungUp: () => number} {
  let hungUp = 0
  const sockets = new Set<Socket>()
  const open = (): void => {
    const socket = connect(Number(port), hostname)
    sockets.add(socket)
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Slow: `)
    socket.on('error', () => undefined)
    socket.on('data', () => undefined)
    socket.on('close', () => {
      hungUp += 1
      sockets.delete(socket)
    })
  }
  for (let index = 0; index < SLOW_CALLERS; index += 1) open()
  const dripping = setInterval(() => sockets.forEach(socket => socket.write('x')), 1000)
  return {
    end() {
      clearInterval(dripping)
      for (const socket of sockets) socket.removeAllListeners('close').destroy()
    },
    hungUp: () => hungUp,
  }
}

/** The server, which this process has started last. */
function newestChild(): number {
  const children = readdirSync('/proc')
    .filter(name => /^\d+$/u.test(name))
    .filter(pid => statusOf(pid, 'PPid') === String(process.pid))
  return Math.max(...children.map(Number))
}

function residentMb(pid: number): number {
  return Math.round(Number(statusOf(String(pid), 'VmRSS')?.split(' ')[0]) / 1024)
}

function statusOf(pid: string, field: string): string | undefined {
  try {
    return new RegExp(`^${field}:\\s+(.+)$`, 'mu').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  } catch {
    // It has ended meanwhile.
    return undefined
  }
}

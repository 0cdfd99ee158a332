import {spawn, spawnSync, type ChildProcess} from 'node:child_process'
import {once} from 'node:events'
import {mkdirSync, readdirSync, readFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {setTimeout as pause} from 'node:timers/promises'

import {startTelemetry} from '#src/telemetry/start-telemetry.js'
import {expect} from 'chai'
import {parse} from 'yaml'

import {debianProgram} from '../helpers/debian-program.ts'
import {temporaryFolder} from '../helpers/run-ep23.ts'

const shipped = join(import.meta.dirname, '../../prometheus/log-shipping')
const config = (file: string): string => readFileSync(join(shipped, file), 'utf8')
const LABELS = ['level', 'service', 'stage']

describe('the configurations of the log agents', () => {
  it('agree on the labels', () => {
    const syslogNg = /"stream":\$\(format-json --scope none ([^)]*)\)/u.exec(config('syslog-ng/ep23.conf'))?.[1] ?? ''
    const alloy = /stage\.labels \{\s*values = \{([^}]*)\}/u.exec(config('alloy/config.alloy'))?.[1] ?? ''
    const [job] = parse(config('promtail/promtail-config.yml')).scrape_configs
    const promtail = job.pipeline_stages.find((stage: object) => 'labels' in stage).labels
    const inSyslogNg = syslogNg.split(' ').map(pair => pair.split('=')[0])
    const inAlloy = [...alloy.matchAll(/(\w+)\s*=/gu)].map(match => match[1])
    expect(inSyslogNg).to.have.members(LABELS)
    expect(inAlloy).to.have.members(LABELS)
    expect(Object.keys(promtail)).to.have.members(LABELS)
  })

  it('take the labels from the same fields of the lines', () => {
    const fields = {service: 'name', level: 'lvl', stage: 'stage'}
    const [job] = parse(config('promtail/promtail-config.yml')).scrape_configs
    const promtail = job.pipeline_stages.find((stage: object) => 'json' in stage).json.expressions
    const alloy = Object.fromEntries(
      [...config('alloy/config.alloy').matchAll(/(\w+)\s*= "(\w+)",/gu)].map(match => [match[1], match[2]]),
    )
    expect(promtail).to.include(fields)
    expect(alloy).to.include(fields)
    for (const [label, field] of Object.entries(fields))
      expect(config('syslog-ng/ep23.conf')).to.include(`${label}=\${j.${field}}`)
  })

  it('say in the head of the promtail one that it is at its end of life', () => {
    expect(config('promtail/promtail-config.yml').split('\n')[0]).to.include('END OF LIFE')
  })
})

interface Push {
  streams: {stream: Record<string, string>; values: [string, string, Record<string, string>][]}[]
}

describe('syslog-ng', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let loki: Server
  let agent: ChildProcess | undefined
  let received: Push['streams']

  before(async function () {
    debianProgram(this, 'syslog-ng', 'syslog-ng-core syslog-ng-mod-http')
    folder = temporaryFolder()
    received = []
    loki = createServer((request, response) => {
      void text(request).then(body => {
        if (request.url === '/loki/api/v1/push') received.push(...(JSON.parse(body) as Push).streams)
        response.writeHead(204).end()
      })
    }).listen(0, '127.0.0.1')
    await once(loki, 'listening')
  })
  after(async () => {
    if (agent?.exitCode === null) {
      agent.kill('SIGKILL')
      await once(agent, 'exit')
    }
    loki?.close()
    folder?.remove()
  })

  function environment(): NodeJS.ProcessEnv {
    const url = `http://127.0.0.1:${(loki.address() as AddressInfo).port}`
    return {PATH: process.env['PATH'], EP23_LOG_DIR: join(folder.path, 'logs'), LOKI_URL: url}
  }

  it('finds no mistake in its configuration', function () {
    const program = debianProgram(this, 'syslog-ng')
    const {status, stderr} = spawnSync(program, ['-s', '-f', join(shipped, 'syslog-ng/ep23.conf')], {
      env: environment(),
      encoding: 'utf8',
    })
    expect({status, stderr}).to.deep.equal({status: 0, stderr: ''})
  })

  it('brings a thousand lines whole to the push API of Loki, Cyrillic, quotes and line ends in them', async function () {
    this.timeout(120_000)
    const lines = await writeLog(join(folder.path, 'logs'), 998)
    expect(lines).to.have.length(1000)
    agent = startAgent(debianProgram(this, 'syslog-ng'), folder.path, environment())
    const deadline = performance.now() + 20_000
    while (received.length < lines.length && performance.now() < deadline) await pause(50)
    const shippedLines = received.flatMap(({values}) => values.map(([, line]) => line))
    expect(shippedLines.toSorted()).to.deep.equal(lines.toSorted())
    for (const {stream, values} of received)
      for (const [nanos, line, metadata] of values) {
        const {name, lvl, stage, time_ns, trace_id, epic_id} = JSON.parse(line)
        expect({stream, nanos, metadata}).to.deep.equal({
          stream: {service: name, level: lvl, stage},
          nanos: time_ns,
          metadata: {trace_id, epic_id},
        })
      }
  })
})

/** Lines as commands of ep23 write them. */
async function writeLog(logDir: string, count: number): Promise<string[]> {
  mkdirSync(logDir)
  const clock = {now: () => new Date(), monotonic: () => performance.now() / 1000}
  const settings = {
    store: 'unused',
    logDir,
    logLevel: 'debug',
    llmApiKey: undefined,
    otlpEndpoint: undefined,
    traceSample: 1,
  }
  const {logger, tracer} = startTelemetry({settings, clock, command: 'dataset:seed', version: '1', service: 'ep23-cli'})
  logger.debug({stage: 'чтение'}, 'начало')
  await tracer.span('write', {stage: 'export', channel: '@habr'}, async () => {
    for (let index = 0; index < count; index++)
      logger.info({post: index}, `Дайджест №${index}: «кавычки», "quotes", back\\slash, строка\nи ещё\t{"x": [1]} 🚀`)
  })
  logger.error({err: new Error('сервер не ответил')}, 'ошибка')
  return readdirSync(logDir).flatMap(file => readFileSync(join(logDir, file), 'utf8').trimEnd().split('\n'))
}

function startAgent(program: string, folder: string, env: NodeJS.ProcessEnv): ChildProcess {
  const own = ['-R', join(folder, 'persist'), '-p', join(folder, 'pid'), '-c', join(folder, 'control')]
  const child = spawn(program, ['-F', '--no-caps', '-f', join(shipped, 'syslog-ng/ep23.conf'), ...own], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const killNow = (): boolean => child.kill('SIGKILL')
  process.once('exit', killNow)
  child.once('exit', () => process.off('exit', killNow))
  return child
}

import {spawnSync} from 'node:child_process'
import {fileURLToPath} from 'node:url'

import {expect} from 'chai'

const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const HEAVY =
  /\/node_modules\/(prom-client|bunyan|@opentelemetry|listr2|mongodb|bson|class-validator|libphonenumber-js)\//u

// Writes the address of every module that is loaded, required or imported, to stderr.
const hook = `data:text/javascript,${encodeURIComponent(`
  import {writeSync} from 'node:fs'
  import {registerHooks} from 'node:module'
  registerHooks({load(url, context, next) { writeSync(2, 'LOADED ' + url + '\\n'); return next(url, context) }})
`)}`

function modulesOf(args: string[]): string[] {
  const {status, stderr} = spawnSync(process.execPath, ['--import', hook, ...args], {
    encoding: 'utf8',
    env: {...process.env, EP23_SOURCE: '1'},
  })
  expect(status, stderr).to.equal(0)
  return stderr
    .split('\n')
    .filter(line => line.startsWith('LOADED '))
    .map(line => line.slice('LOADED '.length))
}

function modulesOfScript(script: string): string[] {
  const source = script.replaceAll(/'#src\/.+?\.js'/gu, name => `'${import.meta.resolve(name.slice(1, -1))}'`)
  return modulesOf(['--input-type=module', '-e', source])
}

const start = `
  const {startTelemetry} = await import('#src/telemetry/start-telemetry.js')
  const {createProgress} = await import('#src/progress/create-progress.js')
  const clock = {now: () => new Date(), monotonic: () => performance.now() / 1000}
  const settings = {store: '/nowhere/store.sqlite', logDir: '/nowhere/logs', logLevel: 'warn'}
  const {metrics, tracer, logger} = startTelemetry({settings, clock, command: 'a', version: '1', service: 'ep23-cli', warn() {}})
  const signal = new AbortController().signal
  const shown = mode => createProgress({mode, tracer, logger, clock, signal}).step('step', () => undefined)
`

/** The heavy packages that the script loads once telemetry runs. */
const heavy = (script: string): Set<string | undefined> =>
  new Set(modulesOfScript(start + script).flatMap(url => HEAVY.exec(url)?.[1] ?? []))

describe('modules that are loaded', () => {
  it('are none of the heavy ones for --help and --version', () => {
    for (const flag of ['--help', '--version']) {
      const modules = modulesOf([bin, flag])
      expect(modules.filter(url => HEAVY.test(url))).to.deep.equal([])
      expect(modules.filter(url => url.includes('/dist/telemetry/'))).to.deep.equal([])
      expect(modules).to.not.be.empty
    }
  })

  it('are what the three parts of telemetry need once it starts: of prom-client its metrics, not its index', () => {
    expect(heavy('')).to.deep.equal(new Set(['@opentelemetry', 'bunyan', 'prom-client']))
    const modules = modulesOfScript(start)
    expect(
      modules.filter(url => /prom-client\/(index|lib\/(cluster|defaultMetrics|pushgateway))\.js$/u.test(url)),
    ).to.deep.equal([])
    expect(modules.filter(url => /@opentelemetry\/(exporter|otlp)/u.test(url))).to.deep.equal([])
  })

  it('are none of the totals’ and none of telemetry at all before a run records something', () => {
    const telemetry = (script: string): string[] =>
      modulesOfScript(script).flatMap(url => /(?<!\/sdk)\/dist\/telemetry\/(.+)\.js$/u.exec(url)?.[1] ?? [])
    expect(telemetry(`await import('#src/runtime.js')`)).to.have.members(['lazy-stored-telemetry'])
    const recording = telemetry(start)
    expect(recording).to.include('tracer')
    for (const name of ['shared-metrics', 'totals', 'exposition', 'fold-runs', 'span-archive', 'otlp'])
      expect(recording).to.not.include(name)
  })

  it('are listr2 with the first steps in a terminal', () => {
    expect(heavy(`await shown('lines')`).has('listr2')).to.equal(false)
    expect(heavy(`await shown('terminal')`).has('listr2')).to.equal(true)
  })

  it('are prom-client’s registry alone for the text format', () => {
    const modules = modulesOfScript(`
      const {exposition} = await import('#src/telemetry/exposition.js')
      await exposition(new Map(), [])`)
    expect(modules.filter(url => HEAVY.test(url)).map(url => url.replace(/.*\/node_modules\//u, ''))).to.deep.equal([
      'prom-client/lib/registry.js',
      'prom-client/lib/util.js',
    ])
  })
})

import {execFileSync, spawn} from 'node:child_process'
import {mkdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'

import {EXIT} from '@ep23/sdk'
import {expect} from 'chai'

import {leaveOut} from '../helpers/live-test.ts'
import {sharedMongo} from '../helpers/mongo-server.ts'
import {inherited, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {cuttingProxy, type Fault} from './cutting-proxy.ts'
import {copyPlace, documentsIn, halfWritten, run, type Place} from './place.ts'
import {WRITE_PATHS, type WritePath} from './write-paths.ts'

const CLOCK = join(import.meta.dirname, 'jump-the-clock.ts')
const DAY_MS = 86_400_000
/** More of them, as for docs/reliability.md. */
const LONG = process.env['EP23_CHAOS_KILLS'] !== undefined
const bin = join(import.meta.dirname, '../../bin/run.js')

const WELL: number[] = [EXIT.ok, EXIT.unmeasured]

/** Ends that say what is wrong and that it can be tried again, or that all went well. */
const HONEST = [EXIT.ok, EXIT.unmeasured, EXIT.unavailable, EXIT.tryAgain, EXIT.interrupted]

const pathCalled = (name: string): WritePath => {
  const found = WRITE_PATHS.find(path => path.name === name)
  if (!found) throw new Error(`there is no write path ${name}`)
  return found
}

describe('faults around a write', function () {
  this.timeout(600_000)
  const temporary = temporaryFolder()
  after(() => temporary.remove())

  const place = (name: string, store = 's.sqlite'): Place => {
    const folder = join(temporary.path, name)
    mkdirSync(folder, {recursive: true})
    return {folder, store}
  }

  /** Prepares a place, spoils one run of the command in a copy, and runs it again undisturbed. */
  async function mends(
    path: WritePath,
    {fresh, undisturbed, spoilt}: Record<'fresh' | 'undisturbed' | 'spoilt', Place>,
    spoil: (place: Place) => Promise<Ended>,
  ): Promise<void> {
    await path.files?.(fresh)
    for (const command of path.before ?? []) await run(fresh, command)
    await copyPlace(fresh, undisturbed)
    await copyPlace(fresh, spoilt)
    await run(undisturbed, path.command)
    const ended = await spoil(spoilt)
    expect(ended.code, ended.stderr).to.be.oneOf(HONEST)
    expect(ended.stderr).to.not.match(/\n\s+at .+:\d+:\d+|bug of ep23/u)
    expect(halfWritten(spoilt)).to.deep.equal([])
    const again = await run(spoilt, path.command)
    expect(again.code, again.stderr).to.be.oneOf([EXIT.ok, EXIT.unmeasured])
    expect(Object.fromEntries(await documentsIn(spoilt))).to.deep.equal(
      Object.fromEntries(await documentsIn(undisturbed)),
    )
    await path.proof?.(spoilt)
  }

  const places = (name: string): Record<'fresh' | 'undisturbed' | 'spoilt', Place> => ({
    fresh: place(`${name} fresh`),
    undisturbed: place(`${name} undisturbed`),
    spoilt: place(`${name} spoilt`),
  })

  for (const name of LONG ? ['seed', 'export', 'benchmark run'] : ['benchmark run']) {
    it(`few open files: ${name}`, () =>
      mends(pathCalled(name), places(`files ${name}`), spoilt =>
        limited('ulimit -n 32', spoilt, pathCalled(name).command),
      ))

    for (const by of [-2 * DAY_MS, 2 * DAY_MS])
      it(`a clock that jumps by ${by / DAY_MS} days: ${name}`, () =>
        mends(pathCalled(name), places(`clock ${by} ${name}`), spoilt =>
          run(spoilt, pathCalled(name).command, {
            NODE_OPTIONS: `--import ${CLOCK}`,
            CLOCK_JUMPS_AT: '20',
            CLOCK_JUMPS_BY: String(by),
          }),
        ))

    it(`SIGTERM: ${name}`, () =>
      mends(pathCalled(name), places(`term ${name}`), spoilt =>
        run(spoilt, pathCalled(name).command, {CHAOS_SIGNAL: 'SIGTERM', CHAOS_DIE_AT: '10', CHAOS_DIE: 'after'}),
      ))

    it(`a full disk: ${name}`, async function () {
      const path = pathCalled(name)
      const {fresh, undisturbed, spoilt} = places(`disk ${name}`)
      if (!mounts(spoilt.folder, '400k'))
        leaveOut(this, 'full disk', 'run the tests as root, which may mount a small disk')
      try {
        await path.files?.(fresh)
        for (const command of path.before ?? []) await run(fresh, command)
        await run(undisturbed, path.command)
        const {code, stderr} = await run(spoilt, [
          'dataset:seed',
          '--channels',
          '@first_news',
          '--days',
          '90',
          '--minimum',
          '4',
        ])
        expect(code, stderr).to.equal(EXIT.tryAgain)
        expect(stderr).to.include('full')
        expect(halfWritten(spoilt)).to.deep.equal([])
      } finally {
        execFileSync('umount', [spoilt.folder])
      }
    })
  }

  const faults = ['reset', 'half-close', 'silence', 'delay'] as const satisfies Fault[]
  for (const fault of LONG ? faults : faults.slice(0, 3))
    for (const after of LONG ? [3_000, 40_000] : [3_000])
      it(`a connection to MongoDB that meets a ${fault} after ${after} bytes`, async function () {
        const mongo = await sharedMongo(this)
        const database = (name: string): string => `chaos_${process.pid}_${fault.replace('-', '_')}_${after}_${name}`
        const at = (name: string): Place => place(`${fault} ${after} ${name}`, mongo.url(database(name)))
        const proxy = await cuttingProxy(Number(new URL(mongo.url('x')).port), {fault, after})
        try {
          await mends(
            pathCalled('seed'),
            {fresh: at('fresh'), undisturbed: at('undisturbed'), spoilt: at('spoilt')},
            spoilt => {
              const through = spoilt.store.replace(/:\d+\//u, `:${proxy.port}/`)
              return run(
                {...spoilt, store: `${through}?socketTimeoutMS=2000&serverSelectionTimeoutMS=3000`},
                pathCalled('seed').command,
              )
            },
          )
          expect(proxy.faulted()).to.be.above(0)
        } finally {
          await proxy.stop()
        }
      })

  for (const [name, those] of [
    ['export', faults],
    ['benchmark run', LONG ? faults : (['reset'] as const)],
  ] as const)
    describe(`${name} over a connection to MongoDB`, () => {
      const path = pathCalled(name)
      let at: (name: string) => Place
      let port: number

      before(async function () {
        const mongo = await sharedMongo(this)
        port = Number(new URL(mongo.url('x')).port)
        at = own => place(`${name} ${own}`, mongo.url(`chaos_${process.pid}_${name} ${own}`.replaceAll(/\W/gu, '_')))
        for (const command of path.before ?? []) await run(at('fresh'), command)
      })

      for (const fault of those)
        it(`that meets a ${fault} in the midst of an answer`, async () => {
          const spoilt = at(fault)
          await copyPlace(at('fresh'), spoilt)
          const proxy = await cuttingProxy(port, {fault, after: 12_000, side: 'server'})
          try {
            const store = `${spoilt.store.replace(/:\d+\//u, `:${proxy.port}/`)}?socketTimeoutMS=1000`
            const ended = await run({...spoilt, store}, path.command)
            expect(ended.code, ended.stderr).to.be.oneOf(fault === 'delay' ? WELL : [EXIT.unavailable, EXIT.tryAgain])
            expect(ended.stderr).to.not.match(/\n\s+at .+:\d+:\d+|bug of ep23/u)
            if (!WELL.includes(ended.code ?? -1)) expect(ended.stderr).to.match(/Try this:\s+\S/u)
            expect(proxy.faulted()).to.be.above(0)
          } finally {
            await proxy.stop()
          }
          expect(halfWritten(spoilt)).to.deep.equal([])
          const again = await run(spoilt, path.command)
          expect(again.code, again.stderr).to.be.oneOf(WELL)
          await path.proof?.(spoilt)
          expect([...(await documentsIn(spoilt))]).to.deep.equal([...(await documentsIn(at('fresh')))])
        })
    })
})

/** Runs a command in a shell that first does something to itself. */
function limited(preparation: string, {folder, store}: Place, command: readonly string[]): Promise<Ended> {
  const env = {
    ...inherited(false),
    EP23_STORE: store,
    EP23_QUIET: '1',
    EP23_DATA_DIR: join(folder, '.data'),
    EP23_CONFIG_DIR: join(folder, '.config'),
    EP23_CACHE_DIR: join(folder, '.cache'),
  }
  const child = spawn('bash', ['-c', `${preparation}; exec "$@"`, 'bash', process.execPath, bin, ...command], {
    cwd: folder,
    env,
  })
  return new Promise(resolve => {
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', text => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', text => (stderr += text))
    child.on('close', (code, signal) => resolve({code, signal, stdout, stderr}))
  })
}

function mounts(folder: string, size: string): boolean {
  rmSync(folder, {recursive: true, force: true})
  mkdirSync(folder, {recursive: true})
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], {stdio: 'ignore'})
    return true
  } catch {
    return false
  }
}

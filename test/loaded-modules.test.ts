import {spawnSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {basename, join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {Config} from '@oclif/core'
import {expect} from 'chai'

import {temporaryFolder} from './helpers/run-ep23.ts'

const HEAVY =
  /node_modules\/(?:mongodb|bson|prom-client|bunyan|@opentelemetry|class-validator|class-transformer|libphonenumber-js|ajv|json5|listr2|execa|bullmq|ioredis)\/|\/packages\/llm\//u
const root = join(import.meta.dirname, '..')

describe('what a process loads', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())

  for (const args of [['--help'], ['dataset:seed', '--help'], ['dataset', '--help']])
    it(`keeps heavy libraries out of ep23 ${args.join(' ')}, bundled and not, which print the same`, () => {
      const compiled = run(args)
      expect(compiled.loaded.filter(file => HEAVY.test(file))).to.deep.equal([])
      const bundled = run(args, 'bundle/bin/run.js')
      expect(bundled.loaded.some(file => file.includes('/bundle/chunks/'))).to.equal(true)
      expect(bundled.loaded.flatMap(bundledSources).filter(file => HEAVY.test(file))).to.deep.equal([])
      expect(bundled.stdout).to.equal(compiled.stdout)
    })

  it('prints what oclif would print as the version, without loading anything', async () => {
    const {userAgent, pjson} = await Config.load(root)
    for (const flag of ['--version', ...(pjson.oclif.additionalVersionFlags ?? [])]) {
      const {stdout, loaded} = run([flag])
      expect(stdout).to.equal(`${userAgent}\n`)
      expect(loaded.map(url => basename(url))).to.deep.equal(['run.js'])
    }
  })

  it('loads the queue where a queue is named, and nowhere else', () => {
    const queue = /node_modules\/(?:bullmq|ioredis)\//u
    const sourcesOf = (args: string[], status: number): string[] =>
      run(args, 'bundle/bin/run.js', status).loaded.flatMap(bundledSources)
    const dryRun = [
      'benchmark:run',
      '-s',
      'channel_digest_ru',
      '-q',
      '--dry-run',
      '-d',
      join(root, 'no-such-file.jsonl'),
    ]
    expect(sourcesOf(dryRun, 64).filter(file => queue.test(file))).to.deep.equal([])
    const nobody = ['--queue', 'redis://127.0.0.1:1']
    expect(sourcesOf([...dryRun, ...nobody], 69).some(file => queue.test(file))).to.equal(true)
  })

  it('would see them: a command that validates loads class-validator', () => {
    expect(run(['dataset:seed', '--plan', '-q']).loaded.some(file => HEAVY.test(file))).to.equal(true)
  })

  /** What it prints, and the files of all modules, imported and required, as Node's own hooks see them. */
  function run(args: string[], bin = 'bin/run.js', expected = 0): {stdout: string; loaded: string[]} {
    const hook = `data:text/javascript,${encodeURIComponent(`
      import {registerHooks} from 'node:module'
      registerHooks({load(url, context, next) { process.stderr.write('loaded ' + url + '\\n'); return next(url, context) }})`)}`
    const {stdout, stderr, status} = spawnSync(process.execPath, ['--import', hook, join(root, bin), ...args], {
      cwd: folder.path,
      encoding: 'utf8',
      env: {PATH: process.env['PATH'] ?? '', EP23_DATA_DIR: folder.path, EP23_SOURCE: '1'},
      maxBuffer: 1 << 26,
    })
    expect(status, stderr.slice(-2000)).to.equal(expected)
    return {stdout, loaded: [...stderr.matchAll(/^loaded (.+)$/gmu)].map(([, url = '']) => url)}
  }
})

/** The files whose code is in a file of the bundle, as its source map tells. */
function bundledSources(url: string): string[] {
  const map = url.includes('/bundle/') ? `${fileURLToPath(url)}.map` : ''
  // Code that the bundler made itself has no map.
  return existsSync(map) ? (JSON.parse(readFileSync(map, 'utf8')) as {sources: string[]}).sources : []
}

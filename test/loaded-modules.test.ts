import {spawnSync} from 'node:child_process'
import {join} from 'node:path'

import {expect} from 'chai'

import {temporaryFolder} from './helpers/run-ep23.ts'

const HEAVY =
  /node_modules\/(?:mongodb|bson|prom-client|bunyan|@opentelemetry|class-validator|class-transformer|libphonenumber-js|ajv|openai|listr2|execa)\//u
const root = join(import.meta.dirname, '..')

describe('what a process loads', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())

  for (const args of [['--version'], ['--help'], ['dataset:seed', '--help'], ['dataset', '--help']])
    it(`keeps heavy libraries out of ep23 ${args.join(' ')}`, () => {
      expect(loadedBy(args).filter(file => HEAVY.test(file))).to.deep.equal([])
    })

  it('would see them: a command that validates loads class-validator', () => {
    expect(loadedBy(['dataset:seed', '--plan', '-q']).some(file => HEAVY.test(file))).to.equal(true)
  })

  /** Files of all modules, imported and required, as Node's own hooks see them. */
  function loadedBy(args: string[]): string[] {
    const hook = `data:text/javascript,${encodeURIComponent(`
      import {registerHooks} from 'node:module'
      registerHooks({load(url, context, next) { process.stderr.write('loaded ' + url + '\\n'); return next(url, context) }})`)}`
    const {stderr, status} = spawnSync(process.execPath, ['--import', hook, join(root, 'bin/run.js'), ...args], {
      cwd: folder.path,
      encoding: 'utf8',
      env: {PATH: process.env['PATH'] ?? '', EP23_DATA_DIR: folder.path},
      maxBuffer: 1 << 26,
    })
    expect(status, stderr.slice(-2000)).to.equal(0)
    return [...stderr.matchAll(/^loaded (.+)$/gmu)].map(([, url = '']) => url)
  }
})

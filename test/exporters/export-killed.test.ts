import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'

import {openStore} from '#src/store/open-store.js'

import {checkExports} from '../../plugins/exporters/dist/actions/check.js'
import {killAtRandom} from '../helpers/kill-at-random.ts'
import {ownMongo} from '../helpers/mongo-server.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'
import {fillWithNaughty} from './naughty-digests.ts'

const KILLS = Number(process.env['EP23_TEST_KILLS'] ?? 6)
const DIGESTS = 3000
/** What an export may be replaced by, each with other files than the last: plain, gzip, parts. */
const FORMS = [[], ['--compress', 'gzip', '--limit', '2500'], ['--split', '200KB']]
const TOTALS = [DIGESTS, 2500, DIGESTS]

describe(`exporters:run killed at ${KILLS} random moments`, function () {
  this.timeout(300_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(async () => {
    folder = temporaryFolder()
    await withStore(openStore(join(folder.path, 'store.sqlite')), store =>
      fillWithNaughty(store, {from: 0, to: DIGESTS}),
    )
  })
  after(() => folder.remove())

  const out = () => join(folder.path, 'out')
  const run = (form: number, killAfter?: number): Promise<Ended> =>
    runEp23(
      [
        'exporters:run',
        'digests',
        '-q',
        '--window',
        'all',
        '--store',
        'store.sqlite',
        '-o',
        'out',
        ...(FORMS[form] ?? []),
      ],
      {cwd: folder.path, killAfter, coverage: false},
    )

  it('leaves a complete export, the old one or the new one, every time', async () => {
    const random = xoroshiro128plus(23)
    // The first one also fills Node's cache of compiled code.
    expect((await run(0)).code).to.equal(0)
    const started = performance.now()
    expect((await run(0)).code).to.equal(0)
    const withinMs = performance.now() - started
    let standing = 0
    const killed = async (killAfter: number): Promise<Ended> => {
      const form = (standing + 1) % FORMS.length
      const ended = await run(form, killAfter)
      const {data, exit} = await checkExports(out(), undefined)
      expect(exit, `killed after ${killAfter} ms: ${JSON.stringify(data.findings[0])}`).to.equal(0)
      const records = data.manifests[0]?.exports[0]?.records_checked
      expect(records).to.be.oneOf([TOTALS[standing], TOTALS[form]])
      if (
        JSON.parse(readFileSync(join(out(), 'digests.manifest.json'), 'utf8')).exports[0].files.length > 1 ||
        records !== TOTALS[standing]
      )
        standing = form
      return ended
    }
    await killAtRandom(killed, {kills: KILLS, random, withinMs})
  })

  it('leaves nothing hidden behind once a run has gone well', async () => {
    expect((await run(0)).code).to.equal(0)
    expect(readdirSync(out()).sort()).to.deep.equal([
      'digests.jsonl',
      'digests.leaves.jsonl',
      'digests.manifest.json',
      'digests.schema.json',
    ])
  })
})

describe('exporters:run whose MongoDB goes away in the middle', function () {
  this.timeout(120_000)

  it('exits 69 in time with a clear error, and the export before it stays', async function () {
    const folder = temporaryFolder()
    const mongo = await ownMongo(this)
    const args = ['exporters:run', 'digests', '--window', 'all', '--store', mongo.url('gone'), '-o', 'out']
    const contents = () =>
      readdirSync(join(folder.path, 'out')).map(name => [name, readFileSync(join(folder.path, 'out', name), 'utf8')])
    try {
      await withStore(openStore(mongo.url('gone')), store => fillWithNaughty(store, {from: 0, to: DIGESTS}))
      expect((await runEp23([...args, '-q'], {cwd: folder.path})).code).to.equal(0)
      const before = contents()
      let taken: Promise<void> | undefined
      const onStderr = (stderr: string): void => {
        if (stderr.includes('[2/3] Write digests')) taken ??= mongo.kill()
      }
      const broken = await runEp23(args, {cwd: folder.path, onStderr})
      await taken
      expect(broken.code, broken.stderr).to.equal(69)
      expect(broken.stderr).to.include('Try this:').and.not.include('    at ')
      expect(contents()).to.deep.equal(before)
    } finally {
      await mongo.stop()
      folder.remove()
    }
  })
})

import {appendFileSync, mkdirSync} from 'node:fs'
import {join} from 'node:path'

import {EXIT} from '@ep23/sdk'
import {expect} from 'chai'
import {uniformInt} from 'pure-rand/distribution/uniformInt'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'

import {sharedMongo} from '../helpers/mongo-server.ts'
import {temporaryFolder} from '../helpers/run-ep23.ts'
import {copyPlace, countWrites, documentsIn, halfWritten, run, type Place} from './place.ts'
import {WRITE_PATHS, type WritePath} from './write-paths.ts'

/** A run on synthetic days ends as unmeasured. */
const WELL = [EXIT.ok, EXIT.unmeasured]
/** One by default, of the ways whose writing others share; EP23_CHAOS_KILLS=50 for all of them, as for docs/reliability.md. */
const KILLS = Number(process.env['EP23_CHAOS_KILLS'] ?? 1)
const ALL = process.env['EP23_CHAOS_KILLS'] !== undefined
/** A file that gets the figures of each way as a line of JSON. */
const FIGURES = process.env['EP23_CHAOS_FIGURES']

/**
 * Every way to write, ended by SIGKILL at chosen ones of its own writes, so that each kill falls into the write. Right after it nothing
 * is lost, doubled or half-written; and the same command run again ends as an undisturbed one.
 */
describe(`killed in the write, ${KILLS} times each`, function () {
  this.timeout(KILLS * 60_000 + 300_000)
  const temporary = temporaryFolder()
  after(() => temporary.remove())

  for (const path of WRITE_PATHS.filter(({always}) => ALL || always)) {
    it(`${path.name}, SQLite`, () =>
      survives(path, name => ({folder: makeFolder(`${path.name} ${name}`), store: 's.sqlite'})))

    if (path.ofStore !== false)
      it(`${path.name}, MongoDB`, async function () {
        const mongo = await sharedMongo(this)
        const database = (name: string): string => `chaos_${process.pid}_${path.name}_${name}`.replaceAll(/\W/gu, '_')
        await survives(path, name => ({
          folder: makeFolder(`${path.name} mongo ${name}`),
          store: mongo.url(database(name)),
        }))
      })
  }

  function makeFolder(name: string): string {
    const folder = join(temporary.path, name)
    mkdirSync(folder, {recursive: true})
    return folder
  }
})

async function survives(path: WritePath, placeOf: (name: string) => Place): Promise<void> {
  const [fresh, undisturbed, killed] = [placeOf('fresh'), placeOf('undisturbed'), placeOf('killed')]
  path.files?.(fresh.folder)
  for (const command of path.before ?? []) await endsWell(fresh, command)
  const before = await documentsIn(fresh)
  await copyPlace(fresh, undisturbed)
  const {writes, ended} = await countWrites(undisturbed, path.command)
  expect(ended.code, ended.stderr).to.be.oneOf(WELL)
  const after = await documentsIn(undisturbed)
  let fell = 0
  for (const moment of momentsOf(path.name, writes)) {
    await copyPlace(fresh, killed)
    const {signal} = await run(killed, path.command, {CHAOS_DIE_AT: String(moment)})
    fell += signal === 'SIGKILL' ? 1 : 0
    const told = `killed at write ${moment} of ${writes}`
    expect(halfWritten(killed), told).to.deep.equal([])
    expectBetween(await documentsIn(killed), {before, after}, told)
    await endsWell(killed, path.command, path.onceOnly)
    expect(Object.fromEntries(await documentsIn(killed)), told).to.deep.equal(Object.fromEntries(after))
    await path.proof?.(killed)
  }
  const figures = {path: path.name, store: killed.store.split(':')[0], writes, killed: fell, documents: after.size}
  if (FIGURES !== undefined) appendFileSync(FIGURES, `${JSON.stringify(figures)}\n`)
  // A run may need a packet less than the one that was counted.
  expect(fell, `kills of ${KILLS} that fell into the ${writes} writes`).to.be.at.least(
    0.9 * Math.min(KILLS, writes) - 1,
  )
}

/** Moments spread over all writes, the first and the last among them. */
function momentsOf(name: string, writes: number): number[] {
  const random = xoroshiro128plus(Buffer.from(name).reduce((sum, byte) => sum + byte, 0))
  const step = writes / KILLS
  return Array.from({length: Math.min(KILLS, writes)}, (_, kill) =>
    uniformInt(
      random,
      Math.floor(kill * step) + 1,
      Math.max(Math.floor((kill + 1) * step), Math.floor(kill * step) + 1),
    ),
  )
}

/** Every document is the old or the new one; what stands before and after was never away. */
function expectBetween(
  documents: Map<string, string>,
  {before, after}: {before: Map<string, string>; after: Map<string, string>},
  told: string,
): void {
  for (const [name, text] of documents) expect([before.get(name), after.get(name)], `${told}: ${name}`).to.include(text)
  for (const name of before.keys())
    if (after.has(name)) expect(documents.has(name), `${told}: ${name} is lost`).to.equal(true)
}

async function endsWell(place: Place, command: readonly string[], ...orElse: (number | undefined)[]): Promise<void> {
  const {code, stderr} = await run(place, command)
  expect(code, `${command.join(' ')}: ${stderr}`).to.be.oneOf([...WELL, ...orElse])
}

import {appendFileSync, mkdirSync} from 'node:fs'
import {join} from 'node:path'

import {EXIT} from '@ep23/sdk'
import {expect} from 'chai'
import {uniformInt} from 'pure-rand/distribution/uniformInt'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'

import {sharedMongo} from '../helpers/mongo-server.ts'
import {temporaryFolder} from '../helpers/run-ep23.ts'
import {copyPlace, countWrites, documentsIn, halfWritten, perform, run, type Place} from './place.ts'
import {WRITE_PATHS, type WritePath} from './write-paths.ts'

/** A run on synthetic days ends as unmeasured. */
const WELL = [EXIT.ok, EXIT.unmeasured]
/** One by default, of the ways whose writing others share; EP23_CHAOS_KILLS=50 for all of them, as for docs/reliability.md. */
const KILLS = Number(process.env['EP23_CHAOS_KILLS'] ?? 1)
const TIMEOUT_MS = KILLS * 60_000 + 300_000
const ALL = process.env['EP23_CHAOS_KILLS'] !== undefined
/** A file that gets the figures of each way as a line of JSON. */
const FIGURES = process.env['EP23_CHAOS_FIGURES']

/**
 * Every way to write, ended by SIGKILL at chosen ones of its own writes, so that each kill falls into the write. Right after it nothing
 * is lost, doubled or half-written; and the same command run again ends as an undisturbed one.
 */
describe(`killed in the write, ${KILLS} times each`, function () {
  this.timeout(TIMEOUT_MS)
  const temporary = temporaryFolder()
  after(() => temporary.remove())

  for (const path of WRITE_PATHS.filter(({always}) => ALL || always)) {
    it(`${path.name}, SQLite`, () =>
      survives(path, name => ({folder: makeFolder(`${path.name} ${name}`), store: 's.sqlite'})))

    if (path.ofStore !== false)
      it(`${path.name}, MongoDB`, async function () {
        const mongo = await sharedMongo(this)
        this.timeout(TIMEOUT_MS)
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
  await path.files?.(fresh)
  for (const command of path.before ?? []) await endsWell(fresh, command)
  const before = await documentsIn(fresh)
  await copyPlace(fresh, undisturbed)
  const {writes, ended} = await countWrites(undisturbed, path)
  expect(ended.code, ended.stderr).to.be.oneOf(WELL)
  const after = await documentsIn(undisturbed)
  let fell = 0
  for (const {at, when} of momentsOf(path.name, writes)) {
    await copyPlace(fresh, killed)
    const {signal} = await perform(killed, path, {CHAOS_DIE_AT: String(at), CHAOS_DIE: when})
    fell += signal === 'SIGKILL' ? 1 : 0
    const told = `killed ${when} write ${at} of ${writes}`
    expect(halfWritten(killed), told).to.deep.equal([])
    expectBetween(await documentsIn(killed), {before, after}, told)
    await endsWellAgain(killed, path, told)
    expect(Object.fromEntries(await documentsIn(killed)), told).to.deep.equal(Object.fromEntries(after))
    await path.proof?.(killed)
  }
  if (FIGURES !== undefined) appendFileSync(FIGURES, `${JSON.stringify(figuresOf(path, killed, {writes, fell}))}\n`)
  // A run may need a packet less than the one that was counted, and the last writes leave no time to be killed later.
  expect(fell, `kills of ${KILLS} that fell into the ${writes} writes`).to.be.at.least(0.8 * KILLS - 1)
}

/** Nothing was lost, doubled or half-written: else the test would have failed before. */
function figuresOf(path: WritePath, {store}: Place, {writes, fell}: {writes: number; fell: number}): object {
  const inFiles = path.ofStore === false
  const where = inFiles ? 'files' : store.startsWith('mongodb:') ? 'MongoDB' : 'SQLite'
  return {path: path.name, store: where, writes, tried: KILLS, killed: fell, lost: 0, doubled: 0, half_written: 0}
}

interface Moment {
  at: number
  when: 'before' | 'after' | 'later'
}

/**
 * Moments spread over all writes. Where there are fewer writes than kills, each of them, and then each again with other timing: when it was
 * done and its caller does not know, and a millisecond later.
 */
function momentsOf(name: string, writes: number): Moment[] {
  const all = (['before', 'after', 'later'] as const).flatMap(when => spread(name, writes).map(at => ({at, when})))
  return Array.from({length: KILLS}, (_, kill) => all[kill % all.length]).filter(moment => moment !== undefined)
}

function spread(name: string, writes: number): number[] {
  const random = xoroshiro128plus(Buffer.from(name).reduce((sum, byte) => sum + byte, 0))
  const step = writes / KILLS
  return Array.from({length: Math.min(KILLS, writes)}, (_, kill) => {
    const first = Math.floor(kill * step) + 1
    return writes <= KILLS ? kill + 1 : uniformInt(random, first, Math.max(Math.floor((kill + 1) * step), first))
  })
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

/** As its first time, or with the error that names what to do; then that is done. */
async function endsWellAgain(place: Place, path: WritePath, told: string): Promise<void> {
  const {code, stderr} = await perform(place, path)
  if (code === EXIT.badData && path.repair && stderr.includes(path.repair.slice(0, 2).join(' ')))
    return endsWell(place, path.repair)
  expect(code, `${told}, and again: ${stderr}`).to.be.oneOf([...WELL, path.onceOnly])
}

async function endsWell(place: Place, command: readonly string[]): Promise<void> {
  const {code, stderr} = await run(place, command)
  expect(code, `${command.join(' ')}: ${stderr}`).to.be.oneOf(WELL)
}

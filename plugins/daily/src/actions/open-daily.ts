import {createHash} from 'node:crypto'
import {mkdir, mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {type DailyJudge, judgeRecords, modelOptions, openDailyJudge} from '@ep23/plugin-benchmark/judging'
import {digestKind, dayWindow, endOfDay, startOfDay, storedDocuments} from '@ep23/plugin-dataset'
import {type ChannelPosts, type DaySources, openDaySources, openDayWriter} from '@ep23/plugin-dataset/days'
import {canonicalLine} from '@ep23/plugin-exporters'
import {Ep23Error, EXIT, type Runtime} from '@ep23/sdk'
import {withFileLock} from '@ep23/sdk/file-lock'

import {readCommands} from '../adapters/command-source.js'
import {dailyFolder, type DailyFolder} from '../adapters/daily-folder.js'
import {openScoreBoard} from '../adapters/score-board.js'
import type {Baseline} from '../domain/baseline.js'
import {dayAfter, daysBetween} from '../domain/calendar.js'
import type {DailyFlags} from '../flags.js'
import type {BaselineInForce, DailyDeps} from '../usecases/daily-deps.js'
import {message} from '../words/words.js'

/** So many days before a day show what its channels repeat under every post. */
const DAYS_READ = 7
const TEAM = 'team'

/** Opens sources, writer, judge and board, and closes them when the work is done. */
export async function withDaily<T>(
  runtime: Runtime,
  flags: DailyFlags,
  work: (deps: DailyDeps, folder: DailyFolder) => Promise<T>,
): Promise<T> {
  const folder = dailyFolder(runtime.settings.datasetDir)
  const commands = await readCommands(flags.from, runtime.signal)
  const sources = await openDaySources(runtime, {...flags, from: commands.from}).catch(async (error: unknown) => {
    await commands.dispose()
    throw error
  })
  const scratch = flags['dry-run'] ? await mkdtemp(join(tmpdir(), 'ep23-daily-')) : undefined
  try {
    const judge = await openDailyJudge(runtime, {...flags, judge: flags.judge, llm: modelOptions(flags)})
    const board = await openScoreBoard(folder.board, {repair: !flags['dry-run']})
    const files = scratch === undefined ? (day: string) => folder.day(day) : withScratch(folder, scratch)
    const deps: DailyDeps = {
      ...{
        clock: runtime.clock,
        zone: sources.timeZone,
        board: scratch === undefined ? board : inMemory(board.lines),
        files,
      },
      baseline: await baselineInForce(folder),
      judge: {name: judge.name, signature: judge.signature, model: judge.model},
      ...(await writerOf(runtime, flags, sources.timeZone)),
      readPosts: days => readDays(sources, days),
      ...judging(runtime, judge, folder),
    }
    return await work(deps, folder)
  } finally {
    await sources.dispose()
    await commands.dispose()
    if (scratch !== undefined) await rm(scratch, {recursive: true, force: true})
  }
}

async function readDays(sources: DaySources, days: readonly string[]): Promise<(day: string) => ChannelPosts[]> {
  const window = {until: days.at(-1) ?? '', days: days.length + DAYS_READ - 1, zone: sources.timeZone}
  const found = await sources.read(dayWindow(window))
  return day => {
    const wanted = daysBetween(dayAfter(day, 1 - DAYS_READ), day)
    return found.map(({channel, byDay}) => ({
      channel,
      byDay: new Map([...byDay].filter(([each]) => wanted.includes(each))),
    }))
  }
}

/** Runs the work while no other `ep23 daily` works on the same folder. @throws Ep23Error DAILY_BUSY (75) */
export async function withDailyLock<T>({settings, signal}: Runtime, work: () => Promise<T>): Promise<T> {
  const {path, lock} = dailyFolder(settings.datasetDir)
  await mkdir(path, {recursive: true})
  return withFileLock({path: lock, signal, busy}, work)

  function busy(): Error {
    return new Ep23Error(message('otherDaily', {path}), {
      code: 'DAILY_BUSY',
      exit: EXIT.tryAgain,
      suggestions: [message('runWhenDone')],
    })
  }
}

export async function baselineInForce(folder: DailyFolder): Promise<BaselineInForce | undefined> {
  const baseline = await folder.baseline()
  return baseline && {baseline, id: idOf(baseline)}
}

function idOf(baseline: Baseline): string {
  return createHash('sha256').update(canonicalLine(baseline)).digest('hex').slice(0, 12)
}

function judging(
  runtime: Runtime,
  judge: DailyJudge,
  folder: DailyFolder,
): Pick<DailyDeps, 'judgeRecords' | 'judgeAnchors'> {
  return {
    judgeRecords: (file, run) => judgeRecords(runtime, judge, {file, folder: run, occasion: 0}),
    judgeAnchors: (day, run) =>
      judgeRecords(runtime, judge, {file: folder.anchors, folder: run, occasion: Date.parse(day) / 86_400_000}),
  }
}

async function writerOf(
  runtime: Runtime,
  {writer, 'dry-run': dryRun}: DailyFlags,
  zone: string,
): Promise<Pick<DailyDeps, 'writer' | 'digestOf'>> {
  if (writer === TEAM) return {writer, digestOf: (posts, day) => teamDigest(runtime, posts, {day, zone})}
  const opened = await openDayWriter(runtime, writer)
  return {
    writer: opened.name,
    digestOf: ({channel, byDay}, day) => opened.write({channel, day, zone, byDay, dryRun}),
  }
}

/** The last digest of the day that one of the team's programs stored, as it is. */
async function teamDigest(
  {store}: Runtime,
  {channel}: ChannelPosts,
  {day, zone}: {day: string; zone: string},
): ReturnType<DailyDeps['digestOf']> {
  const query = {from: startOfDay(day, zone), to: new Date(endOfDay(day, zone).getTime() + 1), channels: [channel]}
  const found = await Array.fromAsync(storedDocuments(store, digestKind, query))
  const sound = found.filter(({document, problems}) => problems.length === 0 && document.metadata.origin === 'team')
  const last = sound.at(-1)
  return last ? {digest: last.document} : {gap: message('teamStoredNone')}
}

function inMemory(lines: DailyDeps['board']['lines']): DailyDeps['board'] {
  const all = [...lines]
  return {
    lines: all,
    async append(line) {
      const added = {...line, previous: ''}
      all.push(added)
      return added
    },
  }
}

/** What is read of earlier days comes from the folder, what is written goes elsewhere. */
function withScratch(folder: DailyFolder, scratch: string): DailyDeps['files'] {
  const written = new Set<string>()
  const elsewhere = dailyFolder(scratch)
  return day => {
    const [own, temporary] = [folder.day(day), elsewhere.day(day)]
    const readable = () => (written.has(day) ? temporary : own)
    return {
      ...temporary,
      readPosts: () => readable().readPosts(),
      readRecords: () => readable().readRecords(),
      async write(name, rows) {
        written.add(day)
        await temporary.write(name, rows)
      },
    }
  }
}

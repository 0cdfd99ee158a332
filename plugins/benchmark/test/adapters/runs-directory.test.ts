import {mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {isOwnPage} from '@ep23/report'
import {fakeRuntime, fixedClock} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {listBaselines, writeBaseline} from '#src/adapters/baselines.js'
import {fileRunFolder} from '#src/adapters/file-run-folder.js'
import {isRunArchive} from '#src/adapters/run-archive.js'
import {outputFile} from '#src/adapters/output-file.js'
import {newRunFolder} from '#src/adapters/run-output.js'
import {findRun, listRuns} from '#src/adapters/runs-directory.js'
import {checkedRun} from '#src/adapters/stored-run.js'
import {isBaselineName} from '#src/domain/baseline.js'
import {runClockCheck} from '#src/hooks/contribute.js'
import {plainText} from '@ep23/sdk/testing'
import {renderRunList, toRunList} from '#src/usecases/list-runs.js'

import {runResult} from '../sample/runs.ts'

type Failure = Error & {exit: number; code: string; suggestions: string[]}

async function failureOf(action: Promise<unknown>): Promise<Failure> {
  return action.then(
    () => {
      throw new Error('nothing was thrown')
    },
    (error: unknown) => error as Failure,
  )
}

describe('the directory of runs', () => {
  let datasetDir = ''
  beforeEach(() => (datasetDir = mkdtempSync(join(tmpdir(), 'ep23-runs-'))))
  afterEach(() => rmSync(datasetDir, {recursive: true}))

  function shelve(run_id: string, content: unknown, name = 'run.json'): string {
    const folder = join(datasetDir, 'benchmarks', run_id)
    mkdirSync(folder, {recursive: true})
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
    return folder
  }

  it('opens the latest run', async () => {
    shelve('20241204-new', runResult())
    shelve('20241203-old', runResult())
    expect((await findRun(datasetDir, 'latest')).folder).to.match(/20241204-new$/u)
  })

  it('finds a run in a folder with a name of its own by its id, as it is listed', async () => {
    const folder = shelve('matrix_one', runResult({run_id: '20241204T090000Z-0123456789ab'}))
    shelve('matrix_one', {run_id: '20241204T090000Z-0123456789ab'}, 'plan.json')
    expect((await findRun(datasetDir, '20241204T090000Z-0123')).folder).to.equal(folder)
    expect((await failureOf(findRun(datasetDir, '20241205'))).code).to.equal('USAGE')
  })

  it('clears away the halves of files that killed runs left, a day after, when another run ends', async () => {
    const killed = shelve('20241203T000000Z-00000000000a', 'half', '.samples.jsonl.0123456789ab.tmp')
    shelve('20241203T000000Z-00000000000a', {}, 'plan.json')
    const running = shelve('20241204T000000Z-00000000000b', 'half', '.samples.jsonl.0123456789ab.tmp')
    const before = new Date(Date.now() - 25 * 3_600_000)
    utimesSync(join(killed, '.samples.jsonl.0123456789ab.tmp'), before, before)
    await fileRunFolder(shelve('20241204T000000Z-00000000000c', runResult())).end()
    expect(readdirSync(killed)).to.deep.equal(['plan.json'])
    expect(readdirSync(running)).to.have.length(1)
  })

  it('takes the run that ended last for the latest, whatever its clock said, and runs copied here for older', async () => {
    const ended = async (run_id: string): Promise<void> => {
      const folder = shelve(run_id, runResult({run_id}))
      await fileRunFolder(folder).end()
    }
    await ended('20300101T000000Z-000000000001')
    await ended('20241204T090000Z-000000000002')
    shelve('20261128T090000Z-copied', runResult())
    expect((await findRun(datasetDir, 'latest')).folder).to.match(/20241204T090000Z-000000000002$/u)
    const {finished} = await listRuns(datasetDir)
    expect(finished.map(({folder}) => folder.slice(-12))).to.deep.equal([
      '000000000002',
      '000000000001',
      '0000Z-copied',
    ])

    const {status, detail} = await runClockCheck.run({
      ...fakeRuntime(),
      settings: {...fakeRuntime().settings, datasetDir},
      clock: fixedClock(new Date('2026-12-01')),
    })
    expect(status).to.equal('warning')
    expect(detail).to.equal('1 of a time that has not come yet: 20300101T000000Z-000000000001')
  })

  it('says of a run of another format who can open it', async () => {
    const failure = await failureOf(findRun(shelve('20241204-x', {...runResult(), format_version: 9}), '.'))
    expect(failure.message).to.include('no finished run')
    const known = await failureOf(findRun(datasetDir, 'latest'))
    expect(known).to.include({code: 'BENCHMARK_BAD_RUN', exit: 65})
    expect(known.message).to.match(/run\.json is of format 9, this ep23 reads 2$/u)
    expect(known.suggestions.join()).to.include('the ep23 that wrote it')
  })

  for (const [title, content, problem] of [
    ['half a file', '{"format_version":1', 'it is not JSON'],
    ['null', 'null', 'it has no format_version'],
    ['a list', '[]', 'it has no format_version'],
    ['no judge', {...runResult(), identity: {...runResult().identity, judge: {}}}, 'it has no identity.judge.name'],
    [
      'gates that are no list',
      {...runResult(), assessment: {...runResult().assessment, gates: {}}},
      'gates is no list',
    ],
  ] as const)
    it(`names file and place where run.json holds ${title}`, async () => {
      shelve('20241204-x', content)
      const failure = await failureOf(findRun(datasetDir, 'latest'))
      expect(failure).to.include({code: 'BENCHMARK_BAD_RUN', exit: 65})
      expect(failure.message).to.include('20241204-x/run.json is no run').and.include(problem)
      expect(failure.suggestions).to.include('see which runs are whole: ep23 benchmark:list')
    })

  it('says what the user may have meant when there is no such run', async () => {
    shelve('20241204-x', {}, 'plan.json')
    expect((await failureOf(findRun(datasetDir, '2024'))).suggestions[0]).to.include('benchmark:run --resume')
    expect((await failureOf(findRun(datasetDir, datasetDir))).suggestions[0]).to.include('has no run.json')
    const run = runResult()
    const nothing = async function* () {}
    const found = {run, folder: '', samples: nothing, records: nothing, replies: nothing, answers: nothing}
    await writeBaseline(datasetDir, found, {name: 'main', note: null, blessedAt: new Date(0)})
    expect((await failureOf(findRun(datasetDir, 'main'))).suggestions[0]).to.include('main is a baseline')
  })

  it('lists damaged runs and baselines with what is wrong, beside sound ones', async () => {
    shelve('20241203-sound', runResult())
    shelve('20241204-broken', '{')
    mkdirSync(join(datasetDir, 'baselines'))
    writeFileSync(join(datasetDir, 'baselines/torn.jsonl'), '{"format_version":1,"run":{"format_version":2}}\n')
    writeFileSync(join(datasetDir, 'baselines/empty.jsonl'), '')
    const list = toRunList(await listRuns(datasetDir), await listBaselines(datasetDir), {scenario: undefined, limit: 9})
    expect(list.runs).to.have.length(1)
    expect(list.unfinished[0]?.problem).to.include('it is not JSON')
    expect(list.damaged_baselines.map(({name}) => name)).to.deep.equal(['empty', 'torn'])
    const text = plainText(renderRunList(list)).join('\n')
    expect(text).to.include('DAMAGED baseline torn: ').and.include('it has no run_id')
  })

  it('tells a directory without runs from a scenario without any', () => {
    const nothing = toRunList({finished: [], unfinished: []}, {heads: [], damaged: []}, {scenario: 'x', limit: 9})
    expect(renderRunList(nothing)).to.deep.equal(['no runs yet: ep23 benchmark:run --scenario channel_digest_ru'])
    expect(renderRunList(nothing, {scenario: 'x'})[0]).to.include('no runs of the scenario x')
  })

  it('finds nothing wrong with a whole run', () => {
    expect(checkedRun(runResult(), 'run.json')).to.deep.equal(runResult())
    const changed = {...runResult(), files: 'none'} as never
    expect(() => checkedRun(changed, 'run.json')).to.throw('its files is no list')
  })

  it('keeps the word for the last run from becoming a baseline', () => {
    expect(['main', 'v1.2', 'latest', 'Main', '../x', 'a.'].map(isBaselineName)).to.deep.equal([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })

  it('gives a new run no folder of a finished one, and none with other files', async () => {
    const finished = shelve('20241203-a', runResult())
    const foreign = shelve('notes', 'mine', 'notes.md')
    for (const folder of [finished, foreign])
      expect(await failureOf(newRunFolder(folder))).to.include({code: 'BENCHMARK_FOLDER_IN_USE', exit: 77})
    const stopped = shelve('20241203-b', {}, 'plan.json')
    shelve('20241203-b', 'mine', 'notes.md')
    const prepared = shelve('20241203-c', '4', 'concurrency')
    for (const folder of [stopped, prepared, join(datasetDir, 'new')])
      expect(await newRunFolder(folder)).to.equal(folder)
  })

  it('refuses a file of others as output, and takes its own', async () => {
    const path = join(datasetDir, 'ep23.config.yaml')
    writeFileSync(path, 'dataset:\n')
    for (const isOurs of [isOwnPage, isRunArchive]) {
      expect(await failureOf(outputFile(path, '--output', isOurs))).to.include({code: 'OUTPUT_EXISTS', exit: 77})
      writeFileSync(join(datasetDir, 'garbage'), Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]))
      expect(await failureOf(outputFile(join(datasetDir, 'garbage'), '--output', isOurs))).to.include({exit: 77})
    }
  })

  it('refuses a folder as output before any work is done', async () => {
    const failure = await failureOf(outputFile(datasetDir, '--output', () => true))
    expect(failure).to.include({code: 'USAGE', exit: 64})
    expect(failure.message).to.include('is a folder, --output needs a file')
    expect(await outputFile(join(datasetDir, 'new.html'), '--output', () => true)).to.equal(
      join(datasetDir, 'new.html'),
    )
  })
})

import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import {create, extract} from 'tar'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'

const CHANNELS = ['@habr', '@proglib', '@moscowach', '@moskva_live', '@naked_science']
const POSTS = [
  'В Москве открыли новый мост через реку. Его строили 20 месяцев.',
  'Учёные Института физики нашли редкий минерал в пробах с Камчатки.',
  'Вышла версия 3.14 языка Python: она на 12 % быстрее прежней.',
  'Синоптики обещают на неделе до 15 градусов мороза и снег.',
]

/** Forty days of digests; a worse writer leaves the last point out of every digest. */
function datasetLines(isWorse: boolean): string {
  const records = CHANNELS.flatMap((channel, c) =>
    Array.from({length: 8}, (_, day) => {
      const date = `2024-11-${String(day + 4).padStart(2, '0')}`
      const posts = POSTS.map(post => post.replace(/\d+/u, number => String(Number(number) + c + day)))
      const points = isWorse ? posts.slice(0, 2) : posts.slice(0, 3 + (day % 2))
      return {
        channel,
        ground_truth: {},
        language: 'ru',
        latency_seconds: 2 + day,
        metadata: {feature_flags: {}, llm_model: 'hand', origin: 'telegram', posts_count: 4, time_range_hours: 24},
        sample_id: `${channel}:${date}`,
        source_text: posts.join('\n\n'),
        summary_markdown: points.map(point => `- ${point}`).join('\n'),
        timestamp: `${date}T20:59:59.999Z`,
      }
    }),
  )
  return records.map(record => `${JSON.stringify(record)}\n`).join('')
}

const WRITING = ['--answer-writer', 'extractive', '--answer-repeats', '2']

describe('the commands on stored benchmark runs', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let [first, second] = ['', '']
  before(() => {
    folder = temporaryFolder()
    writeFileSync(join(folder.path, 'good.jsonl'), datasetLines(false))
    writeFileSync(join(folder.path, 'worse.jsonl'), datasetLines(true))
  })
  after(() => folder.remove())

  const ep23 = (...args: string[]): Promise<Ended> => runEp23(args, {cwd: folder.path})
  async function dataOf(args: string[], exit = 0): Promise<Record<string, any>> {
    const {code, stdout, stderr} = await ep23(...args, '--json')
    expect(code, stderr + stdout).to.equal(exit)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    return JSON.parse(stdout).data
  }
  const inFolder = (...names: string[]): string => join(folder.path, ...names)

  async function judge(file: string, ...flags: string[]): Promise<string> {
    const run = ['benchmark:run', '-s', 'channel_digest_ru', '-d', file, '-q', '--json']
    const {code, stdout, stderr} = await ep23(...run, ...flags)
    // Whether these few digests pass their gates is not what is looked at here.
    expect(code, stderr + stdout).to.be.oneOf([0, 2, 4])
    return JSON.parse(stdout).data.run_id
  }

  it('list nothing before the first run, and say what to do', async () => {
    const {code, stdout} = await ep23('benchmark:list')
    expect(code).to.equal(0)
    expect(stdout).to.include('ep23 benchmark:run')
    const {code: none, stderr} = await ep23('benchmark:show', 'latest')
    expect(none).to.equal(64)
    expect(stderr).to.include('no finished run latest')
  })

  it('list runs, the newest first, and baselines', async () => {
    first = await judge('good.jsonl')
    second = await judge('worse.jsonl')
    const blessed = await dataOf(['benchmark:bless', first, '--as', 'main', '--note', 'first'])
    expect(blessed).to.include({name: 'main', run_id: first, samples: 40, replaced: null})
    const {runs, baselines} = await dataOf(['benchmark:list'])
    expect(runs.map(({run_id}: {run_id: string}) => run_id)).to.deep.equal([second, first])
    expect(baselines[0]).to.include({name: 'main', run_id: first, note: 'first'})
    expect((await dataOf(['benchmark:list', '--scenario', 'review_summary_ru'])).runs).to.deep.equal([])
  })

  it('replace a baseline only when told, and refuse names that are no file names', async () => {
    expect((await ep23('benchmark:bless', second, '--as', 'main')).code).to.equal(64)
    expect((await ep23('benchmark:bless', second, '--as', '../main')).code).to.equal(64)
    const replaced = await dataOf(['benchmark:bless', first, '--as', 'main', '--replace'])
    expect(replaced).to.include({replaced: first})
  })

  it('show a run and one of its samples', async () => {
    const {sample} = await dataOf(['benchmark:show', second, '--sample', '@habr:2024-11-04'])
    expect(sample.record.summary_markdown).to.include('новый мост')
    expect(sample.judgements).to.have.length(1)
    const {stdout} = await ep23('benchmark:show', 'latest')
    expect(stdout)
      .to.include(second)
      .and.match(/coverage +0\.\d{3} +0\.\d{3} … /u)
    expect((await ep23('benchmark:show', 'latest', '--sample', 'none')).code).to.equal(64)
  })

  it('say that a run and its own baseline are the same run, and no more', async () => {
    const {verdict, remarks} = await dataOf(['benchmark:compare', 'main', first])
    expect([verdict, remarks[0]]).to.deep.equal(['no_difference', {code: 'same_run', run_id: first}])
    expect((await ep23('benchmark:compare', 'main', first)).stdout).to.match(/^Nothing was compared/u)
  })

  it('compare a run with the baseline it was run with, and say when there is none', async () => {
    const third = await judge('good.jsonl', '--baseline', 'main')
    const {before, after, verdict} = await dataOf(['benchmark:compare', third])
    expect([before.name, after.name, verdict]).to.deep.equal(['main', third, 'no_difference'])
    expect((await ep23('benchmark:compare', second)).code).to.equal(64)
    rmSync(inFolder('datasets/benchmarks', third), {recursive: true})
  })

  it('refuse other data, and find worse summaries of the same sources with exit 2', async () => {
    const refused = await ep23('benchmark:compare', 'main', 'latest', '--json')
    expect(refused.code).to.equal(65)
    expect(JSON.parse(refused.stdout).error).to.include({code: 'BENCHMARK_NOT_COMPARABLE'})
    expect(JSON.parse(refused.stdout).error.message).to.include('dataset.merkle_root')
    const {verdict, by_origin} = await dataOf(['benchmark:compare', 'main', 'latest', '--pair', 'source'], 2)
    expect(verdict).to.equal('worse')
    expect(by_origin.telegram.aligned).to.equal(40)
  })

  it('refuse a baseline that was changed by hand', async () => {
    const path = inFolder('datasets/baselines/main.jsonl')
    const sound = readFileSync(path, 'utf8')
    writeFileSync(path, sound.replace(/"value":0/u, '"value":1'))
    const {code, stderr} = await ep23('benchmark:compare', 'main', 'latest', '--pair', 'source')
    expect(code).to.equal(65)
    expect(stderr).to.include('not those it was blessed with')
    writeFileSync(path, sound)
  })

  it('write a report that holds the comparison', async () => {
    const report = await dataOf(['benchmark:report', 'latest', '--compare', 'main', '--pair', 'source'])
    expect(report).to.include({run_id: second, compared_with: 'main', change: 'worse'})
    expect(readFileSync(report.path, 'utf8'))
      .to.include('"comparison":{"result"')
      .and.include(`id="run/${second}/sample/39"`)
  })

  it('publish a run once, and say with --check when the page is behind', async () => {
    const page = 'docs/reference/en/PERFORMANCE_BENCHMARKS.md'
    expect(await dataOf(['benchmark:publish', first, '--check'], 2)).to.include({changed: true, written: false})
    expect(existsSync(inFolder(page))).to.equal(false)
    expect(await dataOf(['benchmark:publish', first])).to.include({written: true, rows: 1})
    expect(await dataOf(['benchmark:publish', first, '--check'])).to.include({changed: false})
    expect(await dataOf(['benchmark:publish', second, '--check'], 2)).to.include({changed: true})
  })

  it('archive a run as the same bytes every time, and compute everything in it again', async () => {
    const one = await dataOf(['benchmark:archive', first, '--output', 'one.tar.gz'])
    const two = await dataOf(['benchmark:archive', first, '--output', 'two.tar.gz'])
    expect(two.sha256).to.equal(one.sha256)
    const verified = await dataOf(['benchmark:verify', 'one.tar.gz'])
    expect(verified).to.include({verified: true, judgements: 40, recomputed: 40, first_difference: null})
  })

  it('replace no file of others by a report or an archive, and their own when asked again', async () => {
    writeFileSync(inFolder('mine.yaml'), 'dataset: {}\n')
    for (const command of ['benchmark:archive', 'benchmark:report']) {
      const {code, stderr} = await ep23(command, first, '--output', 'mine.yaml')
      expect(code, stderr).to.equal(77)
      expect(stderr).to.include('OUTPUT_EXISTS')
      for (let time = 0; time < 2; time += 1) await dataOf([command, first, '--output', `${command.slice(10)}.own`])
    }
    expect(readFileSync(inFolder('mine.yaml'), 'utf8')).to.equal('dataset: {}\n')
  })

  it('name the first line that differs, even when every hash was made anew, and exit 2', async () => {
    mkdirSync(inFolder('forged'))
    await extract({file: inFolder('one.tar.gz'), cwd: inFolder('forged')})
    const edit = (name: string, change: (text: string) => string): void =>
      writeFileSync(inFolder('forged', name), change(readFileSync(inFolder('forged', name), 'utf8')))
    const factsOf = (name: string) => {
      const content = readFileSync(inFolder('forged', name))
      return {name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex')}
    }
    edit('samples.jsonl', text => text.replace(/"coverage":\{"value":0\.\d+\}/u, '"coverage":{"value":0.999}'))
    edit('run.json', text => {
      const run = JSON.parse(text) as {files: {name: string}[]}
      return JSON.stringify({...run, files: run.files.map(({name}) => factsOf(name))}, undefined, 2)
    })
    edit('archive.json', text => {
      const manifest = JSON.parse(text) as {files: {name: string}[]}
      return JSON.stringify({...manifest, files: manifest.files.map(({name}) => factsOf(name))})
    })
    await create(
      {cwd: inFolder('forged'), gzip: true, file: inFolder('forged.tar.gz')},
      readdirSync(inFolder('forged')),
    )
    const {first_difference: difference, checks} = await dataOf(['benchmark:verify', 'forged.tar.gz'], 2)
    expect(difference).to.match(
      /^scores: line 1 \(@\w+:2024-11-04\), scores\.coverage\.value: stored 0\.999, computed 0\.\d+$/u,
    )
    const failed = checks.filter(({ok}: {ok: boolean}) => !ok).map(({check}: {check: string}) => check)
    expect(failed).to.include.members(['scores', 'assessment']).and.not.include('archive')
  })

  it('refuse an archive that is damaged, and one that lost a file', async () => {
    writeFileSync(inFolder('cut.tar.gz'), readFileSync(inFolder('one.tar.gz')).subarray(0, 2000))
    expect((await ep23('benchmark:verify', 'cut.tar.gz')).code).to.equal(65)
    expect((await ep23('benchmark:verify', 'none.tar.gz')).code).to.equal(64)
    mkdirSync(inFolder('poor'))
    await extract({file: inFolder('one.tar.gz'), cwd: inFolder('poor')})
    const names = readdirSync(inFolder('poor')).filter(name => name !== 'samples.jsonl')
    await create({cwd: inFolder('poor'), gzip: true, file: inFolder('poor.tar.gz')}, names)
    const {first_difference: difference} = await dataOf(['benchmark:verify', 'poor.tar.gz'], 2)
    expect(difference).to.equal('archive: samples.jsonl is missing')
  })

  it('calibrate on a table of labels', async () => {
    const rows = Array.from(
      {length: 24},
      (_, i) => `"${POSTS.join(' ')}",${POSTS.slice(0, 1 + (i % 4)).join(' ')},${1 + (i % 4)}`,
    )
    writeFileSync(
      inFolder('labels.csv'),
      `source,summary,human_score\n${rows.join('\n').replaceAll(/: она|,(?= она)/gu, '')}\n`,
    )
    const {labels, raters, saved} = await dataOf([
      'benchmark:calibrate',
      '--labels',
      'labels.csv',
      '--resamples',
      '100',
      '--save',
    ])
    expect(labels).to.include({rows: 24, groups: 1})
    expect(raters[0].spearman.estimate).to.be.greaterThan(0.9)
    expect(saved).to.deep.equal([
      inFolder('datasets/calibrations', readdirSync(inFolder('datasets/calibrations'))[0] ?? ''),
    ])
  })

  it('pilot: dry run, live run, refused comparison, evidence and lines to sign', async () => {
    const pilot = await dataOf([
      'benchmark:pilot',
      '-s',
      'channel_digest_ru',
      '-d',
      'good.jsonl',
      '-q',
      '--allow-undecided',
      ...WRITING,
    ])
    expect(pilot.dry_run.assessment.verdict).to.equal('unmeasured')
    expect(pilot.comparison.refused).to.include('judge.name: recorded -> lexical')
    const log = readFileSync(inFolder('datasets/stage_05_03_pilot_log.md'), 'utf8')
    expect(log).to.include('## Sign-off').and.include('- [ ] Tech lead: ____').and.include('There is none')
    expect(log).to.include('2 answers per source, written by extractive-2').and.include('No score varies')
    expect(pilot.dry_run.identity.answers).to.deep.equal({repeats: 1, model: null})
    for (const {path, sha256} of pilot.evidence as {path: string; sha256: string}[]) {
      expect(log).to.include(path).and.include(sha256)
      const content = readFileSync(inFolder('datasets', path))
      expect(createHash('sha256').update(content).digest('hex')).to.equal(sha256)
    }
    const archive = (pilot.evidence as {what: string; path: string}[]).find(({what}) => what === 'dry run, archive')
    expect(await dataOf(['benchmark:verify', inFolder('datasets', archive?.path ?? '')])).to.include({verified: true})
  })

  it('pilot against a baseline when one is named, and never over a log that may be signed', async () => {
    const again = [
      'benchmark:pilot',
      '-s',
      'channel_digest_ru',
      '-d',
      'good.jsonl',
      '-q',
      '--allow-undecided',
      '--against',
      'main',
    ]
    expect((await ep23(...again)).code).to.equal(64)
    const {comparison, against} = await dataOf([...again, '--log', 'second.md'])
    expect(against).to.equal('main')
    expect(comparison.verdict).to.equal('no_difference')
  })
})

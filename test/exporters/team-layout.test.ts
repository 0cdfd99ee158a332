import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {fillSqlite, teamDatabase} from '../helpers/team-database.ts'
import {readAsTeam} from './team-reader.ts'

/** What ends a line to Python and none to JSON, and what else a channel's author may write. */
const HOSTILE = 'а\u2028б\u2029в\u0085г\u001Cд\vе\fж\rз "кавычки" \\ 👨\u200D👩\u200D👧'

describe('exports for the team’s own tools', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  const ep23 = (...args: string[]): Promise<Ended> =>
    runEp23([...args, '--store', 'team.sqlite'], {cwd: folder.path, env: {EP23_DATASET_DIR: join(folder.path, 'data')}})
  const file = (...path: string[]): string => readFileSync(join(folder.path, ...path), 'utf8')

  before(async () => {
    folder = temporaryFolder()
    const team = teamDatabase({days: 4})
    const hostile = {
      ...team.digests[0],
      digest_id: '@habr_com-20241130-9',
      channel: '@habr_com',
      summary_markdown: HOSTILE,
    }
    team.digests.push({...hostile, posts: [{title: HOSTILE, summary: null, text: HOSTILE}, {text: 'второй пост'}]})
    await fillSqlite(join(folder.path, 'team.sqlite'), team)
  })
  after(() => folder.remove())

  for (const layout of ['ep23', 'team'])
    it(`are read line by line by the team’s reader, in the layout ${layout}`, async () => {
      for (const [exporter, count] of [
        ['digests', 21],
        ['review_reports', 20],
      ] as const) {
        const path = `${layout}/${exporter}.jsonl`
        const {code, stderr} = await ep23('exporters:run', exporter, '--layout', layout, '--window', 'all', '-o', path)
        expect(code, stderr).to.equal(0)
        const samples = readAsTeam(file(path))
        expect(samples).to.have.length(count)
        const hostile = samples.find(({sample_id}) => sample_id === '@habr_com-20241130-9')
        if (exporter === 'digests') expect(hostile?.summary).to.equal(HOSTILE)
      }
    })

  it('are where the team’s tools look for them, in the words of the team’s exporter', async () => {
    for (const exporter of ['digests', 'review_reports']) {
      const {code, stderr} = await ep23('exporters:run', exporter, '--layout', 'team', '--window', 'all')
      expect(code, stderr).to.equal(0)
    }
    const digests = file('data', 'benchmark_digest_ru_v1', 'latest.jsonl').trimEnd().split('\n')
    const hostile = digests.map(line => JSON.parse(line)).find(({sample_id}) => sample_id === '@habr_com-20241130-9')
    expect(hostile.source_text).to.equal(`${HOSTILE} ${HOSTILE}\nвторой пост`)
    expect(hostile.timestamp).to.match(/\.\d{3}\+00:00$/u)
    const reviews = file('data', 'benchmark_review_ru_v1', 'latest.jsonl').trimEnd().split('\n')
    const [review] = reviews
      .map(line => JSON.parse(line) as Record<string, any>)
      .filter(({metadata}) => metadata.student_id)
    expect(review?.['source_text']).to.equal(
      '[architecture] Заголовок и пункты на месте.\nRecommendation: Добавить ссылку.\nFinding: Нет ссылки У второго пункта.',
    )
    expect(review?.['metadata']).to.include({
      assignment_id: review?.['channel'],
      student_id: 'student-0',
      passes_count: 1,
    })
  })

  it('come back through dataset:import, and are judged from the file', async () => {
    const path = join('data', 'benchmark_digest_ru_v1', 'latest.jsonl')
    const importing = ['dataset:import', 'digests', path, '--json', '--store', 'back.sqlite']
    const back = await runEp23(importing, {cwd: folder.path})
    expect(JSON.parse(back.stdout).data).to.include({read: 21, inserted: 21, rejected: 0})
    const judged = await ep23('benchmark:run', '-s', 'channel_digest_ru', '--dataset', path, '--json')
    expect(JSON.parse(judged.stdout).data.dataset.by_origin).to.deep.equal({telegram: 0, synthetic: 0, team: 21})
  })

  it('are of the two built-in kinds alone', async () => {
    expect((await ep23('exporters:run', 'digests', '--layout', 'python')).code).to.equal(64)
  })
})

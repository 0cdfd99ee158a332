import {writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {fillSqlite, teamDatabase} from '../helpers/team-database.ts'
import {withStore} from '../helpers/with-store.ts'
import {openStore} from '#src/store/open-store.js'

const ESC = '\u001B[31m'
const DAY = '2024-12-03'

describe('looking at stored digests', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(async () => {
    folder = temporaryFolder()
    const team = teamDatabase({days: 4, channels: ['@habr_com']})
    const last = team.digests.at(-1) as Record<string, any>
    last['raw_posts'] = ['Первый пост о мосте.', `Второй ${ESC}пост о 140 электробусах.`, 'Третий пост.']
    last['posts_text'] = undefined
    await fillSqlite(join(folder.path, 'a.sqlite'), team)
    const seeded = await ep23('dataset:seed', '--channels', '@proglib', '--until', DAY, '--days', '3', '--minimum', '3')
    expect(seeded.code, seeded.stderr).to.equal(0)
  })
  after(() => folder.remove())

  const ep23 = (...args: string[]): Promise<Ended> =>
    runEp23([...args, '--store', 'a.sqlite'], {cwd: folder.path, env: {EP23_DATASET_TIME_ZONE: 'UTC'}})
  async function dataOf(...args: string[]): Promise<Record<string, any>> {
    const {code, stdout, stderr} = await ep23(...args, '--json')
    expect(code, stderr + stdout).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    return JSON.parse(stdout).data
  }

  it('shows a digest, its posts and its review, without a control character', async () => {
    const digest = await ep23('dataset:show', '@habr_com', DAY)
    expect(digest.code, digest.stderr).to.equal(0)
    expect(digest.stdout).to.include('team, written by').and.include('выпуск 4')
    const posts = await ep23('dataset:show', 'https://t.me/habr_com', DAY, '--posts')
    expect(posts.stdout).to.include('Второй ·[31mпост').and.not.include('\u001B')
    const review = await ep23('dataset:show', '@habr_com', DAY, '--review')
    expect(review.stdout).to.include('Дайджест полон и точен.').and.include('→ Добавить ссылку.')
    const {digests, review_reports} = await dataOf('dataset:show', '@habr_com', DAY)
    expect(digests).to.have.length(1)
    expect(review_reports[0].student_id).to.equal('student-3')
  })

  it('names the nearest days when there is no digest', async () => {
    const {code, stderr} = await ep23('dataset:show', '@habr_com', '2024-12-09')
    expect(code).to.equal(65)
    expect(stderr.replaceAll(/\s+/gu, ' ')).to.include('2024-12-01, 2024-12-02, 2024-12-03')
    for (const args of [
      ['@habr_com', '2024-02-30'],
      ['@habr_com', 'today'],
    ])
      expect((await ep23('dataset:show', ...args)).code).to.equal(64)
  })

  it('lists digests by channel, origin and writer', async () => {
    const all = await dataOf('dataset:list')
    expect(all.by_origin).to.deep.equal({telegram: 0, synthetic: 3, team: 4})
    expect((await dataOf('dataset:list', '--origin', 'team')).digests).to.have.length(4)
    expect((await dataOf('dataset:list', '--writer', 'synthetic', '--channel', 'habr_com')).digests).to.deep.equal([])
    expect(await dataOf('dataset:list', '--limit', '2')).to.include({more: 5})
    expect((await ep23('dataset:list')).stdout).to.include('7 digests: 0 telegram, 3 synthetic, 4 of the team’s')
  })

  it('compares with a file word by word, and by what is stated', async () => {
    const {digests} = await dataOf('dataset:show', '@proglib', DAY)
    const [digest] = digests as Record<string, any>[]
    const other = {...digest, summary_markdown: `${digest?.['summary_markdown']}\n- В Казани открыли 12 станций.\n`}
    writeFileSync(join(folder.path, 'other.jsonl'), JSON.stringify(other))
    writeFileSync(join(folder.path, 'other.md'), other.summary_markdown)
    for (const file of ['other.jsonl', 'other.md']) {
      const {words, facts} = await dataOf('dataset:diff', '@proglib', DAY, '--with', file)
      expect(words).to.include({added: 0, removed: 5})
      expect(facts).to.deep.equal({gained: [], lost: ['Казани', '12 станций']})
    }
    expect((await ep23('dataset:diff', '@proglib', DAY, '--with', 'other.md')).stdout).to.match(
      /\[-[^\]]*В Казани открыли 12 станций/u,
    )
  })

  it('compares with what a run replaced', async () => {
    const none = await ep23('dataset:diff', '@proglib', DAY, '--with', 'history')
    expect(none.code).to.equal(65)
    await withStore(openStore(join(folder.path, 'a.sqlite')), async store => {
      const [document] = await Array.fromAsync(
        store.collection<Record<string, unknown>>('digests').find({digest_id: `@proglib:${DAY}`}),
      )
      const entry = {
        entry_id: 'e1',
        collection: 'digests',
        document_id: `@proglib:${DAY}`,
        recorded_at: new Date('2024-12-05T00:00:00Z'),
        run_id: 'run-1',
        document: {...document, summary_markdown: '- Была 1 новость.'},
      }
      await store.collection<typeof entry>('ep23_history').upsertMany([entry], 'entry_id')
    })
    const {before, words} = await dataOf('dataset:diff', '@proglib', DAY)
    expect(before).to.include('run-1')
    expect(words.added).to.be.greaterThan(10)
  })

  it('compares writers of one day', async () => {
    const {code, stderr} = await ep23('dataset:diff', '@proglib', DAY, '--with', 'team')
    expect(code).to.equal(65)
    expect(stderr).to.include('synthetic')
  })
})

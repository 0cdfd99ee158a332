import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {storedDataset} from '../helpers/stored-dataset.ts'

const NEWS = [
  'Городской архив показал карты старого порта',
  'Обсерватория измерила яркость кометы',
  'Театр открыл сезон новой сценой',
]

/** Three sentences of a day, so that it is no gap. */
const textOf = (day: number, channel = ''): string =>
  `${NEWS[day % 3]} ${channel} номер ${day}. Над этим работали сорок человек в течение трёх лет. Итог увидят все, кто придёт до ${day} марта.`

const desktop = (id: number, day: number, more: object = {}): object => ({
  ...{
    id,
    type: 'message',
    date: `2024-11-0${day}T12:00:00`,
    date_unixtime: String(Date.parse(`2024-11-0${day}T09:00:00Z`) / 1000),
  },
  text: textOf(day),
  ...more,
})
const exported = (messages: object[], id = 1234567890): string =>
  JSON.stringify({name: 'Архив', type: 'public_channel', id, messages}, undefined, 1)

interface Output {
  data: {channels: Array<{posts_read: number; records: Record<string, number>}>; shared_posts: unknown[]}
  warnings: string[]
  error?: {code: string; message: string}
}

describe('dataset:seed and what a post is', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())

  const write = (name: string, text: string): string => {
    writeFileSync(join(folder.path, name), text)
    return name
  }
  const seed = async (from: string[], ...more: string[]): Promise<Ended & {output: Output}> => {
    const args = from.flatMap(each => ['--from', each])
    const window = ['--days', '3', '--minimum', '1', '--until', '2024-11-03', '--store', 'posts.sqlite', '--replace']
    const ended = await runEp23(['dataset:seed', '--json', ...window, ...args, ...more], {cwd: folder.path})
    return {...ended, output: JSON.parse(ended.stdout) as Output}
  }

  it('keeps the latest version of an edited post, and tells how many it replaced', async () => {
    const old = write('old.json', exported([desktop(1, 1), desktop(2, 2), desktop(3, 3)]))
    const edit = {
      text: `${textOf(1)} Уточнено редакцией.`,
      edited: '2024-11-05T12:00:00',
      edited_unixtime: '1730797200',
    }
    const late = write('late.json', exported([desktop(1, 1, edit), desktop(2, 2)]))
    for (const order of [
      [old, late],
      [late, old],
    ]) {
      const {code, output, stderr} = await seed(order.map(file => `@old_port=${file}`))
      expect(code, stderr).to.equal(0)
      expect(output.data.channels[0]).to.deep.include({posts_read: 3})
      expect(output.data.channels[0]?.records).to.include({posts: 5, replaced: 1, repeated: 1})
      const {digests} = await storedDataset(join(folder.path, 'posts.sqlite'))
      const [first] = digests as Array<{posts: Array<{text: string}>}>
      expect(first?.posts.map(({text}) => text)).to.deep.equal([edit.text])
    }
  })

  it('loses one message to one broken message, quarantines it with its place, and exits 65 without --skip-invalid', async () => {
    const broken = exported([desktop(1, 1), desktop(9, 1), desktop(2, 2), desktop(3, 3)]).replace(
      '"id": 9',
      '"id": 9 (2).webm',
    )
    const file = write('broken.json', broken)
    expect((await seed([`@old_port=${file}`])).output.error?.code).to.equal('SOURCE_INVALID')
    const {output} = await seed([`@old_port=${file}`], '--skip-invalid')
    expect(output.data.channels[0]?.records).to.include({posts: 3, invalid: 1})
    const path = output.warnings.join('\n').match(/\S+\.jsonl/u)?.[0] ?? ''
    const [invalid] = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>)
    expect(invalid).to.include({record: 2, line: 14})
  })

  it('is an error, and no synthetic month, when nothing can be read of a source', async () => {
    const file = write('none.json', `{"name": "x", "type": "public_channel", "id": 1, "messages": [{"id": 1 (2)}]}`)
    const {code, output} = await seed([`@old_port=${file}`], '--skip-invalid')
    expect([code, output.error?.code]).to.deep.equal([65, 'DATASET_NO_POSTS'])
    expect(output.error?.message).to.include('invalid JSON at byte')
  })

  it('refuses one file for five channels, naming them', async () => {
    const lines = [1, 2, 3].map(day => JSON.stringify({id: day, date: `2024-11-0${day}T09:00:00Z`, text: textOf(day)}))
    const file = write('plain.jsonl', lines.join('\n'))
    const names = ['@one_a', '@two_b', '@three_c', '@four_d', '@five_e']
    const {code, output} = await seed(names.map(name => `${name}=${file}`))
    expect([code, output.error?.code]).to.deep.equal([65, 'DATASET_SAME_CHANNEL'])
    for (const name of names) expect(output.error?.message).to.include(name)
  })

  it('drops no source that --channels leaves out, and names a channel that has none', async () => {
    const file = write('own.json', exported([desktop(1, 1), desktop(2, 2), desktop(3, 3)], 77))
    const left = await seed([`@old_port=${file}`], '--channels', '@factory_news')
    expect(left.code).to.equal(64)
    expect(left.output.error?.message).to.include('@old_port')
    const {output} = await seed([`@old_port=${file}`], '--channels', '@old_port,@factory_news')
    expect(output.warnings).to.deep.include('no source for @factory_news: every day of it is a gap')
  })

  it('names the posts that two channels share', async () => {
    const a = write('a.json', exported([desktop(1, 1), desktop(2, 2), desktop(3, 3)]))
    const others = [1, 2, 3].map(day => desktop(day + 50, day, day === 2 ? {} : {text: textOf(day, 'завода')}))
    const b = write('b.json', exported(others, 999999))
    const {output} = await seed([`@old_port=${a}`, `@factory_news=${b}`])
    expect(output.data.shared_posts).to.deep.equal([{channels: ['@factory_news', '@old_port'], posts: 1, share: 1 / 3}])
    expect(output.warnings.join('\n')).to.include('@factory_news and @old_port share 1 post')
    const window = ['--days', '3', '--until', '2024-11-03', '--store', 'posts.sqlite', '--minimum', '1']
    const audit = await runEp23(['dataset:audit', '--json', ...window], {cwd: folder.path})
    const {findings} = JSON.parse(audit.stdout).data as {findings: Array<{rule: string; detail: string}>}
    expect(findings.find(({rule}) => rule === 'shared_posts')?.detail).to.include('@factory_news and @old_port share 1')
  })

  it('reads dates without an offset as UTC from collectors, as said by --source-time-zone, and tells the assumption', async () => {
    const records = [1, 2].map(day => ({message_id: day, date: `2024-11-0${day} 22:30:00`, text: textOf(day)}))
    const file = write('naive.json', JSON.stringify(records))
    const days = async (channel: string, ...more: string[]): Promise<string[]> => {
      const {output} = await seed([`${channel}=${file}`], ...more)
      expect(output.warnings.join('\n')).to.match(/2 dates have no UTC offset and were read as \S+ time/u)
      const {digests} = await storedDataset(join(folder.path, 'posts.sqlite'))
      const own = digests as Array<{channel: string; digest_id: string; metadata: {origin: string}}>
      const real = own.filter(each => each.channel === channel)
      return real.filter(({metadata}) => metadata.origin === 'telegram').map(({digest_id}) => digest_id.slice(-2))
    }
    expect(await days('@clock_one')).to.deep.equal(['02', '03'])
    expect(await days('@clock_two', '--source-time-zone', 'Europe/Moscow')).to.deep.equal(['01', '02'])
  })

  it('lists the formats it reads, and what it does not', async () => {
    const {code, stdout} = await runEp23(['dataset:formats'], {cwd: folder.path})
    expect(code).to.equal(0)
    for (const name of ['telegram-desktop-html', 'tdlib', 'snscrape', 'SQLite']) expect(stdout).to.include(name)
    const {data} = JSON.parse((await runEp23(['dataset:formats', '--json'], {cwd: folder.path})).stdout)
    expect(data.formats).to.have.lengthOf.above(10)
  })
})

import {appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {channelFile, FIVE, fromFlags} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {storedDataset} from '../helpers/stored-dataset.ts'

const FROM = fromFlags(FIVE)

interface World {
  path: string
  remove: () => void
}

const board = ({path}: World): string => readFileSync(join(path, 'datasets/daily/daily.jsonl'), 'utf8')
const lines = (world: World): Record<string, any>[] =>
  board(world)
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))

const daily = ({path}: World, ...args: string[]) => runEp23(['daily', '-q', ...FROM, ...args], {cwd: path})

interface RawPost {
  message_id: number
  text: string
}

/** The five channels' files in the test's own folder, changed; the flags that name them. */
function changedFiles({path}: World, change: (posts: RawPost[]) => RawPost[]): string[] {
  mkdirSync(join(path, 'sources'), {recursive: true})
  return FIVE.flatMap(channel => {
    const file = join(path, 'sources', `${channel}.json`)
    const posts = JSON.parse(readFileSync(channelFile(channel), 'utf8')) as RawPost[]
    writeFileSync(file, JSON.stringify(channel === 'habr' ? change(posts) : posts))
    return ['--from', `@${channel}=${file}`]
  })
}

/** Names and contents of all files, as one text. */
function everything(folder: string): string {
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter(name => statSync(join(folder, name)).isFile())
    .toSorted()
    .map(name => `${name}\n${readFileSync(join(folder, name), 'utf8')}`)
    .join('\n')
}

describe('ep23 daily on real channels', function () {
  this.timeout(120_000)
  let world: World
  beforeEach(() => (world = temporaryFolder()))
  afterEach(() => world.remove())

  it('adds a day once: the second call writes nothing and says the same', async () => {
    const first = await daily(world, '--day', '2024-11-04', '--json')
    const before = board(world)
    const second = await daily(world, '--day', '2024-11-04', '--json')
    expect([first.code, second.code], first.stderr + second.stderr).to.deep.equal([0, 0])
    expect(board(world)).to.equal(before)
    const [one, two] = [first, second].map(({stdout}) => JSON.parse(stdout).data)
    expect(one.added).to.deep.equal(['2024-11-04'])
    expect(two).to.deep.equal({...one, added: []})
    expect(one.line.channels['@habr'].scores).to.have.all.keys('coverage', 'accuracy', 'coherence', 'informativeness')
  })

  it('makes up missed days in order, as if each had been judged in time', async () => {
    const timely = temporaryFolder()
    try {
      for (const day of ['04', '05', '06', '07']) await daily(timely, '--day', `2024-11-${day}`)
      await daily(world, '--day', '2024-11-04')
      const {code, stdout} = await daily(world, '--day', '2024-11-07', '--json')
      expect(code).to.equal(0)
      expect(JSON.parse(stdout).data.added).to.deep.equal(['2024-11-05', '2024-11-06', '2024-11-07'])
      expect(board(world)).to.equal(board(timely))
      expect(await storedDataset(join(world.path, '.ep23/store.sqlite'))).to.deep.equal(
        await storedDataset(join(timely.path, '.ep23/store.sqlite')),
      )
    } finally {
      timely.remove()
    }
  })

  it('lets one of two at once work; the other exits 75', async () => {
    const both = await Promise.all([daily(world, '--day', '2024-11-04'), daily(world, '--day', '2024-11-04')])
    expect(both.map(({code}) => code)).to.have.members([0, 75])
    expect(both.map(({stderr}) => stderr).join('')).to.include('another ep23 daily is at work')
    expect(lines(world)).to.have.length(1)
  })

  it('touches nothing with --dry-run', async () => {
    await daily(world, '--day', '2024-11-04')
    const before = everything(join(world.path, 'datasets'))
    const stored = await storedDataset(join(world.path, '.ep23/store.sqlite'))
    const {code, stdout} = await daily(world, '--day', '2024-11-05', '--dry-run', '--json')
    expect(code).to.equal(0)
    expect(JSON.parse(stdout).data).to.deep.include({day: '2024-11-05', added: ['2024-11-05']})
    expect(everything(join(world.path, 'datasets'))).to.equal(before)
    expect(await storedDataset(join(world.path, '.ep23/store.sqlite'))).to.deep.equal(stored)
    await daily(world, '--day', '2024-11-05')
    expect(JSON.parse(stdout).data.line.channels).to.deep.equal(lines(world)[1]?.['channels'])
  })

  it('takes a day with two channels for unmeasured, and the detector stays as it is', async () => {
    const two = fromFlags(['habr', 'naked_science'])
    const {code, stdout} = await runEp23(['daily', '-q', ...two, '--day', '2024-11-04', '--json'], {cwd: world.path})
    expect(code).to.equal(5)
    expect(JSON.parse(stdout).data).to.deep.include({state: 'unmeasured'})
  })

  it('does not judge a day that is not over', async () => {
    const today = new Date().toISOString().slice(0, 10)
    const {code, stderr} = await daily(world, '--day', today)
    expect(code).to.equal(75)
    expect(stderr).to.include('is not over')
  })

  it('finds posts that were edited or deleted after the digest, names its sentence and keeps the digest', async () => {
    const judge = (day: string, files: string[]) =>
      runEp23(['daily', '-q', ...files, '--day', day, '--json'], {cwd: world.path})
    await judge(
      '2024-11-04',
      changedFiles(world, posts => posts),
    )
    const [before] = lines(world)
    const record = readFileSync(join(world.path, 'datasets/daily/days/2024-11-04/digests.jsonl'), 'utf8')
    const files = changedFiles(world, posts =>
      posts
        .filter(({message_id}) => message_id !== 62_774)
        .map(post => (post.message_id === 62_775 ? {...post, text: 'Другой текст, совсем о другом.'} : post)),
    )
    const {stdout} = await judge('2024-11-05', files)
    const {findings} = JSON.parse(stdout).data.line
    expect(findings.map(({kind, day, post}: Record<string, string>) => [kind, day, post])).to.have.deep.members([
      ['post_deleted', '2024-11-04', 'https://t.me/habr/62774'],
      ['post_edited', '2024-11-04', 'https://t.me/habr/62775'],
    ])
    for (const {sentence} of findings) expect(record).to.include(sentence.slice(2, 40))
    expect(lines(world)[0]).to.deep.equal(before)
    expect(readFileSync(join(world.path, 'datasets/daily/days/2024-11-04/digests.jsonl'), 'utf8')).to.equal(record)
  })

  it('reads posts that a command writes, and says what a failing command said', async () => {
    const from = FIVE.flatMap(channel => ['--from', `@${channel}=cmd:cat '${channelFile(channel)}'`])
    const judge = (...args: string[]) => runEp23(['daily', '-q', ...args], {cwd: world.path})
    await judge(...from, '--day', '2024-11-04')
    const [written] = lines(world)
    const files = temporaryFolder()
    await daily(files, '--day', '2024-11-04').finally(() => undefined)
    expect(lines(files)[0]).to.deep.equal(written)
    files.remove()
    const failing = await judge('--from', '@habr=cmd:echo nothing >&2; exit 3', '--day', '2024-11-05')
    expect(failing.code).to.equal(69)
    expect(failing.stderr).to.include('ended with 3: nothing')
  })

  it('killed at any moment and started again, it leaves the board of an undisturbed week', async () => {
    const undisturbed = temporaryFolder()
    try {
      await daily(undisturbed, '--since', '2024-11-04', '--day', '2024-11-10')
      const killed = () =>
        runEp23(['daily', '-q', ...FROM, '--since', '2024-11-04', '--day', '2024-11-10'], {
          cwd: world.path,
          killAfter: 700 + Math.floor(Math.random() * 1500),
          coverage: false,
        })
      for (let attempt = 0; attempt < 6; attempt++) await killed()
      appendFileSync(join(world.path, 'datasets/daily/daily.jsonl'), '{"format":1,"day":"20')
      const {code, stderr} = await daily(world, '--since', '2024-11-04', '--day', '2024-11-10')
      expect(code, stderr).to.equal(0)
      expect(board(world)).to.equal(board(undisturbed))
    } finally {
      undisturbed.remove()
    }
  })

  it('with a clock that went back it changes nothing', async () => {
    await daily(world, '--day', '2024-11-04')
    const before = board(world)
    // The default day is the last closed one: after the board's by the clock, so that the clock is told to be before it.
    const {code, stdout} = await daily(world, '--day', '2024-11-04', '--json')
    expect(code).to.equal(0)
    expect(JSON.parse(stdout).data.added).to.deep.equal([])
    expect(board(world)).to.equal(before)
    const earlier = await daily(world, '--day', '2024-11-01')
    expect(earlier.code).to.equal(64)
    expect(earlier.stderr).to.include('before the first day of the board')
  })
})

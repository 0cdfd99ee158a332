import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'

import {expect} from 'chai'

import {LocalServer} from '../../plugins/daily/test/servers.ts'
import {debianProgram} from '../helpers/debian-program.ts'
import {freePort} from '../helpers/free-port.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
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

const daily = ({path}: World, ...args: string[]) =>
  runEp23(['daily', '-q', ...FROM, ...args], {cwd: path, coverage: false})

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
  const begun = temporaryFolder()
  before(() => daily(begun, '--day', '2024-11-04'))
  after(() => begun.remove())
  beforeEach(() => (world = temporaryFolder()))
  afterEach(() => world.remove())

  /** A world in which the first day is judged, as most tests here need it: judged once and copied, to judge it is tested by others. */
  const firstDay = (): void => cpSync(begun.path, world.path, {recursive: true})

  it('adds a day once: the second call writes nothing and says the same', async () => {
    const first = await daily(world, '--day', '2024-11-04', '--json')
    const before = board(world)
    const second = await daily(world, '--day', '2024-11-04', '--json')
    expect([first.code, second.code], first.stderr + second.stderr).to.deep.equal([0, 0])
    expect(board(world)).to.equal(before)
    const [one, two] = [first, second].map(({stdout}) => JSON.parse(stdout).data)
    expect(problemsOfOutput(first.stdout)).to.deep.equal([])
    expect(one.added).to.deep.equal(['2024-11-04'])
    expect(two).to.deep.equal({...one, added: []})
    expect(one.line.channels['@habr'].scores).to.have.all.keys('coverage', 'accuracy', 'coherence', 'informativeness')
  })

  it('makes up missed days in order, as if each had been judged in time', async () => {
    const timely = temporaryFolder()
    try {
      for (const day of ['04', '05', '06', '07']) await daily(timely, '--day', `2024-11-${day}`)
      firstDay()
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
    firstDay()
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
    const again = await runEp23(['daily', '-q', ...two, '--day', '2024-11-04'], {cwd: world.path})
    expect(again.stdout).to.include('2 channels have scores, a day needs 3')
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
    expect(lines(begun)[0]).to.deep.equal(written)
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
      for (let attempt = 0; attempt < 3; attempt++) await killed()
      // However early the kills came: a board may begin with a line that was cut short.
      mkdirSync(join(world.path, 'datasets/daily'), {recursive: true})
      appendFileSync(join(world.path, 'datasets/daily/daily.jsonl'), '{"format":1,"day":"20')
      const {code, stderr} = await daily(world, '--since', '2024-11-04', '--day', '2024-11-10')
      expect(code, stderr).to.equal(0)
      expect(board(world)).to.equal(board(undisturbed))
    } finally {
      undisturbed.remove()
    }
  })

  it('says of an unknown writer what --writer takes', async () => {
    const {code, stderr} = await daily(world, '--day', '2024-11-04', '--writer', 'foo')
    expect(code).to.equal(64)
    for (const said of ['--writer foo', '--writer extractive', '--writer openai:MODEL', '--writer team'])
      expect(stderr).to.include(said)
    expect(stderr).to.not.include('--summarizer')
  })

  it('refuses a day before the first one of the board', async () => {
    firstDay()
    const earlier = await daily(world, '--day', '2024-11-01')
    expect(earlier.code).to.equal(64)
    expect(earlier.stderr).to.include('before the first day of the board')
    expect(earlier.stderr).to.include('--dataset-dir')
  })

  it('closes no day of a channel without a source: the day could not be repaired', async () => {
    const {code, stderr} = await runEp23(['daily', '-q', '--channels', '@habr,@proglib', '--day', '2024-11-04'], {
      cwd: world.path,
    })
    expect(code, stderr).to.equal(64)
    expect(stderr).to.include('no source for @habr')
    expect(existsSync(join(world.path, 'datasets/daily/daily.jsonl'))).to.equal(false)
    firstDay()
    const channels = [...FIVE, 'elsewhere'].map(name => `@${name}`).join(',')
    const second = await daily(world, '--channels', channels, '--day', '2024-11-05')
    expect(second.code, second.stderr).to.equal(64)
    expect(second.stderr).to.include('no source for @elsewhere')
    expect(lines(world)).to.have.length(1)
  })
})

describe('the messages of ep23 daily', function () {
  this.timeout(180_000)
  let world: World
  const server = new LocalServer()
  let url: string
  before(async () => (url = await server.start()))
  after(() => server.stop())
  beforeEach(() => {
    world = temporaryFolder()
    server.asked.splice(0)
  })
  afterEach(() => world.remove())

  const two = fromFlags(['habr', 'naked_science'])
  const unmeasured = (...args: string[]) =>
    runEp23(['daily', '-q', ...two, '--day', '2024-11-04', '--notify-wait', '0', ...args], {
      cwd: world.path,
      env: {EP23_DAILY_TELEGRAM_TOKEN: TOKEN, EP23_DAILY_TELEGRAM_CHAT: '-100', EP23_DAILY_TELEGRAM_URL: url},
    })

  it('go out once for a change; a second call sends none', async () => {
    server.answer({status: 200})
    const first = await unmeasured('--notify', 'telegram')
    const second = await unmeasured('--notify', 'telegram')
    expect([first.code, second.code], first.stderr).to.deep.equal([5, 5])
    expect(server.asked).to.have.length(1)
    expect(server.asked[0]?.body.text).to.include('4 ноября: день не измерен, оценки есть у 2 из 2 каналов')
  })

  it('do not change the exit code when nobody takes them, are tried again later, and the token is nowhere', async () => {
    server.answer({status: 500, body: `bot${TOKEN}`})
    const {code, stderr, stdout} = await unmeasured('--notify', 'telegram', '--json')
    expect(code).to.equal(5)
    expect(server.asked).to.have.length(4)
    expect(stderr + stdout)
      .to.include('telegram was not told')
      .and.not.include('hidden')
    server.answer({status: 200})
    expect((await unmeasured('--notify', 'telegram')).code).to.equal(5)
    expect(server.asked).to.have.length(5)
    expect(everything(world.path)).to.not.include('hidden')
    const metrics = await runEp23(['observability:metrics'], {cwd: world.path})
    expect(metrics.stdout).to.match(/ep23_notifications_total\{channel="telegram",outcome="failed"\} 1/u)
    expect(metrics.stdout).to.match(/ep23_notifications_total\{channel="telegram",outcome="sent"\} 1/u)
  })

  it('reach a real Alertmanager, which holds the alert for 26 hours', async function () {
    const program = debianProgram(this, 'prometheus-alertmanager')
    const alertmanager = await startAlertmanager(program, world.path)
    try {
      await unmeasured('--notify', 'alertmanager', '--alertmanager-url', alertmanager.url)
      const [alert] = await alertmanager.alerts()
      expect(alert?.labels).to.deep.equal({alertname: 'DailyUnmeasured', service: 'ep23-daily'})
      const hours = (Date.parse(alert?.endsAt ?? '') - Date.now()) / 3_600_000
      expect(hours).to.be.within(25.9, 26)
    } finally {
      await alertmanager.stop()
    }
  })

  it('need what they need: a usage error before anything is done', async () => {
    const {code, stderr} = await runEp23(['daily', '-q', ...two, '--day', '2024-11-04', '--notify', 'telegram'], {
      cwd: world.path,
    })
    expect(code).to.equal(64)
    expect(stderr).to.include('EP23_DAILY_TELEGRAM_TOKEN_FILE')
    expect(existsSync(join(world.path, 'datasets/daily/daily.jsonl'))).to.equal(false)
  })
})

const TOKEN = '12345:hidden'

interface Alertmanager {
  url: string
  alerts(): Promise<{labels: Record<string, string>; endsAt: string}[]>
  stop(): Promise<void>
}

async function startAlertmanager(program: string, folder: string): Promise<Alertmanager> {
  const url = `http://127.0.0.1:${await freePort()}`
  const config = join(folder, 'alertmanager.yml')
  writeFileSync(config, 'route: {receiver: nobody}\nreceivers: [{name: nobody}]\n')
  const child = spawn(
    program,
    [
      `--config.file=${config}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=${url.slice(7)}`,
      '--cluster.listen-address=',
    ],
    {stdio: 'ignore'},
  )
  for (let attempt = 0; attempt < 100; attempt++) {
    const ready = await fetch(`${url}/-/ready`).catch(() => undefined)
    if (ready?.ok) break
    await pause(100)
  }
  return {
    url,
    alerts: async () => (await fetch(`${url}/api/v2/alerts`)).json() as ReturnType<Alertmanager['alerts']>,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

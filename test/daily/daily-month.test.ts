import {cpSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {FIVE, fromFlags} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const FROM = fromFlags(FIVE)
/** The twentieth of the thirty days. */
const DAMAGED_FROM = '2024-11-23'

interface StoredDigest {
  digest_id: string
  channel: string
  summary_markdown: string
  posts: {title?: string; text: string}[]
  created_at: Date
}

/** What the team's program would have stored: the same digests, without every fourth item from a day on. */
async function storeAsTeam(from: string, to: string): Promise<void> {
  const [source, target] = [await openStore(from), await openStore(to)]
  const digests = await Array.fromAsync(source.collection<StoredDigest>('digests').find())
  const documents = digests.map(({digest_id, channel, summary_markdown, posts, created_at}) => {
    const day = digest_id.slice(-10)
    return {
      ...{digest_id: `${channel}-${day.replaceAll('-', '')}-1`, channel, language: 'ru', created_at, feature_flags: {}},
      summary_markdown: day < DAMAGED_FROM ? summary_markdown : withoutEveryFourth(summary_markdown),
      posts: posts.map(({title = '', text}) => ({title, text, summary: ''})),
      latency_seconds: 3,
      metadata: {llm_model: 'butler', time_range_hours: 24},
    }
  })
  await target.collection<(typeof documents)[number]>('digests').upsertMany(documents, 'digest_id')
  await source.dispose()
  await target.dispose()
}

function withoutEveryFourth(summary: string): string {
  let items = 0
  return summary
    .split('\n')
    .filter(line => !line.startsWith('- ') || ++items % 4 !== 0)
    .join('\n')
}

describe('a month of five real channels, after a month that was blessed', function () {
  this.timeout(300_000)
  const world = temporaryFolder()
  after(() => world.remove())

  const daily = (cwd: string, ...args: string[]) =>
    runEp23(['daily', '-q', '--json', ...FROM, ...args], {cwd, coverage: false})
  const board = (folder: string): Record<string, any>[] =>
    readFileSync(join(folder, 'datasets/daily/daily.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))

  before(async () => {
    await daily(world.path, '--since', '2024-10-03', '--day', '2024-11-03')
    const {code, stderr, stdout} = await runEp23(['daily:bless', '--json'], {cwd: world.path})
    expect(code, stderr).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
  })

  it('is quiet on every day', async () => {
    const {code, stderr} = await daily(world.path, '--day', '2024-12-03')
    expect(code, stderr).to.equal(0)
    expect(
      board(world.path)
        .slice(32)
        .map(({state}) => state),
    ).to.deep.equal(Array(30).fill('quiet'))
  })

  it('without every fourth item from the twentieth day on: an alarm two days later, with size and since when', async () => {
    const damaged = temporaryFolder()
    try {
      await storeAsTeam(join(world.path, '.ep23/store.sqlite'), join(damaged.path, '.ep23/store.sqlite'))
      cpSync(join(world.path, 'datasets'), join(damaged.path, 'datasets'), {recursive: true})
      const kept = readFileSync(join(damaged.path, 'datasets/daily/daily.jsonl'), 'utf8').split('\n').slice(0, 32)
      writeFileSync(join(damaged.path, 'datasets/daily/daily.jsonl'), `${kept.join('\n')}\n`)
      await daily(damaged.path, '--writer', 'team', '--day', '2024-11-24')
      expect(
        board(damaged.path)
          .map(({state}) => state)
          .slice(-3),
      ).to.deep.equal(['quiet', 'quiet', 'watch'])
      const {code, stdout} = await daily(damaged.path, '--writer', 'team', '--day', '2024-11-25')
      expect(code).to.equal(2)
      expect(problemsOfOutput(stdout)).to.deep.equal([])
      const {line, message} = JSON.parse(stdout).data
      const {since, size, channels} = line.detector.drop
      expect([since.from <= DAMAGED_FROM, since.to >= DAMAGED_FROM]).to.deep.equal([true, true])
      expect(size.high).to.be.below(0)
      expect(channels).to.include('@habr')
      expect(message[0]).to.match(/^🔴 \p{Lu}\p{L}+ упала: −0,\d\d \(−0,\d\d … −0,\d\d\), (?:началось|с) .*ноября\.$/u)
    } finally {
      damaged.remove()
    }
  })

  it('with two channels of five a day is unmeasured, and the detector stays as it was, byte for byte', async () => {
    const two = fromFlags(['habr', 'naked_science'])
    const args = ['daily', '-q', '--json', ...two, '--day', '2024-12-04', '--dry-run']
    const {code, stdout} = await runEp23(args, {cwd: world.path})
    expect(code).to.equal(5)
    const {line, message} = JSON.parse(stdout).data
    expect(line.state).to.equal('unmeasured')
    expect(JSON.stringify(line.detector)).to.equal(JSON.stringify(board(world.path).at(-1)?.['detector']))
    expect(message[0]).to.equal('⚪ 4 декабря: день не измерен, оценки есть у 2 из 2 каналов, нужно 3.')
  })

  it('takes the change of the judge, by its signature or by its anchors, for no fault of the writer', async () => {
    const file = join(world.path, 'datasets/daily/baseline.json')
    const baseline = JSON.parse(readFileSync(file, 'utf8'))
    for (const changed of [
      {...baseline, judge: {...baseline.judge, signature: 'lexical|v:1'}},
      {
        ...baseline,
        anchors: baseline.anchors.map((anchor: {scores: Record<string, number>}) => ({
          ...anchor,
          scores: Object.fromEntries(Object.entries(anchor.scores).map(([name, score]) => [name, score - 0.05])),
        })),
      },
    ]) {
      writeFileSync(file, JSON.stringify(changed))
      const {code, stdout} = await daily(world.path, '--day', '2024-12-04', '--dry-run')
      expect(code).to.equal(4)
      const {state, message} = JSON.parse(stdout).data
      expect(state).to.equal('instrument')
      expect(message.join('\n'))
        .to.include('Изменился судья')
        .and.not.match(/упала|хуже/u)
    }
    writeFileSync(file, JSON.stringify(baseline))
  })

  it('can be shown, and says how much can be seen', async () => {
    const shown = await runEp23(['daily:show', '--days', '62', '--json'], {cwd: world.path})
    expect(problemsOfOutput(shown.stdout)).to.deep.equal([])
    expect(JSON.parse(shown.stdout).data.lines).to.deep.equal(board(world.path))
    const power = await runEp23(['daily:power', '--runs', '100', '--json'], {cwd: world.path})
    expect(problemsOfOutput(power.stdout)).to.deep.equal([])
    const {false_alarms: alarms, found} = JSON.parse(power.stdout).data
    expect(alarms).to.be.below(0.22)
    for (const {deviations, share} of found) if (deviations >= 2) expect(share).to.be.above(0.9)
  })

  it('can be pruned: posts and runs of old days go, board and baseline stay', async () => {
    const before = readFileSync(join(world.path, 'datasets/daily/daily.jsonl'), 'utf8')
    const dry = await runEp23(['daily:prune', '--dry-run', '--json'], {cwd: world.path})
    expect(problemsOfOutput(dry.stdout)).to.deep.equal([])
    expect(JSON.parse(dry.stdout).data).to.deep.include({dry_run: true})
    const {stdout} = await runEp23(['daily:prune', '--json'], {cwd: world.path})
    expect(JSON.parse(stdout).data.runs).to.have.length(62)
    expect(readdirSync(join(world.path, 'datasets/daily')).toSorted()).to.deep.equal([
      'anchors.jsonl',
      'baseline.json',
      'baselines',
      'daily.jsonl',
      'daily.lock',
      'days',
    ])
    expect(readdirSync(join(world.path, 'datasets/daily/days'))).to.deep.equal([])
    expect(readFileSync(join(world.path, 'datasets/daily/daily.jsonl'), 'utf8')).to.equal(before)
    expect((await daily(world.path, '--day', '2024-12-04')).code).to.equal(0)
  })
})

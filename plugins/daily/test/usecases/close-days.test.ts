import type {Digest} from '@ep23/plugin-dataset'
import type {ChannelPosts} from '@ep23/plugin-dataset/days'
import {expect} from 'chai'

import type {BoardLine} from '#src/domain/board-line.js'
import type {SavedPost} from '#src/domain/day-files.js'
import {closeDays, lastClosedDay} from '#src/usecases/close-days.js'
import type {DailyDeps} from '#src/usecases/daily-deps.js'

import {CHANNELS, JUDGE} from '../board-of.ts'
import {verbatim} from '@ep23/sdk'

const ZONE = 'Europe/Moscow'

/** Channels that post every day, a board in memory, and a clock that stands where it is put. */
class World {
  lines: BoardLine[] = []
  readonly saved = new Map<string, SavedPost[]>()
  now = new Date('2024-11-12T06:00:00Z')
  /** Days whose posts the source has forgotten. */
  forgotten = new Set<string>()
  isAway = false

  get deps(): DailyDeps {
    return {
      clock: {now: () => this.now},
      zone: ZONE,
      board: {
        lines: this.lines,
        append: async line => {
          const added = {...line, previous: ''}
          this.lines.push(added)
          return added
        },
      },
      baseline: undefined,
      judge: JUDGE,
      writer: 'extractive',
      files: day => ({
        ...{records: day, run: '', anchorRun: ''},
        readPosts: async () => this.saved.get(day),
        readRecords: async () => [],
        write: async (name, rows) => {
          if (name === 'posts.jsonl') this.saved.set(day, rows as SavedPost[])
        },
      }),
      readPosts: async days => {
        const read = new Map(days.map(day => [day, this.posts(day)]))
        return day => read.get(day) ?? []
      },
      digestOf: async ({channel, byDay}, day) =>
        byDay.has(day) ? {digest: digestOf(channel, day)} : {gap: verbatim('no posts with text')},
      judgeRecords: async day => new Map(CHANNELS.map(channel => [`${channel}:${day}`, {coverage: 0.6}])),
      judgeAnchors: async () => new Map(),
    }
  }

  posts(day: string): ChannelPosts[] {
    if (this.isAway) throw new Error('the source is away')
    return CHANNELS.map(channel => ({
      channel: channel as ChannelPosts['channel'],
      byDay: new Map(
        this.forgotten.has(day)
          ? []
          : [[day, [{channel: {}, post_id: '1', published_at: new Date(`${day}T12:00:00Z`), text: 'Новость дня.'}]]],
      ),
    }))
  }
}

function digestOf(channel: string, day: string): Digest {
  return {
    ...{digest_id: `${channel}:${day}`, channel, language: 'ru', summary_markdown: '- Новость дня.', feature_flags: {}},
    posts: [{post_id: '1', text: 'Новость дня.'}],
    created_at: new Date(`${day}T20:59:59.999Z`),
    metadata: {origin: 'telegram', llm_model: 'extractive-1'},
  }
}

const days = ({lines}: World): string[] => lines.map(({day}) => day)

describe('closing days', () => {
  it('takes a day for over six hours after midnight of its zone', () => {
    expect(lastClosedDay(new Date('2024-11-13T02:59:59Z'), ZONE)).to.equal('2024-11-11')
    expect(lastClosedDay(new Date('2024-11-13T03:00:00Z'), ZONE)).to.equal('2024-11-12')
    expect(lastClosedDay(new Date('2024-11-13T03:00:00Z'), 'UTC')).to.equal('2024-11-11')
  })

  it('begins with the last closed day, and makes up those that were missed', async () => {
    const world = new World()
    await closeDays(world.deps, {day: undefined, since: undefined})
    world.now = new Date('2024-11-15T06:00:00Z')
    const {added, line} = await closeDays(world.deps, {day: undefined, since: undefined})
    expect(days(world)).to.deep.equal(['2024-11-11', '2024-11-12', '2024-11-13', '2024-11-14'])
    expect(added).to.have.length(3)
    expect(line.day).to.equal('2024-11-14')
  })

  it('writes nothing while a source is away for three days, and then what an undisturbed week has', async () => {
    const [disturbed, undisturbed] = [new World(), new World()]
    for (const [i, date] of ['12', '13', '14', '15', '16'].entries()) {
      for (const world of [disturbed, undisturbed]) world.now = new Date(`2024-11-${date}T06:00:00Z`)
      disturbed.isAway = i >= 1 && i < 4
      await closeDays(undisturbed.deps, {day: undefined, since: undefined})
      await closeDays(disturbed.deps, {day: undefined, since: undefined}).catch(() => undefined)
      if (disturbed.isAway) expect(disturbed.lines).to.have.length(1)
    }
    expect(disturbed.lines).to.deep.equal(undisturbed.lines)
  })

  it('with a clock that went back repeats the last day and changes nothing', async () => {
    const world = new World()
    await closeDays(world.deps, {day: undefined, since: '2024-11-05'})
    const before = structuredClone(world.lines)
    world.now = new Date('2024-11-08T06:00:00Z')
    const {added, line} = await closeDays(world.deps, {day: undefined, since: undefined})
    expect(added).to.deep.equal([])
    expect(line.day).to.equal('2024-11-11')
    expect(world.lines).to.deep.equal(before)
  })

  it('says of a day whose posts nobody has any more that they are missing, not that they were bad', async () => {
    const world = new World()
    world.forgotten.add('2024-11-11')
    const {line} = await closeDays(world.deps, {day: undefined, since: undefined})
    expect(line.state).to.equal('missing')
    expect(Object.values(line.channels)).to.deep.equal(CHANNELS.map(() => ({unmeasured: 'no posts with text'})))
  })

  it('takes no post for deleted that the source only forgot', async () => {
    const world = new World()
    await closeDays(world.deps, {day: undefined, since: undefined})
    world.now = new Date('2024-11-13T06:00:00Z')
    const {line} = await closeDays(world.deps, {day: undefined, since: undefined})
    expect(line.findings).to.deep.equal([])
  })
})

import {expect} from 'chai'

import type {ChannelName} from '#src/domain/channel.js'
import {dayWindow} from '#src/domain/day-window.js'
import type {SeedSource} from '#src/usecases/source-options.js'
import {type SourceChannel, type SourcePost, emptyTally, type SourceTally} from '#src/domain/posts.js'
import type {CollectedPosts, ReadChannel} from '#src/usecases/channel-stages.js'
import {collectPosts} from '#src/usecases/read-sources.js'
import {numberedTexts, validateDistinct} from '#src/usecases/validate-channels.js'
import type {PostReading} from '#src/usecases/seed-deps.js'
import {sourceWarnings} from '#src/usecases/render-seed.js'
import {verbatim} from '@ep23/sdk'

const WINDOW = dayWindow({until: '2024-12-04', days: 2, zone: 'Europe/Moscow'})
const HERE: SourceChannel = {id: '7', title: 'Музей'}

function post(post_id: string, text: string, more: Partial<SourcePost> = {}): SourcePost {
  return {channel: HERE, post_id, published_at: new Date('2024-12-04T09:00:00Z'), text, ...more}
}

/** Sources by path, each read in batches of one post. */
function reader(files: Record<string, SourcePost[]>, more: Partial<SourceTally> = {}) {
  return (path: string): PostReading => {
    const posts = files[path] ?? []
    async function* batches(): AsyncGenerator<SourcePost[]> {
      for (const each of posts) yield [each]
    }
    return {tally: {...emptyTally(), posts: posts.length, ...more}, [Symbol.asyncIterator]: batches}
  }
}

const collect = (
  files: Record<string, SourcePost[]>,
  {name = '@museum', sources}: {name?: ChannelName; sources?: SeedSource[]} = {},
): Promise<CollectedPosts> => {
  const channel = {name, sources: sources ?? Object.keys(files).map(path => ({path}))}
  return collectPosts(reader(files), channel, WINDOW, () => undefined)
}

const texts = ({byDay}: CollectedPosts): string[] => [...byDay.values()].flat().map(({text}) => text)
const edited = (day: string): Partial<SourcePost> => ({edited_at: new Date(day)})

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'none'
  } catch (error) {
    return `${(error as {code: string}).code} ${(error as Error).message}`
  }
}

describe('collectPosts', () => {
  for (const [what, versions, kept] of [
    ['the later edit, in whichever file', [post('1', 'новое', edited('2024-12-06')), post('1', 'старое')], 'новое'],
    ['the later of two edits', [post('1', 'a', edited('2024-12-06')), post('1', 'b', edited('2024-12-05'))], 'a'],
    ['the later source when none says', [post('1', 'a'), post('1', 'b')], 'b'],
    [
      'the later source when both say the same',
      [post('1', 'a', edited('2024-12-05')), post('1', 'b', edited('2024-12-05'))],
      'b',
    ],
  ] as const)
    it(`keeps one version of a post: ${what}`, async () => {
      const collected = await collect({'a.json': [versions[0], post('2', 'x')], 'b.json': [versions[1]]})
      expect(texts(collected)).to.deep.equal([kept, 'x'])
      expect(collected.records).to.include({posts: 3, replaced: 1, repeated: 0})
    })

  it('counts what it does not keep, each record once', async () => {
    const files = {
      'a.json': [
        post('1', 'a'),
        post('1', 'a'),
        post('2', 'вне окна', {published_at: new Date('2024-11-04')}),
        post('3', 'чужое', {channel: {username: 'other'}}),
      ],
    }
    const {records} = await collectPosts(
      reader(files, {withoutText: 4, service: 5, invalid: 6, madeIds: 7}),
      {name: '@museum', sources: [{path: 'a.json'}]},
      WINDOW,
      () => undefined,
    )
    expect(records).to.deep.equal({
      ...{posts: 3, outside_window: 1, repeated: 1, replaced: 0, other_channels: 1},
      ...{without_text: 4, service: 5, invalid: 6, made_ids: 7},
    })
  })

  it('takes a source of which nothing was read for an error, with what it has instead', async () => {
    expect(await codeOf(collect({'a.json': []}))).to.match(
      /^DATASET_NO_POSTS a\.json: no post was read; it has no rec/u,
    )
    const tally = {withoutText: 3, invalid: 1, firstInvalid: verbatim('a.json, line 2: invalid JSON')}
    const channel = {name: '@museum', sources: [{path: 'a.json'}]} as const
    expect(await codeOf(collectPosts(reader({}, tally), channel, WINDOW, () => undefined))).to.match(
      /3 records without text, 1 records that could not be read \(the first: a\.json, line 2: invalid JSON\)/u,
    )
  })

  for (const [what, channels, refused] of [
    ['by number', [{id: '7'}, {id: '8'}], true],
    ['by title', [{title: 'Музей'}, {title: 'Завод'}], true],
    [
      'of one number and two titles',
      [
        {id: '7', title: 'Музей'},
        {id: '7', title: 'Музей (архив)'},
      ],
      false,
    ],
    ['by number, then by title as well', [{id: '7'}, {id: '7', title: 'Музей'}], false],
    ['that are not named at times', [{}, {id: '7'}], false],
  ] as Array<[string, SourceChannel[], boolean]>)
    it(`tells channels of one file apart ${what}`, async () => {
      const posts = channels.map((channel, index) => post(String(index + 1), 'x', {channel}))
      const code = await codeOf(collect({'a.json': posts}))
      expect(code.startsWith('DATASET_SEVERAL_CHATS')).to.equal(refused)
    })

  for (const chat of ['Музей', '@Museum_2', 'museum_2', '7', '-1007777777', '-7777777'])
    it(`takes the channel that FILE#${chat} names`, async () => {
      const own = {title: 'Музей', username: 'museum_2', id: chat.endsWith('7777777') ? '7777777' : '7'}
      const posts = [post('1', 'своё', {channel: own}), post('2', 'чужое', {channel: {title: 'Завод', id: '8'}})]
      expect(texts(await collect({'a.json': posts}, {sources: [{path: 'a.json', chat}]}))).to.deep.equal(['своё'])
    })

  it('takes the title of posts for that of a channel where nothing else names one and they repeat', async () => {
    const titled = (titles: string[]): SourcePost[] =>
      titles.map((title, index) => post(String(index), `текст ${index}`, {channel: {}, title}))
    const mixed = titled(['Музей', 'Завод', 'Музей', 'Завод', 'Музей', 'Завод'])
    expect(await codeOf(collect({'a.json': mixed}))).to.match(
      /^DATASET_SEVERAL_CHATS a\.json holds several channels: Музей, Завод/u,
    )
    const picked = await collect({'a.json': mixed}, {sources: [{path: 'a.json', chat: 'Завод'}]})
    expect(texts(picked)).to.deep.equal(['текст 1', 'текст 3', 'текст 5'])
    const one = await collect({'a.json': titled(['Музей', 'Музей', 'Музей'])})
    expect(one.uses[0]?.identity).to.deep.equal({title: 'Музей'})
    const own = await collect({'a.json': titled(['Мост', 'Мост', 'Порт', 'Парк', 'Театр', 'Двор'])})
    expect([texts(own).length, own.uses[0]?.identity]).to.deep.equal([6, {}])
  })

  it('refuses a file whose username is another, unless it is named', async () => {
    const files = {'a.json': [post('1', 'x', {channel: {username: 'zavod'}})]}
    expect(await codeOf(collect(files))).to.match(
      /^DATASET_OTHER_CHANNEL a\.json holds no post of @museum; it has @zavod/u,
    )
    const collected = await collect(files, {sources: [{path: 'a.json', chat: '@zavod'}]})
    const channels = [{name: '@museum' as const, collected: {...collected, posts: 1, daysWithPosts: 1}}]
    expect(sourceWarnings({channels, sharedPosts: []})).to.deep.equal([
      'a.json: its posts are of @zavod, and are stored as @museum',
    ])
  })
})

describe('validateDistinct', () => {
  const state = async (name: ChannelName, files: Record<string, SourcePost[]>): Promise<ReadChannel> => {
    const {byDay, ...collected} = await collect(files, {name})
    return {name, collected, byDay: {at: 0, bytes: 0}, posts: numberedTexts(byDay)}
  }
  const many = (channel: SourceChannel, first = 1): SourcePost[] =>
    [0, 1, 2, 3].map(index => post(String(first + index), `текст ${index}`, {channel}))

  for (const [what, a, b, refused] of [
    ['the same number', {'a.json': many({id: '7'})}, {'b.json': many({id: '7', title: 'x'}, 100)}, true],
    ['the same title', {'a.json': many({title: 'Музей'})}, {'b.json': many({title: 'Музей'}, 100)}, true],
    ['one file that names no channel', {'a.json': many({})}, {'a.json': many({})}, true],
    ['copies of one file', {'a.json': many({})}, {'b.json': many({})}, true],
    ['the same texts under other numbers', {'a.json': many({id: '7'})}, {'b.json': many({id: '8'}, 100)}, false],
    ['other posts', {'a.json': many({id: '7'})}, {'b.json': [post('1', 'другое', {channel: {id: '8'}})]}, false],
  ] as Array<[string, Record<string, SourcePost[]>, Record<string, SourcePost[]>, boolean]>)
    it(`${refused ? 'refuses' : 'lets pass'} two channels with ${what}`, async () => {
      const channels = [await state('@museum', a), await state('@zavod', b)]
      const check = (): void => validateDistinct(channels)
      if (refused) expect(check).to.throw(/^@museum, @zavod are one channel/u)
      else expect(check).not.to.throw()
    })

  it('refuses sources of one channel that are of different channels', async () => {
    const files = {'a.json': many({id: '7'}), 'b.json': many({id: '8'}, 100)}
    const channels = [await state('@museum', files)]
    expect(() => validateDistinct(channels)).to.throw(
      /the sources of @museum are of different channels: a\.json of 7, b\.json of 8/u,
    )
  })
})

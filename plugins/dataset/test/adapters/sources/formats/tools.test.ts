import {expect} from 'chai'

import {detectFormat} from '#src/adapters/sources/read-source.js'
import type {SourcePost} from '#src/domain/posts.js'
import {readText, TemporaryFolder, type Outcome} from '../reading.ts'

const SECONDS = 1733302828
const DATE = new Date('2024-12-04T09:00:28Z')
const ISO = '2024-12-04T09:00:28+00:00'

/** What each tool writes of the same two posts: number 7, bold in places, and number 8, a photo's caption. */
const WRITTEN: Record<string, {text: string; channel: SourcePost['channel']; formatted?: boolean; clock?: string}> = {
  tdl: {
    text: json({
      id: 1234567890,
      messages: [
        {id: 7, type: 'message', file: '', date: SECONDS, text: 'Мост открыт'},
        {id: 8, type: 'message', file: 'x.jpg', date: SECONDS, text: 'Подпись'},
        {id: 9, type: 'message', file: 'y.jpg', date: SECONDS},
      ],
    }),
    channel: {id: '1234567890'},
  },
  tdlib: {
    text: json({
      '@type': 'messages',
      messages: [
        tdlib(7, {'@type': 'messageText', text: formatted('Мост открыт', [[0, 4, 'textEntityTypeBold']])}),
        tdlib(8, {'@type': 'messagePhoto', photo: {sizes: []}, caption: formatted('Подпись', [])}),
        tdlib(9, {'@type': 'messagePinMessage', message_id: 7340032}),
        tdlib(10, {'@type': 'messageSticker', sticker: {emoji: '👍'}}),
      ],
    }),
    channel: {id: '1234567890'},
    formatted: true,
  },
  pyrogram: {
    text: [pyrogram(7, {text: 'Мост открыт', entities: [pyroBold(0, 4)]}), pyrogram(8, {caption: 'Подпись', photo: {}})]
      .map(message => JSON.stringify(message, undefined, 4))
      .join('\n'),
    channel: {id: '1234567890', title: 'Музей', username: 'museum'},
    formatted: true,
    clock: 'local',
  },
  'tg-history-dumper': {
    text: [dumped(7, 'Мост открыт'), dumped(8, 'Подпись'), {_: 'TL_messageService', ID: 9}].map(line).join('\n'),
    channel: {id: '1234567890'},
    formatted: true,
  },
  snscrape: {
    text: [7, 8]
      .map(id =>
        line({
          _type: 'snscrape.modules.telegram.TelegramPost',
          url: `https://t.me/s/museum/${id}`,
          date: ISO,
          content: id === 7 ? 'Мост открыт' : 'Подпись',
          outlinks: [],
        }),
      )
      .join('\n'),
    channel: {username: 'museum'},
  },
  '4cat': {
    text: [7, 8]
      .map(id =>
        line({
          _type: 'Message',
          id,
          date: SECONDS,
          message: id === 7 ? 'Мост открыт' : 'Подпись',
          _chat: {_type: 'Channel', id: 1234567890, username: 'museum', title: 'Музей'},
        }),
      )
      .join('\n'),
    channel: {id: '1234567890', title: 'Музей', username: 'museum'},
  },
  'bot-api': {
    text: json({
      ok: true,
      result: [
        {
          update_id: 1,
          channel_post: botPost(7, {text: 'Мост открыт', entities: [{type: 'bold', offset: 0, length: 4}]}),
        },
        {update_id: 2, edited_channel_post: botPost(8, {caption: 'Подпись', photo: [{}]})},
        {update_id: 3, message: {text: 'тайна'}},
      ],
    }),
    channel: {id: '1234567890', title: 'Музей', username: 'museum'},
    formatted: true,
  },
}

describe('the tools that export Telegram', () => {
  let folder: TemporaryFolder
  before(() => (folder = new TemporaryFolder()))
  after(() => folder.remove())

  for (const [format, {text, channel, formatted: isFormatted = false, clock}] of Object.entries(WRITTEN))
    it(`are read: ${format}`, async () => {
      expect(await detectFormat(folder.write('source', text))).to.deep.equal({format})
      const {posts, invalid, problem, tally} = await readText(format, text, 'Europe/Moscow')
      expect([invalid, problem]).to.deep.equal([[], undefined])
      expect(posts.map(post => [post.post_id, post.text])).to.deep.equal([
        ['7', isFormatted ? '**Мост** открыт' : 'Мост открыт'],
        ['8', 'Подпись'],
      ])
      for (const post of posts) expect(post).to.deep.include({channel, published_at: DATE})
      expect(tally.naiveDates > 0).to.equal(clock === 'local')
    })

  it('are read from 4CAT as CSV: the thread before the number is no part of it', async () => {
    const {posts} = await readText(
      'csv',
      `id,thread_id,chat,author,body,timestamp,unix_timestamp\nmuseum-7,museum,museum,x,Мост открыт,2024-12-04 12:00:28,${SECONDS}\n`,
      'Asia/Vladivostok',
    )
    expect(posts[0]).to.deep.include({post_id: '7', published_at: DATE, channel: {username: 'museum'}})
  })

  it('are refused where the messages are of no channel, and show nothing of what was said', async () => {
    const refused: Array<Promise<Outcome>> = [
      readText(
        'pyrogram',
        json([{...pyrogram(7, {text: 'тайна'}), chat: {_: 'Chat', type: 'ChatType.PRIVATE', id: 5}}]),
        'UTC',
      ),
      readText('tdlib', json([{...tdlib(7, {text: formatted('тайна', [])}), is_channel_post: false}])),
      readText(
        'telegram-desktop',
        json([{id: 7, type: 'message', date_unixtime: '1', from_id: 'user5', text: 'тайна'}]),
      ),
      readText('json', json({type: 'supergroup', messages: [{id: 7, date: ISO, text: 'тайна'}]})),
    ]
    for (const {posts, problem} of await Promise.all(refused)) {
      expect(posts).to.deep.equal([])
      expect(problem?.reason).to.match(/^refused: .*only (?:posts of )?channels are read$/u)
      expect(problem?.place.raw).not.to.include('тайна')
    }
  })
})

describe('JSON of posts', () => {
  const post = (id: number, more: object = {}): object => ({id, date: ISO, text: `пост ${id}`, ...more})

  for (const [shape, value, channels] of [
    ['under "posts"', {total: 2, posts: [post(1), post(2)]}, [{}, {}]],
    [
      'under "messages" of a channel, named before or after them',
      {messages: [post(1)], channel: {title: 'Музей', username: 'museum'}},
      [{title: 'Музей', username: 'museum'}],
    ],
    ['of a channel by its address', {url: 'https://t.me/museum', posts: [post(1)]}, [{username: 'museum'}]],
    [
      'of several chats in an array',
      [
        {channel: '@museum', messages: [post(1)]},
        {title: 'Завод', id: -1001234567890, messages: [post(2)]},
        {type: 'private', messages: [post(3)]},
      ],
      [{username: 'museum'}, {title: 'Завод', id: '1234567890'}],
    ],
    [
      'by channel',
      {'https://t.me/museum': [post(1)], '@zavod': [post(2)], Мэрия: [post(3)]},
      [{username: 'museum'}, {username: 'zavod'}, {title: 'Мэрия'}],
    ],
    [
      'with the channel in each record, in any form',
      [
        post(1, {channel_id: -1001234567890}),
        post(2, {channel_id: 1234567890}),
        post(3, {peer_id: {_: 'PeerChannel', channel_id: 1234567890}}),
        post(4, {chat: {id: '-1001234567890', title: 'Музей'}}),
        post(5, {channel_name: 'Музей'}),
        post(6, {channel_username: '@museum'}),
        post(7, {url: 'https://t.me/museum/7'}),
        post(8, {url: 'https://t.me/c/1234567890/8'}),
        post(9, {url: 'https://t.me/other/5'}),
        post(10, {sender_id: -1001234567890}),
        post(11, {sender_id: 42}),
      ],
      [
        ...[{id: '1234567890'}, {id: '1234567890'}, {id: '1234567890'}, {id: '1234567890', title: 'Музей'}],
        ...[
          {title: 'Музей'},
          {username: 'museum'},
          {username: 'museum'},
          {id: '1234567890'},
          {},
          {id: '1234567890'},
          {},
        ],
      ],
    ],
  ] as Array<[string, unknown, object[]]>)
    it(`is read ${shape}`, async () => {
      const {posts, invalid, problem} = await readText('json', json(value))
      expect([invalid, problem]).to.deep.equal([[], undefined])
      expect(posts.map(({channel}) => channel)).to.deep.equal(channels)
    })

  it('is read one chat a line', async () => {
    const lines = ['@museum', '@zavod'].map((channel, index) => line({channel, messages: [post(index + 1)]}))
    const {posts, problem} = await readText('json', lines.join('\n'))
    expect(problem).to.equal(undefined)
    expect(posts.map(({channel}) => channel.username)).to.deep.equal(['museum', 'zavod'])
  })

  it('may be Extended JSON of MongoDB, relaxed or canonical', async () => {
    const relaxed = {
      _id: {$oid: '64d0c0ffee00000000000100'},
      message_id: 7,
      date: {$date: '2024-12-04T09:00:28Z'},
      text: 'x',
    }
    const canonical = {
      ...relaxed,
      message_id: {$numberLong: '7'},
      date: {$date: {$numberLong: '1733302828000'}},
      channel_id: {$numberLong: '-1001234567890'},
    }
    const {posts} = await readText('json', [relaxed, canonical].map(line).join('\n'))
    for (const each of posts) expect(each).to.deep.include({post_id: '7', published_at: DATE})
    expect(posts[1]?.channel).to.deep.equal({id: '1234567890'})
  })

  it('without ids gets ids from what it says, the same on every run and in every file, and no link', async () => {
    const csv = await readText('csv', `message,source,date,views\nПост,Музей,${ISO},5\n`)
    const lines = await readText('json', line({channel: 'Музей', date: SECONDS, text: 'Пост'}))
    expect(csv.posts[0]?.post_id).to.match(/^made-[0-9a-f]{16}$/u)
    expect(lines.posts).to.deep.equal(csv.posts)
    expect(csv.posts[0]).not.to.have.property('url')
    expect([csv.tally.madeIds, lines.tally.madeIds]).to.deep.equal([1, 1])
  })

  it('has captions at any depth, and never those of others', async () => {
    const value = [
      post(1, {text: null, caption: 'Подпись'}),
      post(2, {text: '', media: {photo: {caption: 'Глубже'}}}),
      post(3, {text: null, reply_to_message: {caption: 'Чужое'}, forward: {media: {caption: 'Чужое'}}}),
    ]
    const {posts, tally} = await readText('json', json(value))
    expect(posts.map(each => each.text)).to.deep.equal(['Подпись', 'Глубже'])
    expect(tally.withoutText).to.equal(1)
  })

  it('says when a post was edited, and believes seconds before any clock', async () => {
    const value = [
      post(1, {edit_date: '2024-12-05T00:00:00Z'}),
      post(2, {edited: true, date: '2024-12-04T23:00:28', date_unixtime: String(SECONDS)}),
      {...post(3), type: 'service'},
    ]
    const {posts, tally} = await readText('json', json(value))
    expect(posts[0]?.edited_at).to.deep.equal(new Date('2024-12-05'))
    expect(posts[1]).to.deep.include({published_at: DATE}).and.not.have.property('edited_at')
    expect(tally).to.include({service: 1, naiveDates: 0})
  })
})

function json(value: unknown): string {
  return JSON.stringify(value, undefined, 1)
}

function line(value: unknown): string {
  return JSON.stringify(value)
}

function formatted(text: string, entities: Array<[offset: number, length: number, type: string]>): object {
  return {
    '@type': 'formattedText',
    text,
    entities: entities.map(([offset, length, type]) => ({offset, length, type: {'@type': type}})),
  }
}

function tdlib(id: number, content: object): object {
  const numbers = {id: id * 2 ** 20, chat_id: -1001234567890, date: SECONDS, edit_date: 0}
  return {'@type': 'message', ...numbers, is_channel_post: true, content}
}

function pyroBold(offset: number, length: number): object {
  return {_: 'MessageEntity', type: 'MessageEntityType.BOLD', offset, length}
}

function pyrogram(id: number, more: object): object {
  const chat = {_: 'Chat', id: -1001234567890, type: 'ChatType.CHANNEL', title: 'Музей', username: 'museum'}
  return {_: 'Message', id, sender_chat: chat, chat, date: '2024-12-04 12:00:28', ...more}
}

function dumped(id: number, message: string): object {
  const entities = id === 7 ? [{_: 'TL_messageEntityBold', Offset: 0, Length: 4}] : null
  const peer = {_: 'TL_peerChannel', ChannelID: 1234567890}
  return {
    _: 'TL_message',
    _TL_LAYER: 119,
    ID: id,
    Post: true,
    PeerID: peer,
    Date: SECONDS,
    Message: message,
    Entities: entities,
  }
}

function botPost(message_id: number, more: object): object {
  const chat = {id: -1001234567890, type: 'channel', title: 'Музей', username: 'museum'}
  return {message_id, chat, date: SECONDS, ...more}
}

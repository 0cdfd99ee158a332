import {expect} from 'chai'

import {readText} from '../reading.ts'

const message = (id: number, text: unknown = 'текст', more: object = {}): object => ({
  id,
  type: 'message',
  date: '2024-12-04T12:00:28',
  date_unixtime: '1733302828',
  text,
  ...more,
})
const chat = (type: string | null, messages: object[], more: object = {}): object => ({
  name: 'Чат',
  type,
  id: 77,
  messages,
  ...more,
})
const account = (chats: object[], left: object[] = []): object => ({
  about: 'Here is the data you requested.',
  personal_information: {user_id: 1, first_name: 'И', bio: '{"messages": ['},
  contacts: {about: '', list: [{first_name: 'А'}]},
  chats: {about: 'This page lists all chats from this export.', list: chats},
  left_chats: {about: '', list: left},
})
const read = (value: unknown, zone?: string) => readText('telegram-desktop', JSON.stringify(value, undefined, 1), zone)

describe('a Telegram Desktop export', () => {
  it('gives the posts of a channel, its name and bare id', async () => {
    const {posts, problem} = await read(chat('public_channel', [message(5)]))
    expect(problem).to.equal(undefined)
    expect(posts).to.deep.equal([
      {channel: {title: 'Чат', id: '77'}, post_id: '5', published_at: new Date('2024-12-04T09:00:28Z'), text: 'текст'},
    ])
  })

  it('is read when it is of a private channel', async () => {
    expect((await read(chat('private_channel', [message(5)]))).posts).to.have.lengthOf(1)
  })

  for (const type of [
    'personal_chat',
    'bot_chat',
    'saved_messages',
    'replies',
    'verification_codes',
    'private_group',
    'private_supergroup',
    'public_supergroup',
    'something_new',
    null,
  ])
    it(`is refused when it is of type ${type}, and shows nothing of what was said`, async () => {
      const {posts, problem} = await read(chat(type, [message(5, 'тайна')]))
      expect(posts).to.deep.equal([])
      expect(problem?.reason).to.match(/^refused: this is .*, only channels are read$/u)
      expect(problem?.reason).to.include(String(type))
      expect(problem?.place.raw).to.equal('')
    })

  it('of an account gives its channels, also those left, and names the chats left out', async () => {
    const {posts, tally, problem} = await read(
      account(
        [
          chat('personal_chat', [message(1)], {name: 'Анна'}),
          chat('public_channel', [message(2)]),
          {type: 'saved_messages', id: 9, messages: [message(3)]},
          chat('private_channel', [], {name: 'Пусто'}),
        ],
        [chat('public_channel', [message(4)], {name: 'Был'})],
      ),
    )
    expect(problem).to.equal(undefined)
    expect(posts.map(post => [post.channel.title, post.post_id])).to.deep.equal([
      ['Чат', '2'],
      ['Был', '4'],
    ])
    expect(tally.skippedChats).to.deep.equal([
      {name: 'Анна', type: 'personal_chat'},
      {name: '', type: 'saved_messages'},
    ])
  })

  it('of an account without a channel is refused', async () => {
    const {problem} = await read(account([chat('bot_chat', []), chat('personal_chat', [])]))
    expect(problem?.reason).to.equal('refused: it holds no channel, only 2 other chats')
    expect((await read({about: 'x'})).problem?.reason).to.equal('refused: it holds no channel')
  })

  it('is read, and refused, when a tool put the type behind the messages', async () => {
    const sorted = (type: string, id: number): object => ({id: 5, messages: [message(id)], name: 'Имя', type})
    expect((await read(sorted('public_channel', 3))).posts[0]).to.deep.include({
      post_id: '3',
      channel: {id: '5', title: 'Имя'},
    })
    expect((await read(sorted('personal_chat', 3))).problem?.reason).to.include('a private chat')
    const mixed = await read(
      account([sorted('personal_chat', 1), chat('public_channel', [message(2)]), sorted('public_channel', 3)]),
    )
    expect(mixed.posts.map(post => post.post_id)).to.deep.equal(['2', '3'])
  })

  it('turns arrays of text into Markdown', async () => {
    const text = [
      'Слово ',
      {type: 'bold', text: 'жирное'},
      ', ',
      {type: 'italic', text: 'курсив'},
      {type: 'strikethrough', text: 'нет'},
      {type: 'code', text: 'x'},
      {type: 'pre', text: 'a\nb', language: 'go'},
      {type: 'text_link', text: 'сайт', href: 'https://e.ru/'},
      {type: 'mention_name', text: 'Иван', user_id: 12},
      {type: 'hashtag', text: '#тег'},
      {type: 'spoiler', text: '?'},
      {type: 'bold', text: ''},
      '',
    ]
    const {posts} = await read(chat('public_channel', [message(1, text)]))
    expect(posts[0]?.text).to.equal(
      'Слово **жирное**, __курсив__~~нет~~`x```` a\nb```[сайт](https://e.ru/)[Иван](tg://user?id=12)#тег?'.replace(
        '``` a',
        '```a',
      ),
    )
  })

  it('counts what is no post: service messages, unsupported ones, media alone', async () => {
    const messages = [
      {id: 1, type: 'service', action: 'pin_message', text: ''},
      {id: 2, type: 'unsupported'},
      message(3, ''),
      message(4, []),
      message(5, null),
      message(6, [' \n', {type: 'plain', text: ''}]),
    ]
    expect((await read(chat('public_channel', messages))).tally).to.deep.include({
      posts: 0,
      service: 2,
      withoutText: 4,
      invalid: 0,
    })
  })

  it('tells where a post was forwarded from', async () => {
    const {posts} = await read(
      chat('public_channel', [message(1, 'а', {forwarded_from: 'Источник'}), message(2, 'б', {forwarded_from: null})]),
    )
    expect(posts.map(post => post.forwarded_from)).to.deep.equal(['Источник', undefined])
  })

  it('of an old Desktop, without date_unixtime, needs the zone of the machine that made it', async () => {
    const old = chat('public_channel', [message(1, 'а', {date_unixtime: undefined})])
    expect((await read(old)).invalid[0]?.reason).to.match(/"date" is "2024-12-04T12:00:28", which has no UTC offset/u)
    expect((await read(old, 'Europe/Moscow')).posts[0]?.published_at).to.deep.equal(new Date('2024-12-04T09:00:28Z'))
  })

  it('is read in spite of the \\x escapes that Telegram Desktop writes against the rules of JSON', async () => {
    const text = JSON.stringify(chat('public_channel', [message(1, 'до|после \\x0B'), message(2)])).replaceAll(
      '|',
      '\\x0B',
    )
    const {posts, problem} = await readText('telegram-desktop', text)
    expect(problem).to.equal(undefined)
    expect(posts.map(post => post.text)).to.deep.equal(['до\x0Bпосле \\x0B', 'текст'])
  })

  it('reports messages that are none, with their number in the chat', async () => {
    const {invalid, posts} = await read(
      chat('public_channel', [message(1), {id: 2, type: 'message'}, message(3, 7), message(4, [7])]),
    )
    expect(posts).to.have.lengthOf(1)
    expect(invalid.map(({record, reason}) => [record, reason])).to.deep.equal([
      [2, '"date" is missing, not a date'],
      [3, '"text" is a number, not a string'],
      [4, '"text[0]" is a number, not an object'],
    ])
  })

  for (const [what, text, reason] of [
    ['messages that are no array', '{"type": "public_channel", "messages": {}}', /"\[" is missing \(byte 39\)/u],
    [
      'a name that is no string',
      '{"name": 5, "type": "public_channel", "messages": []}',
      /the chat's "name" is a number/u,
    ],
    ['a key without a value', '{"type": "public_channel", "messages"', /cut short/u],
    ['a key without quotes', '{type: 1}', /a key in double quotes is missing \(byte 1\)/u],
    ['a header that is not JSON', '{"type": tru, "messages": []}', /invalid JSON: /u],
    [
      'a header that is not UTF-8',
      '{"name": "\xFF", "type": "public_channel", "messages": []}',
      /not valid UTF-8 in the value/u,
    ],
    ['something after the end', '{"type": "public_channel", "messages": []} x', /something follows the end/u],
    ['a skipped value that never ends', '{"type": "public_channel", "messages": [], "x": [[', /cut short/u],
    ['a skipped value that nests 100,000 deep', `{"x": ${'['.repeat(100_000)}`, /nested deeper than 512 levels/u],
  ] as Array<[string, string, RegExp]>)
    it(`ends at ${what}`, async () => {
      expect((await readText('telegram-desktop', Buffer.from(text, 'latin1'))).problem?.reason).to.match(reason)
    })
})

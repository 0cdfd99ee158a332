import {expect} from 'chai'

import {readText} from '../reading.ts'

const message = (id: number, more: object = {}): object => ({
  _: 'Message',
  id,
  peer_id: {_: 'PeerChannel', channel_id: 1159659895},
  date: '2021-12-29T10:28:28+00:00',
  message: 'текст',
  post: true,
  entities: [],
  ...more,
})
const read = (...messages: object[]) => readText('mtproto', JSON.stringify(messages))

describe('a raw MTProto dump', () => {
  it('gives posts with formatting written out by UTF-16 offsets', async () => {
    const entities = [
      {_: 'MessageEntityCustomEmoji', offset: 0, length: 2, document_id: 1},
      {_: 'MessageEntityBold', offset: 3, length: 6},
      {_: 'MessageEntityTextUrl', offset: 10, length: 4, url: 'https://e.ru/'},
      {_: 'MessageEntityMentionName', offset: 15, length: 2, user_id: 5},
    ]
    const {posts, invalid} = await read(message(1, {message: '🇷🇺'.slice(0, 2) + ' жирный сайт 👤', entities}))
    expect(invalid).to.deep.equal([])
    expect(posts[0]).to.deep.equal({
      channel: {id: '1159659895'},
      post_id: '1',
      published_at: new Date('2021-12-29T10:28:28Z'),
      text: '🇷 **жирный** [сайт](https://e.ru/) [👤](tg://user?id=5)',
    })
  })

  it('may have one message a line', async () => {
    const {posts} = await readText('mtproto', `${JSON.stringify(message(1))}\n${JSON.stringify(message(2))}\n`)
    expect(posts.map(post => post.post_id)).to.deep.equal(['1', '2'])
    expect(posts[0]?.channel).to.equal(posts[1]?.channel)
  })

  it('counts service messages, deleted ones and media alone', async () => {
    const {tally} = await read(
      {_: 'MessageService', id: 1},
      {_: 'MessageEmpty', id: 2},
      message(3, {message: ''}),
      message(4, {message: null}),
    )
    expect(tally).to.deep.include({posts: 0, service: 2, withoutText: 2, invalid: 0})
  })

  for (const [what, more] of [
    ['a private chat or group ("PeerUser")', {peer_id: {_: 'PeerUser', user_id: 5}}],
    ['a private chat or group ("PeerChat")', {peer_id: {_: 'PeerChat', chat_id: 5}}],
    ['a group', {post: false}],
  ] as Array<[string, object]>)
    it(`is refused from the first message of ${what}, which it does not show`, async () => {
      const {posts, problem} = await read(message(1), message(2, {message: 'тайна', ...more}), message(3))
      expect(posts.map(post => post.post_id)).to.deep.equal(['1'])
      expect(problem).to.deep.include({
        message: `refused: message 2 is of ${what}, only posts of channels are read`,
        place: {raw: ''},
      })
    })

  it('tells where a post was forwarded from: a name, or else a channel by its id', async () => {
    const {posts} = await read(
      message(1, {fwd_from: {from_id: {_: 'PeerChannel', channel_id: 1526452346}, from_name: null}}),
      message(2, {fwd_from: {from_id: null, from_name: 'Имя'}}),
      message(3, {fwd_from: {from_id: {_: 'PeerUser', user_id: 7}}}),
      message(4, {fwd_from: null}),
    )
    expect(posts.map(post => post.forwarded_from)).to.deep.equal(['channel1526452346', 'Имя', undefined, undefined])
  })

  it('reports what is no message', async () => {
    const {invalid} = await read(
      {_: 'User'},
      message(1.5),
      message(2, {peer_id: null}),
      message(3, {entities: [{_: 'MessageEntityBold', offset: 4, length: 9}]}),
      message(4, {entities: [{_: 'MessageEntityBold', offset: '0', length: 1}]}),
      message(5, {entities: {}}),
      message(6, {message: ['x']}),
      message(7, {date: 'yesterday'}),
      message(8, {peer_id: {_: 'PeerChannel', channel_id: 1e300}}),
    )
    expect(invalid.map(({record, reason}) => `${record} ${reason.english}`)).to.deep.equal([
      '1 "_" is "User", not "Message"',
      '2 "id" is 1.5, not a whole number from 1 to 9007199254740991',
      '3 "peer_id" is missing, not an object',
      '4 an entity reaches from 4 over 9 UTF-16 units, the text has 5',
      '5 entity 1 has no offset or length',
      '6 "entities" is not an array',
      '7 "message" is an array, not a string',
      '8 "date" is "yesterday", not a date',
      '9 "peer_id.channel_id" is 1e+300, not a whole number from 1 to 9007199254740991',
    ])
  })
})

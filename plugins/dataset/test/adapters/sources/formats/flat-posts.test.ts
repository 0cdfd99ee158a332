import {expect} from 'chai'

import {readText} from '../reading.ts'

const DATE = '2024-12-04T09:00:28Z'

describe('flat records of posts', () => {
  it('have the names of any collector', async () => {
    const lines = [
      {
        post_id: 'a-1',
        published_at: DATE,
        text: 'раз',
        channel: '@habr',
        title: 'Заголовок',
        url: 'https://habr.com/1',
      },
      {id: 2, datetime: DATE, content: 'два', channel: 'https://t.me/s/habr'},
      {message_id: '3', timestamp: 1733302828, message: 'три', channel: 'Хабр', channel_id: -1001032086354},
      {id: 4, date: DATE, text: 'четыре', username: 'habr', channel_title: 'Хабр', forwarded_from: 'Источник'},
    ]
    const {posts, invalid} = await readText('json', lines.map(line => JSON.stringify(line)).join('\n'))
    const published_at = new Date(DATE)
    expect(invalid).to.deep.equal([])
    expect(posts).to.deep.equal([
      {
        channel: {username: 'habr'},
        post_id: 'a-1',
        published_at,
        text: 'раз',
        url: 'https://habr.com/1',
        title: 'Заголовок',
      },
      {channel: {username: 'habr'}, post_id: '2', published_at, text: 'два', url: 'https://t.me/habr/2'},
      {channel: {title: 'Хабр', id: '1032086354'}, post_id: '3', published_at, text: 'три'},
      {
        channel: {title: 'Хабр', username: 'habr'},
        post_id: '4',
        published_at,
        text: 'четыре',
        url: 'https://t.me/habr/4',
        forwarded_from: 'Источник',
      },
    ])
  })

  it('leave out what has no text, and blank lines', async () => {
    const {tally} = await readText('json', `\n{"id":1,"date":"${DATE}","text":""}\r\n \t\n{"id":2,"date":"${DATE}"}\n`)
    expect(tally).to.deep.include({posts: 0, withoutText: 2, invalid: 0})
  })

  it('are good or bad line by line', async () => {
    const good = (id: number): string => `{"id":${id},"date":"${DATE}","text":"x"}`
    const lines = [
      good(1),
      '{"id":2',
      good(3),
      `{"id":4,"date":"${DATE}","text":"\xFF"}`,
      good(5),
      '[]',
      '\uFEFF' + good(7),
    ]
    const bytes = Buffer.concat(lines.map((line, index) => Buffer.from(`${line}\n`, index === 3 ? 'latin1' : 'utf8')))
    const {posts, invalid} = await readText('json', bytes)
    expect(posts.map(post => post.post_id)).to.deep.equal(['1', '3', '5'])
    expect(invalid.map(({line, reason}) => [line, reason.english.slice(0, 30)])).to.deep.equal([
      [2, "invalid JSON: Expected ',' or "],
      [4, 'not valid UTF-8'],
      [6, 'the record is an array, not an'],
      [7, 'invalid JSON: Unexpected token'],
    ])
    expect(invalid[0]).to.deep.include({file: 'file', raw: '{"id":2'})
  })

  it('end at a line longer than 16 MiB', async () => {
    const {problem, posts} = await readText(
      'json',
      `{"id":1,"date":"${DATE}","text":"x"}\n"${'x'.repeat(17 * 1024 * 1024)}`,
    )
    expect(posts).to.have.lengthOf(1)
    expect(problem?.reason).to.equal('a line is longer than 16777216 bytes')
    expect(problem?.place.line).to.equal(2)
  })

  it("need the zone of dates without an offset, except in what comes from Telegram's API", async () => {
    const naive = '{"id":1,"date":"2024-12-04 12:00:28","text":"x"}'
    for (const text of [naive, `[${naive}]`, `{"messages": [${naive}]}`]) {
      const {posts, tally} = await readText('json', text, 'Europe/Moscow')
      expect(posts[0]?.published_at).to.deep.equal(new Date('2024-12-04T12:00:28Z'))
      expect(tally.naiveDates).to.equal(1)
    }
    const csv = 'id,date,text\n1,2024-12-04 12:00:28,x\n'
    expect((await readText('csv', csv)).invalid[0]?.reason).to.match(/has no UTC offset/u)
    expect((await readText('csv', csv, 'Europe/Moscow')).posts[0]?.published_at).to.deep.equal(new Date(DATE))
  })

  it('of one channel share one channel object', async () => {
    const line = `{"id":1,"date":"${DATE}","text":"x","channel":"Хабр"}`
    const {posts} = await readText('json', `${line}\n${line}`)
    expect(posts[0]?.channel).to.equal(posts[1]?.channel)
  })

  it('of the web preview have ids of the form channel/number', async () => {
    const line = (id: unknown): string =>
      JSON.stringify({id, datetime: DATE, text: 'x', channelTitle: 'Т', tgLink: 't.me/other/9'})
    const {posts, invalid} = await readText(
      'web-preview',
      [line('habr/7'), line(7), line('habr/0'), line('a b/7'), line('habr/7/8')].join('\n'),
    )
    expect(posts).to.deep.equal([
      {
        channel: {username: 'habr', title: 'Т'},
        post_id: '7',
        published_at: new Date(DATE),
        text: 'x',
        url: 'https://t.me/other/9',
      },
    ])
    expect(invalid.map(each => each.line)).to.deep.equal([2, 3, 4, 5])
    const array = await readText('web-preview', `[${line('habr/7')}]`)
    expect(array.posts).to.deep.equal(posts)
  })
})

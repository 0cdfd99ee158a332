import {expect} from 'chai'

import {
  asObject,
  bareChannelId,
  httpUrl,
  messageId,
  optionalString,
  postId,
  senderChannelId,
} from '#src/adapters/sources/formats/record-fields.js'

describe('the fields of a record', () => {
  it('are those of an object, and of nothing else', () => {
    expect(asObject({a: 1})).to.deep.equal({a: 1})
    for (const value of [null, [], 'x', 1, undefined]) expect(() => asObject(value)).to.throw(/, not an object$/u)
  })

  it('give a message id from a whole number, written either way', () => {
    expect([messageId(7, 'id'), messageId('0042', 'id')]).to.deep.equal(['7', '42'])
    expect([messageId('100.0', 'id'), messageId({$numberLong: '100'}, 'id')]).to.deep.equal(['100', '100'])
  })

  for (const value of [
    0,
    -1,
    1.5,
    2 ** 53,
    Infinity,
    Number.NaN,
    '-1',
    '1e3',
    '99999999999999999',
    ' 1',
    '',
    null,
    true,
  ])
    it(`refuse the message id ${JSON.stringify(value)} (${String(value)})`, () => {
      expect(() => messageId(value, 'id')).to.throw(/^"id" is .*, not a whole number from 1 to 9007199254740991$/u)
    })

  it('give any name without blanks as the id of a post', () => {
    expect(postId('@habr:2024/7', 'id')).to.equal('@habr:2024/7')
    for (const value of ['a b', 'a\nb', 'x'.repeat(201)])
      expect(() => postId(value, 'id')).to.throw(/not an id without/u)
  })

  it('give the bare id of a channel from an id of either sign, marked or not', () => {
    for (const id of [-1001000724666, '-1001000724666', 1001000724666, -1000724666, 1000724666, 'channel1000724666'])
      expect(bareChannelId(id), String(id)).to.equal('1000724666')
    expect(bareChannelId({$numberLong: '-1001000724666'})).to.equal('1000724666')
    for (const id of [-1e12, 0, Infinity, 'x', '', true, {}, undefined, null])
      expect(bareChannelId(id), JSON.stringify(id)).to.equal(undefined)
  })

  it('give the id of a sender only when it has the form of a channel', () => {
    expect([senderChannelId(-1001000724666), senderChannelId('channel7')]).to.deep.equal(['1000724666', '7'])
    for (const id of [1000724666, 'user7', -724666]) expect(senderChannelId(id), String(id)).to.equal(undefined)
  })

  it('hold text: half a surrogate pair becomes U+FFFD, a NUL is refused', () => {
    expect(optionalString('a\uD83D b 😀', 'text')).to.equal('a\uFFFD b 😀')
    expect(() => optionalString('a\0b', 'text')).to.throw('"text" holds a NUL character')
    expect(() => optionalString(5, 'text')).to.throw('"text" is a number, not a string')
    for (const absent of ['', null, undefined]) expect(optionalString(absent, 'text')).to.equal(undefined)
  })

  it('hold http addresses', () => {
    expect(httpUrl('t.me/habr/1')).to.equal('https://t.me/habr/1')
    expect(httpUrl('https://пример.рф/a')).to.equal('https://пример.рф/a')
    for (const value of ['javascript:alert(1)', 'habr', 'https://', 5, null]) expect(httpUrl(value)).to.equal(undefined)
  })
})

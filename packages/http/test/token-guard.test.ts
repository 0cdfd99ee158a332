import {timingSafeEqual} from 'node:crypto'

import {expect} from 'chai'

import {createTokenGuard, createTokenLookup} from '#src/token-guard.js'

const FIRST = 'a'.repeat(32)
const SECOND = 'b'.repeat(32)

describe('the lookup of tokens', () => {
  it('finds the holder of a token, and nobody for anything else', () => {
    const holderOf = createTokenLookup([
      [FIRST, 'first'],
      [SECOND, 'second'],
    ])
    expect(holderOf(`Bearer ${FIRST}`)).to.equal('first')
    expect(holderOf(`bearer ${SECOND}`)).to.equal('second')
    for (const header of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      FIRST,
      `Basic ${FIRST}`,
      `Bearer ${FIRST}x`,
      `Bearer ${FIRST.slice(1)}`,
      `Bearer ${FIRST} ${FIRST}`,
      `Bearer ${FIRST}, Bearer ${SECOND}`,
      `Bearer ${FIRST}\u00e4`,
    ])
      expect(holderOf(header), String(header)).to.equal(undefined)
    expect(createTokenLookup([])('Bearer x')).to.equal(undefined)
  })

  // What takes time is what is compared: the same work for every header leaves nothing to measure.
  it('compares digests of one length with every token, wherever a wrong token differs', () => {
    const compared: [number, number][] = []
    const holderOf = createTokenLookup(
      [
        [FIRST, 1],
        [SECOND, 2],
      ],
      (a, b) => {
        compared.push([a.byteLength, b.byteLength])
        return timingSafeEqual(a, b)
      },
    )
    for (const token of [FIRST, SECOND, `x${FIRST.slice(1)}`, `${FIRST.slice(0, -1)}x`, 'x', 'x'.repeat(4096), '']) {
      holderOf(`Bearer ${token}`)
      expect(compared.splice(0), token.slice(0, 40)).to.deep.equal([
        [32, 32],
        [32, 32],
      ])
    }
  })

  it('makes unlike digests of tokens that differ in one byte only', () => {
    const seen: string[] = []
    const holderOf = createTokenLookup([[FIRST, 1]], given => {
      seen.push(Buffer.from(given).toString('hex'))
      return false
    })
    holderOf(`Bearer ${FIRST.slice(0, -1)}x`)
    holderOf(`Bearer x${FIRST.slice(1)}`)
    expect(new Set(seen.map(hex => hex.slice(0, 8)))).to.have.length(2)
  })
})

describe('the guard of a route', () => {
  it('asks for the token where one is needed, and closes what needs one that the server does not have', () => {
    const guard = createTokenGuard(FIRST)
    expect(() => guard('always', `Bearer ${FIRST}`)).to.not.throw()
    expect(() => guard(undefined, undefined)).to.not.throw()
    expect(() => guard('when-set', 'Bearer wrong'))
      .to.throw('a valid bearer token')
      .with.property('status', 401)
    const without = createTokenGuard(undefined)
    expect(() => without('when-set', undefined)).to.not.throw()
    expect(() => without('always', 'Bearer x'))
      .to.throw('without a token')
      .with.property('status', 403)
  })
})

import {readFileSync} from 'node:fs'
import {expect} from 'chai'
import * as fc from 'fast-check'
import {messageText, toMarkdown, type Formatting} from '#src/adapters/sources/formats/message-text.js'

// Random texts and entities with what `telethon.extensions.markdown.unparse` of Telethon 1.45.0 made of them.
const FIXTURE = new URL('../fixtures/telethon-unparse.json', import.meta.url)
const TELETHON = JSON.parse(readFileSync(FIXTURE, 'utf8')) as Array<{
  text: string
  entities: unknown[]
  markdown: string
}>

describe('toMarkdown', () => {
  it('writes what Telethon writes: nested, touching, crossing, around emoji', () => {
    for (const {text, entities, markdown} of TELETHON)
      expect(messageText({text, entities}, 'message')).to.equal(markdown)
    expect(TELETHON).to.have.lengthOf(40)
  })

  it('counts in UTF-16 units', () => {
    const text = '😀😀 жирно'
    expect(toMarkdown(text, [{offset: 5, length: 5, kind: 'bold'}])).to.equal('😀😀 **жирно**')
    expect(toMarkdown('👩‍👩‍👧 x', [{offset: 9, length: 1, kind: 'link', url: 'http://e'}])).to.equal('👩‍👩‍👧 [x](http://e)')
  })

  it('never takes a character apart', () => {
    expect(toMarkdown('a😀b', [{offset: 2, length: 2, kind: 'bold'}])).to.equal('a😀**b**')
    expect(toMarkdown('a😀b', [{offset: 0, length: 2, kind: 'bold'}])).to.equal('**a😀**b')
    expect(toMarkdown('😀', [{offset: 1, length: 1, kind: 'bold'}])).to.equal('😀')
  })

  it('loses no character and adds none but the marks', () => {
    const cases = fc
      .string({unit: 'grapheme', maxLength: 12})
      .filter(text => !text.includes('*'))
      .chain(text => fc.tuple(fc.constant(text), fc.array(formatting(text), {maxLength: 5})))
    fc.assert(
      fc.property(cases, ([text, formattings]) => {
        const markdown = toMarkdown(text, formattings)
        expect(markdown.replaceAll('**', '')).to.equal(text)
        expect((markdown.length - text.length) % 4).to.equal(0)
      }),
    )
  })

  for (const [offset, length] of [
    [-1, 2],
    [0, 4],
    [4, 0],
    [0.5, 1],
    [0, -1],
    [1e300, 1],
  ] as const)
    it(`refuses a stretch from ${offset} over ${length} in a text of three units`, () => {
      expect(() => toMarkdown('abc', [{offset, length, kind: 'bold'}])).to.throw(/an entity reaches from/u)
    })
})

function formatting(text: string): fc.Arbitrary<Formatting> {
  return fc
    .tuple(fc.nat(text.length), fc.nat(text.length))
    .map(([a, b]) => ({offset: Math.min(a, b), length: Math.abs(a - b), kind: 'bold'}))
}

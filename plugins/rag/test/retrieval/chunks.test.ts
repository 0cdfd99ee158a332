import {expect} from 'chai'
import * as fc from 'fast-check'

import {type Chunk, chunkPost, postIdOf} from '#src/retrieval/chunks.js'

const SENTENCES = ['Первое предложение.', 'Второе, подлиннее прежнего.', 'Третье?', 'Четвёртое!', 'Пятое и последнее.']
const POST = {id: 'kanal/7', text: SENTENCES.join(' ')}

function texts(text: string, maxLength: number, overlap = 0): string[] {
  return chunkPost({id: 'p', text}, {maxLength, overlap}).map(chunk => chunk.text)
}

describe('chunkPost', () => {
  it('keeps a short post in one piece', () => {
    expect(chunkPost(POST)).to.deep.equal([
      {id: 'kanal/7#1', postId: 'kanal/7', text: POST.text, start: 0, end: POST.text.length},
    ])
  })

  it('packs whole sentences', () => {
    expect(texts(POST.text, 50)).to.deep.equal([
      'Первое предложение. Второе, подлиннее прежнего.',
      'Третье? Четвёртое! Пятое и последнее.',
    ])
  })

  it('repeats the last sentences of a chunk in the next one, as far as they fit', () => {
    expect(texts(POST.text, 50, 30)).to.deep.equal([
      'Первое предложение. Второе, подлиннее прежнего.',
      'Второе, подлиннее прежнего. Третье? Четвёртое!',
      'Третье? Четвёртое! Пятое и последнее.',
    ])
  })

  it('cuts a sentence that is too long between words, and a word that is too long anywhere', () => {
    expect(texts('один два три четыре пять', 9)).to.deep.equal(['один два', 'три', 'четыре', 'пять'])
    expect(texts('абвгдежзик', 4)).to.deep.equal(['абвг', 'дежз', 'ик'])
  })

  it('never cuts a character in two', () => {
    for (const chunk of texts('😀'.repeat(20), 5)) expect(chunk.isWellFormed(), chunk).to.equal(true)
    expect(texts('😀'.repeat(3), 2)).to.deep.equal(['😀', '😀', '😀'])
  })

  it('has no chunks for a post without text', () => {
    expect(texts(' \n ', 50)).to.deep.equal([])
  })

  it('leaves all chunks but the last as they were when a paragraph is added', () => {
    const before = chunkPost(POST, {maxLength: 50, overlap: 30})
    const after = chunkPost(
      {...POST, text: `${POST.text}\nНовый абзац. И ещё одно предложение.`},
      {maxLength: 50, overlap: 30},
    )
    expect(after.slice(0, before.length - 1)).to.deep.equal(before.slice(0, -1))
    expect(after.length).to.be.greaterThan(before.length)
  })

  it('covers every visible character, within the length, moving on with each chunk', () => {
    const word = fc.stringMatching(/^[а-яё😀]{1,12}$/u)
    const text = fc.array(fc.tuple(word, fc.constantFrom(' ', '. ', '! ', '\n', ', ')), {maxLength: 40})
    const options = fc.record({
      maxLength: fc.integer({min: 2, max: 60}),
      share: fc.double({min: 0, max: 0.9, noNaN: true}),
    })
    fc.assert(
      fc.property(text, options, (pairs, {maxLength, share}) => {
        const post = {id: 'p', text: pairs.flat().join('')}
        checkCover(post.text, chunkPost(post, {maxLength, overlap: Math.floor(maxLength * share)}), maxLength)
      }),
      {numRuns: 500, seed: 1},
    )
  })

  it('refuses an overlap as long as a chunk', () => {
    expect(() => texts('а', 10, 10)).to.throw(RangeError, 'overlap is 10')
    expect(() => texts('а', 10, -1)).to.throw(RangeError, 'overlap is -1')
    expect(() => texts('а', 1)).to.throw(RangeError, 'maxLength 1')
  })
})

function checkCover(text: string, chunks: Chunk[], maxLength: number): void {
  const covered = new Set<number>()
  for (const [i, chunk] of chunks.entries()) {
    expect(chunk.id).to.equal(`p#${i + 1}`)
    expect(chunk.text).to.equal(text.slice(chunk.start, chunk.end))
    expect(chunk.text.length).to.be.within(1, maxLength)
    expect(chunk.end).to.be.greaterThan(chunks[i - 1]?.end ?? 0)
    expect(chunk.start).to.be.greaterThan(chunks[i - 1]?.start ?? -1)
    for (let place = chunk.start; place < chunk.end; place++) covered.add(place)
  }
  for (let place = 0; place < text.length; place++)
    if (/\S/.test(text[place]!)) expect(covered.has(place), `${place} of ${JSON.stringify(text)}`).to.equal(true)
}

describe('postIdOf', () => {
  it('gives the post of a chunk, also when the id of the post has a #', () => {
    expect(postIdOf('kanal/7#12')).to.equal('kanal/7')
    expect(postIdOf('a#b#1')).to.equal('a#b')
  })
})

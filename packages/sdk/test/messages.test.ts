import {expect} from 'chai'
import {countOf} from '#src/count-of.js'
import {defineMessages} from '#src/messages.js'

const english = {
  none: 'no posts with text',
  nothingBut: ({what}: {what: string}) => `nothing but ${what}`,
  adverts: 'adverts (a+b)',
  tooFew: ({sentences, needed}: {sentences: number; needed: number}) =>
    `${countOf(sentences, 'sentence')}, ${needed} are needed`,
}

describe('messages that documents keep in English', () => {
  const {recorded} = defineMessages(english, async () => ({
    none: 'нет постов с текстом',
    nothingBut: ({what}) => `одни только ${what}`,
    adverts: 'реклама',
    tooFew: ({sentences, needed}) => `предложений ${sentences + 0}, а нужно ${needed}`,
  }))
  const KEYS = ['none', 'nothingBut', 'adverts', 'tooFew'] as const

  const KEPT: [text: string, russian: string | undefined][] = [
    ['no posts with text', 'нет постов с текстом'],
    ['nothing but adverts (a+b)', 'одни только реклама'],
    ['nothing but cats', 'одни только cats'],
    ['2 sentences, 3 are needed', 'предложений 2, а нужно 3'],
    ['1 sentence, 3 are needed', 'предложений 1, а нужно 3'],
    ['no posts with texts', undefined],
  ]
  for (const [text, russian] of KEPT)
    it(`are found by their words: ${text}`, async () => {
      const found = recorded(text, KEYS)
      expect(await found?.in('ru')).to.equal(russian)
      expect(found?.english).to.equal(russian === undefined ? undefined : text)
    })

  it('are looked for among the named ones alone', () => {
    expect(recorded('no posts with text', ['adverts'])).to.equal(undefined)
  })
})

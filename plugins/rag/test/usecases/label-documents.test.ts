import {stripVTControlCharacters} from 'node:util'
import {expect} from 'chai'
import * as fc from 'fast-check'
import stringWidth from 'string-width'
import {russianAnalyser} from '#src/retrieval/analysers.js'
import {matchedWords} from '#src/retrieval/analyser.js'
import {labelDocuments} from '#src/usecases/label-documents.js'
import {labelWords, renderLabelScreen} from '#src/usecases/label-screen.js'
import {Labelling} from '#src/usecases/labelling.js'

const analyser = russianAnalyser()
const TEXTS: Record<string, string> = {
  'a/1': 'Открыли новые станции. Поезда идут.',
  'a/2': Array.from({length: 40}, (_, i) => `строка ${i}`).join('\n'),
}
const QUERIES = [{id: 'q1', text: 'станция метро', documents: ['a/1', 'a/2']}]

/** Runs a session with these keys; gives back the pictures and what was saved. */
async function session(keys: (string | undefined)[], {hasColour = false, columns = 60, rows = 16} = {}) {
  const pictures: string[] = []
  const saved: string[] = []
  const labelling = new Labelling(QUERIES, new Map())
  const terminal = {
    keys: (async function* () {
      yield* keys
    })(),
    size: () => ({columns, rows}),
    draw: (lines: readonly string[]) => void pictures.push(lines.join('\n')),
  }
  const result = await labelDocuments(
    {
      terminal,
      save: async ({query, document, grade}) => void saved.push(`${query} ${document} ${grade}`),
      textOf: id => TEXTS[id]!,
      matchesOf: (text, query) => matchedWords(text, query, analyser),
      words: labelWords('ru'),
      hasColour,
    },
    labelling,
  )
  return {pictures, saved, ...result}
}

describe('the labelling screen', () => {
  it('marks the words that the query is found by, in brackets where there is no colour', async () => {
    const [plain] = (await session([])).pictures
    expect(plain).to.include('Открыли новые [станции]. Поезда идут.').and.include('документ 1 из 2')
    expect(plain).to.not.include('\u001B')
    const [coloured] = (await session([], {hasColour: true})).pictures
    expect(coloured).to.include('\u001B[33mстанции\u001B[39m')
  })

  it('saves every judgement before the next picture, in either layout of the keyboard', async () => {
    const {saved, pictures, made, interrupted} = await session(['3', 'г', '0', 'Ы', '1', 'q', '2'])
    expect(saved).to.deep.equal(['q1 a/1 3', 'q1 a/1 undefined', 'q1 a/1 0', 'q1 a/2 1'])
    expect({made, interrupted}).to.deep.equal({made: 2, interrupted: false})
    expect(pictures.at(-1)).to.include('всё размечено')
  })

  it('ignores keys without a meaning', async () => {
    expect((await session(['x', '7', '', 'up', undefined, 'Ё'])).saved).to.deep.equal([])
  })

  it('says that it was interrupted by Ctrl-C, and ends when the terminal is gone', async () => {
    expect(await session(['1', '\u0003', '2'])).to.include({made: 1, interrupted: true})
    expect(await session(['1'])).to.include({made: 1, interrupted: false})
  })

  it('scrolls a long text to its end and back', async () => {
    const {pictures} = await session(['right', ...Array.from({length: 60}, () => 'down'), 'up'])
    expect(pictures[1]).to.include('строка 0\n').and.include('ещё строк: ')
    expect(pictures.at(-2)).to.include('строка 39').and.not.include('ещё строк')
    expect(pictures.at(-1)).to.include('строка 38').and.include('ещё строк: 1')
  })

  it('fits any terminal with any text, and lets no text move the cursor', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom('ё', 'Щ', ' ', '\n', '漢', '👨‍👩‍👧', '\u001B[2J', '\u202E', '\u0007', 'слово'),
        fc.string({unit: 'grapheme', maxLength: 3}),
      ),
    })
    fc.assert(
      fc.property(
        text,
        text,
        fc.integer({min: 4, max: 200}),
        fc.integer({min: 1, max: 50}),
        fc.nat(9),
        (body, query, columns, rows, scrolled) => {
          const labelling = new Labelling([{id: 'q', text: query, documents: ['@канал/1']}], new Map())
          const matches = matchedWords(body, query, analyser)
          for (const hasColour of [false, true]) {
            const look = {columns, rows, hasColour, words: labelWords('ru'), scrolled}
            const {lines} = renderLabelScreen(labelling, {text: body, matches}, look)
            expect(lines.length).to.be.within(1, rows)
            for (const line of lines) expect(stringWidth(line)).to.be.at.most(columns)
            const shown = stripVTControlCharacters(lines.join(''))
            expect(shown).to.not.match(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u)
          }
        },
      ),
      {numRuns: 100},
    )
  })
})

import {globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'
import {EXIT_MEANINGS} from '@ep23/sdk'

import {translator} from '#src/language/static-words.js'
import {catalogues, helpTexts, progressTexts, tableTitles} from '../helpers/static-words.ts'

const root = join(import.meta.dirname, '../..')

/** Texts of ours that stand in these sources as `t('…')`, `section('…')` or `name: '…'`, and oclif's own headings. */
const SOURCES = [
  'src/help.ts',
  'src/doctor.ts',
  'src/init/checks.ts',
  'plugins/benchmark/src/hooks/contribute.ts',
  'plugins/dataset/src/hooks/contribute.ts',
]
const OF_OCLIF = [
  '<value>',
  '<option>',
  ...['ARGUMENTS', 'FLAGS', 'DESCRIPTION', 'ALIASES', 'EXAMPLES', 'FLAG DESCRIPTIONS', 'TOPICS'],
  ...['COMMANDS'],
]
/** Names that are the same in every language. */
const NAMES = /^(?:--[\w-]+|infra|bless)$/u

describe('static texts in Russian', () => {
  const all = [...catalogues()].flatMap(([file, texts]) =>
    Object.entries(texts).map(([english, russian]) => ({file, english, russian})),
  )
  const russian = new Map(all.map(({english, russian: text}) => [english, text]))
  const needed = new Set([...helpTexts(), ...progressTexts(), ...tableTitles(), ...Object.values(EXIT_MEANINGS)])

  it('has every text of help pages, steps, tables and exit codes', () => {
    expect([...needed].filter(text => /\p{L}{2}/u.test(text) && !russian.has(text))).to.deep.equal([])
  })

  it('has no text that nothing shows', () => {
    const sources = SOURCES.map(file => readFileSync(join(root, file), 'utf8')).join('\n')
    const isShown = (text: string) =>
      needed.has(text) ||
      OF_OCLIF.includes(text) ||
      sources.includes(`'${text}'`) ||
      sources.includes(`\`${text.replace('{}', '${name}')}\``)
    expect([...russian.keys()].filter(text => !isShown(text))).to.deep.equal([])
  })

  it('has each text in one place', () => {
    const twice = all.filter(({english}, at) => all.findIndex(other => other.english === english) !== at)
    expect(twice).to.deep.equal([])
  })

  it('leaves none in English', () => {
    const left = all.filter(({english, russian: text}) => !/[а-яё]/iu.test(text) && !NAMES.test(english))
    expect(left).to.deep.equal([])
  })

  it('shows no escape of a source as it is written there', () => {
    const words = globSync('{src,plugins/*/src,packages/*/src}/words/*.ts', {cwd: root})
    const shown = words.filter(file => /\\\\[nt]/u.test(readFileSync(join(root, file), 'utf8')))
    expect(shown).to.deep.equal([])
  })

  it('names the same flags, commands, placeholders and numbers', () => {
    const differ = all.filter(({english, russian: text}) => namesIn(english).join(' ') !== namesIn(text).join(' '))
    expect(
      differ.map(({english, russian: text}) => ({english, text, en: namesIn(english), ru: namesIn(text)})),
    ).to.deep.equal([])
  })

  it('breaks lines, and shows no backslash for it', () => {
    const files = globSync(['src/words/*.ts', '{packages,plugins}/*/src/words/*.ts'], {cwd: root})
    expect(files).to.have.length.above(10)
    const shown = files.filter(file => readFileSync(join(root, file), 'utf8').includes(String.raw`\\n`))
    expect(shown).to.deep.equal([])
  })

  describe('of a plugin', () => {
    let folder: string
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'ep23-words-'))
    })
    after(() => rmSync(folder, {recursive: true}))

    const cases = [
      ['without a catalogue', undefined, 'Write notes'],
      ['whose catalogue is cut', '{"Write {}": "Запи', 'Write notes'],
      ['whose catalogue is null', 'null', 'Write notes'],
      ['whose catalogue is a list', '["Write notes"]', 'Write notes'],
      ['whose text is no text', '{"Write notes": 5}', 'Write notes'],
      ['that knows the text', '{"Write notes": "Записать заметки", "Write {}": "Записать {}"}', 'Записать заметки'],
      ['that knows the text with a name in it', '{"Write {}": "Записать {}"}', 'Записать notes'],
    ] as const
    for (const [which, catalogue, said] of cases)
      it(`${which} says "${said}"`, () => {
        const plugin = mkdtempSync(join(folder, 'plugin-'))
        mkdirSync(join(plugin, 'messages'))
        if (catalogue !== undefined) writeFileSync(join(plugin, 'messages/ru.json'), catalogue)
        const t = translator('ru', {root, plugins: new Map([['team', {root: plugin}]])})
        expect(t('Write notes')).to.equal(said)
      })
  })
})

/** What must not get lost in a translation. */
function namesIn(text: string): string[] {
  const names =
    text
      .replaceAll('127.0.0.1', '')
      .match(
        /<%[^%]*%>|\{\}|(?<![\w-])--[a-z][\w-]*|\b[a-z]+:[a-z]+(?::[a-z]+)?(?![\w/])|\b[A-Z][A-Z\d]*_[A-Z\d_]+\b|\b\d+\b/gu,
      ) ?? []
  return [...new Set(names)].sort()
}

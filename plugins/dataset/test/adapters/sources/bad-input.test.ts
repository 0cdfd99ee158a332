import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {readSource, type ReadSourceOptions} from '#src/adapters/sources/read-source.js'
import {SOURCE_FORMATS} from '#src/adapters/sources/formats/source-formats.js'
import type {InvalidRecord} from '#src/domain/file-record.js'
import {all, dataPath, describeOnData, readText, rejection} from './reading.ts'

const JSON_SUITE = dataPath('bad-input', 'json-test-suite', 'test_parsing')
const FILES = [
  ...filesIn(JSON_SUITE),
  ...filesIn(dataPath('bad-input', 'naughty-strings')),
  ...filesIn(dataPath('bad-input', 'utf8')),
]
const FORMATS = SOURCE_FORMATS.map(format => format.name)

describeOnData('the readers on bad input', () => {
  it('are given the 322 files of the collections', () => {
    expect(FILES).to.have.lengthOf(322)
  })

  for (const format of [...FORMATS, undefined]) {
    const reader = format ?? 'the detected format'

    it(`end each file with records or with exit 65, place and reason, as ${reader}`, async () => {
      for (const file of FILES) {
        const error = await rejection(all(readSource(file, forced(format))))
        if (error === undefined) continue
        expect(error, file).to.include({exit: 65})
        expect(error.code, file).to.be.oneOf(['SOURCE_INVALID', 'SOURCE_UNRECOGNISED'])
        expect(error.message, file).to.match(/: \S.{10,}/su)
        expect(error.message.startsWith(file), `${file}: ${error.message}`).to.equal(true)
      }
    })
  }

  for (const format of FORMATS)
    it(`report what is wrong in each file instead of throwing when asked to, as ${format}`, async () => {
      for (const file of FILES) {
        const invalid: InvalidRecord[] = []
        const reading = readSource(file, {format, onInvalid: each => invalid.push(each)})
        const posts = await all(reading)
        expect(reading.tally.invalid, file).to.equal(invalid.length)
        expect(posts, file).to.have.lengthOf(reading.tally.posts)
        for (const {reason, raw} of invalid) {
          expect(reason.english, file).to.have.lengthOf.above(5)
          expect(raw.length, file).to.be.at.most(2000)
          expect(raw.isWellFormed(), file).to.equal(true)
        }
      }
    })

  it('refuse every file that is no JSON, read as an array of posts', async () => {
    for (const file of suite('n_')) {
      const {posts, problem, invalid} = await readText('json', readFileSync(file))
      expect(posts, file).to.deep.equal([])
      // A file of blanks is refused where it is seen that nothing was read of the source.
      if (readFileSync(file, 'utf8').trim() !== '')
        expect(problem !== undefined || invalid.length > 0, file).to.equal(true)
    }
  })

  it('find nothing wrong with the JSON of every file that is, read as an array of posts', async () => {
    for (const file of suite('y_')) {
      const elements: unknown = JSON.parse(readFileSync(file, 'utf8'))
      const {problem, invalid} = await readText('json', readFileSync(file))
      if (Array.isArray(elements)) expect([problem, invalid.length], file).to.deep.equal([undefined, elements.length])
      else expect([problem, invalid.length], file).to.deep.equal([undefined, 1])
    }
  })

  it('keep every naughty string as it is', async () => {
    const strings = JSON.parse(readFileSync(dataPath('bad-input', 'naughty-strings', 'blns.json'), 'utf8')) as string[]
    const texts = strings.filter(text => text.trim() !== '' && !text.includes('\0'))
    const records = texts.map((text, index) => ({message_id: index + 1, date: '2024-12-03T10:00:00Z', text}))
    const {posts, invalid} = await readText('json', JSON.stringify(records))
    expect(invalid).to.deep.equal([])
    expect(posts.map(post => post.text)).to.deep.equal(texts.map(text => text.toWellFormed()))
  })

  it('tell the valid from the invalid UTF-8 sequences', async () => {
    const lines = readFileSync(dataPath('bad-input', 'utf8', 'utf8tests.bin'))
      .toString('latin1')
      .split('\n')
    const tests = lines.filter(line => /^[\d.]+:(?:valid|invalid):/u.test(line))
    const records = tests.map(line => line.slice(line.indexOf(':', line.indexOf(':') + 1) + 1)).map(jsonRecord)
    const {posts, invalid, problem} = await readText('json', Buffer.from(records.join('\n'), 'latin1'))
    expect(problem).to.equal(undefined)
    const isBad = new Set(invalid.filter(each => each.reason.english === 'not valid UTF-8').map(each => each.line))
    const wrong = tests.filter((line, index) => line.includes(':invalid:') !== isBad.has(index + 1))
    expect(wrong).to.deep.equal([])
    expect(posts.length + invalid.length).to.equal(tests.length)
  })
})

function jsonRecord(text: string, index: number): string {
  // Only the tests' own control bytes need escapes here; all others go in raw.
  const escaped = text.replaceAll(
    /["\\]|[^ -~\u0080-\u00FF]/gu,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `{"id":${index + 1},"date":"2024-12-03T10:00:00Z","text":"x${escaped}"}`
}

function forced(format: string | undefined): ReadSourceOptions {
  return format === undefined ? {} : {format}
}

function suite(prefix: string): string[] {
  return filesIn(JSON_SUITE).filter(file => file.startsWith(join(JSON_SUITE, prefix)))
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map(name => join(folder, name))
  } catch {
    // No shared data here: the suite is skipped.
    return []
  }
}

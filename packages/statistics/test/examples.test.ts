import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {runInNewContext} from 'node:vm'

import {expect} from 'chai'

import * as statistics from '#src/index.js'

const SOURCES = fileURLToPath(new URL('../src', import.meta.url))
/** ` * @example expression // value`; numbers are given to as many digits as stand there. */
const EXAMPLE = /^ \* @example (?<expression>.+?) \/\/ (?<value>.+)$/gmu

function examples(): {file: string; expression: string; value: string}[] {
  const files = readdirSync(SOURCES, {recursive: true, encoding: 'utf8'}).filter(name => name.endsWith('.ts'))
  return files.flatMap(file =>
    [...readFileSync(join(SOURCES, file), 'utf8').matchAll(EXAMPLE)].map(({groups}) => ({
      file,
      expression: groups?.['expression'] ?? '',
      value: groups?.['value'] ?? '',
    })),
  )
}

describe('the examples of the functions', () => {
  it('are found', () => expect(examples()).to.have.length.of.at.least(30))

  for (const {file, expression, value} of examples())
    it(`${expression} is ${value} (${file})`, () => {
      const found: unknown = runInNewContext(expression, {...statistics})
      const wanted: unknown = runInNewContext(`(${value})`)
      if (typeof wanted !== 'number') return expect(JSON.stringify(found)).to.equal(JSON.stringify(wanted))
      const digits = /\.(?<digits>\d+)/u.exec(value)?.groups?.['digits']?.length ?? 0
      expect(found).to.be.a('number')
      return expect(found).to.be.closeTo(wanted, 0.51 * 10 ** -digits + 1e-12)
    })
})

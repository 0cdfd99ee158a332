import {existsSync, globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

const root = join(import.meta.dirname, '..')
const TOP = /^(?:\.ci|bench|bin|config|docs|grafana|packages|plugins|prometheus|schemas|scripts|src|test|tools)\//u

/** Whatever a page names in backticks that can only be a place in this tree. */
function placesIn(page: string): string[] {
  return Array.from(readFileSync(join(root, page), 'utf8').matchAll(/`([^`\s<>]+)`/gu), ([, text = '']) => text).filter(
    text => TOP.test(text),
  )
}

for (const page of ['ARCHITECTURE.md', 'CONTRIBUTING.md']) {
  describe(page, () => {
    it('names places that are there', () => {
      const places = placesIn(page)
      expect(places).not.to.have.length(0)
      const gone = places.filter(place =>
        place.includes('*') ? globSync(place, {cwd: root}).length === 0 : !existsSync(join(root, place)),
      )
      expect(gone).to.deep.equal([])
    })
  })
}

describe('the questions of newcomers', () => {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
  const rows =
    text
      .split('## Where would I …')[1]
      ?.split('\n## ')[0]
      ?.split('\n')
      .filter(line => line.startsWith('| '))
      .slice(2) ?? []

  it('are five, each answered by two places of the tree', () => {
    expect(rows.map(row => row.split('|')[1]?.trim())).to.deep.equal([
      'change the advert rule',
      'add a judge',
      'change a gate',
      'add a metric',
      'add a reader',
    ])
    for (const row of rows) expect(row.match(/`(?:packages|plugins)\/[^`]+`/gu), row).to.have.length.at.least(2)
  })
})

import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {generatedFiles} from '../../grafana/generated-files.ts'

const folder = join(import.meta.dirname, '../../grafana')

describe('the dashboards', () => {
  it('are what their generator writes (node grafana/generate.ts)', () => {
    for (const [path, content] of generatedFiles())
      expect(readFileSync(join(folder, path), 'utf8') === content, path).to.equal(true)
  })

  it('hold no file that the generator does not write', () => {
    const files = globSync('dashboards/**/*.json', {cwd: folder}).toSorted()
    expect(files).to.deep.equal([...generatedFiles().keys()].toSorted())
  })

  it('ask the same in Russian and in English, in other words', () => {
    for (const name of ['dataset', 'exporters', 'benchmarks', 'observability', 'rag']) {
      const [english, russian] = [read(`dashboards/${name}.json`), read(`dashboards/ru/${name}-ru.json`)]
      expect(queries(russian)).to.deep.equal(queries(english)).and.not.deep.equal([])
      expect(
        titles(russian).every(title => /[а-яё]/iu.test(title)),
        name,
      ).to.equal(true)
      expect(
        titles(english).some(title => /[а-яё]/iu.test(title)),
        name,
      ).to.equal(false)
    }
  })
})

interface Dashboard {
  panels: {title: string; targets: {expr: string}[]}[]
}

function read(path: string): Dashboard {
  return JSON.parse(readFileSync(join(folder, path), 'utf8')) as Dashboard
}

function queries({panels}: Dashboard): string[] {
  return panels.flatMap(({targets}) => targets.map(({expr}) => expr))
}

function titles({panels}: Dashboard): string[] {
  return panels.map(({title}) => title)
}

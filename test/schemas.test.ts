import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {Ajv2020} from 'ajv/dist/2020.js'
import {expect} from 'chai'

const root = join(import.meta.dirname, '..')
const files = globSync(['schemas/*.json', 'plugins/*/schemas/*.json'], {cwd: root}).toSorted()

// Commands do not ask at each start whether a schema of ours is one.
describe('schemas that ep23 brings', () => {
  it('are JSON Schemas', () => {
    expect(files.length).to.be.above(50)
    const ajv = new Ajv2020({strict: false})
    const wrong = files.filter(file => ajv.validateSchema(readJson(file)) !== true)
    expect(wrong).to.deep.equal([])
  })
})

function readJson(file: string): object {
  return JSON.parse(readFileSync(join(root, file), 'utf8')) as object
}

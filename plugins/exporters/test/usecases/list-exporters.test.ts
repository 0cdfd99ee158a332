import {expect} from 'chai'

import {filePorts} from '#src/adapters/file-ports.js'
import {builtInExporters} from '#src/usecases/built-in-exporters.js'
import {readCommandExporters, registerExporters, listExporters, renderList} from '#src/usecases/exporter-registry.js'

describe('the list of exporters', () => {
  it('has one that is broken as well, with what is wrong with it', async () => {
    const commands = readCommandExporters({name: 'team', command: ['x', '{output}'], schema: 'absent.json'}, '/nowhere')
    const listed = await listExporters(
      registerExporters([{plugin: '@ep23/plugin-exporters', exporters: builtInExporters}], commands),
      filePorts,
    )
    expect(listed.map(({schema_id}) => schema_id)).to.deep.equal([
      'urn:ep23:export:digests:1',
      'urn:ep23:export:review_reports:1',
      null,
    ])
    expect(listed[2]?.problem).to.include('/nowhere/absent.json cannot be read')
    expect(renderList(listed)).to.have.lengthOf(4)
  })
})

import {expect} from 'chai'

import {builtInExporters} from '#src/usecases/registry/built-in-exporters.js'
import {listExporters, renderList} from '#src/usecases/registry/list-exporters.js'
import {readCommandExporters} from '#src/usecases/registry/read-command-exporters.js'
import {registerExporters} from '#src/usecases/registry/register-exporters.js'
import {filePorts} from '#src/wiring/file-ports.js'

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

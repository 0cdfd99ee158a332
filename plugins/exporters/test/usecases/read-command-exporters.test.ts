import {expect} from 'chai'

import {readCommandExporters} from '#src/usecases/exporter-registry.js'

const entry = {name: 'team', command: ['python3', 'x.py', '--output={output}'], schema: 'schemas/team.json'}

describe('the exporters section of the settings file', () => {
  it('may be absent, one entry or a list', () => {
    expect(readCommandExporters(undefined, '/p')).to.deep.equal([])
    const [one] = readCommandExporters(entry, '/p')
    expect(one).to.deep.equal({
      name: 'team',
      command: entry.command,
      cwd: '/p',
      schemaPath: '/p/schemas/team.json',
      timeoutSeconds: 600,
      outputLimitBytes: 2_000_000_000,
    })
    expect(readCommandExporters([entry, {...entry, name: 'other'}], '/p').map(({name}) => name)).to.deep.equal([
      'team',
      'other',
    ])
  })

  for (const [broken, problem] of [
    ['x', /exporters\[0\] must hold keys/u],
    [{...entry, name: undefined}, /needs a name/u],
    [{...entry, schema: 5}, /schema must be a text/u],
    [{...entry, command: 'python3 x.py'}, /list of texts/u],
    [{...entry, command: ['x']}, /where \{output\} goes/u],
    [{...entry, command: ['x', '{output}', '{form}']}, /has \{form\}; known are/u],
    [{...entry, timeout: 5}, /unknown key "timeout"/u],
    [{...entry, timeout_seconds: 0}, /above 0/u],
    [{...entry, output_limit_bytes: '1GB'}, /above 0/u],
    [{...entry, bytes_may_differ: ''}, /must be a text/u],
  ] as const)
    it(`refuses ${JSON.stringify(broken)} with its place`, () => {
      const read = () => readCommandExporters([broken], '/p')
      expect(read).to.throw(problem).with.property('code', 'CONFIG_INVALID')
      expect(read).to.throw(/exporters\[0\]/u)
    })
})

import {expect} from 'chai'

import {builtInExporters} from '#src/usecases/built-in-exporters.js'
import {readCommandExporters, findExporter, registerExporters} from '#src/usecases/exporter-registry.js'

const builtIn = {plugin: '@ep23/plugin-exporters', exporters: builtInExporters}
const command = (name: string) => readCommandExporters({name, command: ['x', '{output}'], schema: 's.json'}, '/p')

describe('the register of exporters', () => {
  it('holds those of all plugins and of the settings file', () => {
    const registered = registerExporters([builtIn, {plugin: 'team'}], command('team_reviews'))
    expect(registered.map(({name, plugin, kind}) => `${name} ${plugin} ${kind}`)).to.deep.equal([
      'digests @ep23/plugin-exporters store',
      'review_reports @ep23/plugin-exporters store',
      'team_reviews ep23.config.yaml command',
    ])
  })

  it('refuses two of one name, and says who brings them', () => {
    expect(() => registerExporters([builtIn], command('digests')))
      .to.throw(/"digests": of @ep23\/plugin-exporters and of ep23.config.yaml/u)
      .with.property('code', 'EXPORTER_NAME')
  })

  for (const name of ['Digests', '../x', 'a b', '1st', 'x'.repeat(65)])
    it(`refuses the name ${name.slice(0, 10)}, which could be no file’s or label’s`, () => {
      expect(() => registerExporters([], command(name)))
        .to.throw()
        .with.property('exit', 65)
    })

  it('names the known ones when it is asked for another', () => {
    expect(() => findExporter('digest', registerExporters([builtIn], [])))
      .to.throw(/known exporters: digests, review_reports/u)
      .with.property('exit', 64)
  })
})

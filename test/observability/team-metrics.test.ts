import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {debianProgram} from '../helpers/debian-program.ts'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'config/team-prometheus')

describe("the team's names of metrics", () => {
  for (const args of [
    ['check', 'config', 'prometheus.yml'],
    ['test', 'rules', 'rules.test.yml'],
  ])
    it(`are served: promtool ${args.join(' ')}`, function () {
      const {status, stdout, stderr} = spawnSync(debianProgram(this, 'promtool', 'prometheus'), args, {
        cwd: folder,
        encoding: 'utf8',
      })
      expect(status, stdout + stderr).to.equal(0)
    })

  it('are made of metrics that ep23 declares, renamed as the scrape configuration does', () => {
    const rules = readFileSync(join(folder, 'rules.yml'), 'utf8')
    const scrape = readFileSync(join(folder, 'prometheus.yml'), 'utf8')
    const declared = readFileSync(join(root, 'docs/metrics.md'), 'utf8')
    const used = [...new Set(Array.from(rules.matchAll(/\bep23_(\w+)\{?/gu), ([, name = '']) => name))]
    expect(used.length).to.be.above(3)
    expect(used.filter(name => !declared.includes(`| \`${name}\` |`))).to.deep.equal([])
    expect(used.filter(name => !new RegExp(`[(|]${name}[|)]`, 'u').test(scrape))).to.deep.equal([])
  })
})

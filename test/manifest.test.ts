import {spawnSync} from 'node:child_process'
import {existsSync, globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

const root = join(import.meta.dirname, '..')

describe('what the build generates and git keeps', () => {
  for (const file of ['oclif.manifest.json', 'schemas/ep23.config.schema.json'])
    it(`is in git as the build writes it: ${file}`, function () {
      if (!existsSync(join(root, '.git'))) this.skip()
      const staged = spawnSync('git', ['show', `:${file}`], {cwd: root, encoding: 'utf8'})
      const built = readFileSync(join(root, file), 'utf8')
      expect(staged.stdout, `run \`npm run build\` and commit ${file}`).to.equal(built)
    })

  it('describes every code, setting, schema, metric, command and flag, in both languages', () => {
    const pages = globSync('docs/{reference/**/*,metrics,ru/metrics}.md', {cwd: root})
    const missing = pages.flatMap(page => [
      ...readFileSync(join(root, page), 'utf8').matchAll(/\*\*no description of [^*]+\*\*/gu),
    ])
    expect(pages.length).to.be.greaterThan(20)
    expect(missing.map(([mark]) => mark)).to.deep.equal([])
  })

  it('is in git as the build writes it: docs/reference and completions', function () {
    if (!existsSync(join(root, '.git'))) this.skip()
    const changed = ['diff', 'ls-files --others --exclude-standard'].flatMap(command => {
      const args = [
        ...command.split(' '),
        ...(command === 'diff' ? ['--name-only'] : []),
        '--',
        'docs/reference',
        'docs/ru/metrics.md',
        'completions',
      ]
      return spawnSync('git', args, {cwd: root, encoding: 'utf8'}).stdout.trim().split('\n').filter(Boolean)
    })
    expect(changed, 'run `npm run build` and commit docs/reference and completions').to.deep.equal([])
  })
})

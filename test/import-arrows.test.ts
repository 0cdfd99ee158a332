import {spawnSync} from 'node:child_process'
import {copyFileSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'

import {expect} from 'chai'

import {temporaryFolder} from './helpers/run-ep23.ts'

const root = join(import.meta.dirname, '..')

const FORBIDDEN: [file: string, specifier: string, advice: string][] = [
  ['src/x.ts', '@ep23/plugin-dataset', 'may not know that plugin'],
  ['packages/sdk/src/x.ts', '@ep23/plugin-rag', 'imports nothing of ours'],
  ['plugins/dataset/src/domain/x.ts', 'node:fs', 'domain is pure'],
  ['plugins/dataset/src/domain/x.ts', '../usecases/seed.js', 'Only commands and other use cases'],
  ['plugins/dataset/src/usecases/x.ts', '../adapters/y.js', 'take the adapter as a dependency'],
  ['plugins/dataset/src/usecases/x.ts', '@oclif/core', 'belong into a command'],
  ['plugins/dataset/src/text/x.ts', '../domain/post.js', 'stands alone'],
  ['plugins/dataset/src/x.ts', '@ep23/plugin-exporters', 'may not know that plugin'],
  ['plugins/exporters/src/usecases/x.ts', '@ep23/plugin-benchmark', 'may not know that plugin'],
  ['plugins/benchmark/src/usecases/x.ts', '@ep23/plugin-daily', 'may not know that plugin'],
  ['plugins/rag/src/usecases/x.ts', '@ep23/plugin-benchmark', 'may not know that plugin'],
  ['plugins/observability/src/x.ts', '@ep23/plugin-dataset', 'may not know that plugin'],
  ['plugins/benchmark/src/measures/x.ts', '@ep23/sdk', 'Measures stand alone'],
]

const ALLOWED: [file: string, specifier: string][] = [
  ['plugins/daily/src/actions/x.ts', '@ep23/plugin-benchmark/judging'],
  ['plugins/benchmark/src/usecases/x.ts', '@ep23/plugin-exporters'],
  ['plugins/exporters/src/usecases/x.ts', '@ep23/plugin-dataset'],
  ['plugins/rag/src/usecases/x.ts', '@ep23/plugin-dataset/text'],
  ['plugins/dataset/src/commands/dataset/x.ts', '../../adapters/y.js'],
  ['plugins/dataset/src/usecases/x.ts', '../domain/post.js'],
]

describe('the import arrows', function () {
  this.timeout(120_000)

  it('are held by the linter, with what to do instead', () => {
    const cases: [string, string][] = [
      ...FORBIDDEN.map(([file, specifier]): [string, string] => [file, specifier]),
      ...ALLOWED,
    ]
    const reports = lint(cases)
    for (const [index, [file, specifier, advice]] of FORBIDDEN.entries())
      expect(reports[index], `${file} <- ${specifier}`).to.include(advice)
    for (const [index, [file, specifier]] of ALLOWED.entries())
      expect(reports[FORBIDDEN.length + index], `${file} <- ${specifier}`).to.equal('')
  })
})

/** What the linter says about restricted imports of each file, with this repository's own configuration. */
function lint(cases: readonly [file: string, specifier: string][]): string[] {
  const folder = temporaryFolder()
  try {
    mkdirSync(join(folder.path, 'config/lint'), {recursive: true})
    for (const file of ['oxlint.config.ts', 'config/lint/import-arrows.ts'])
      copyFileSync(join(root, file), join(folder.path, file))
    symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'), 'dir')
    const names = cases.map(([file, specifier], index) => {
      const name = file.replace('x.ts', `case-${index}.ts`)
      mkdirSync(dirname(join(folder.path, name)), {recursive: true})
      writeFileSync(join(folder.path, name), `export {something} from '${specifier}'\n`)
      return name
    })
    const {stdout} = spawnSync(
      join(root, 'node_modules/.bin/oxlint'),
      ['--format', 'json', 'src', 'packages', 'plugins'],
      {
        cwd: folder.path,
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      },
    )
    const {diagnostics} = JSON.parse(stdout) as {
      diagnostics: {code: string; filename: string; help?: string; message: string}[]
    }
    const restricted = diagnostics.filter(({code}) => code.includes('no-restricted-imports'))
    return names.map(name =>
      restricted
        .filter(({filename}) => filename.endsWith(name))
        .map(({help = '', message}) => `${message} ${help}`)
        .join('\n'),
    )
  } finally {
    folder.remove()
  }
}

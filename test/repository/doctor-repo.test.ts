import {execFileSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'

const root = join(import.meta.dirname, '../..')

describe('doctor --repo', function () {
  this.timeout(60_000)
  const folder = temporaryFolder()
  after(() => folder.remove())

  const doctor = (repo: string, ...args: string[]): Promise<Ended> =>
    runEp23(['doctor', '--repo', repo, ...args], {cwd: folder.path})

  /** A folder with these files. */
  function planted(name: string, files: Record<string, string>): string {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(folder.path, name, file, '..'), {recursive: true})
      writeFileSync(join(folder.path, name, file), text)
    }
    return name
  }

  it('finds what breaks a build or a reader, with its place, and exits 2', async () => {
    const repo = planted('bad', {
      'a.yaml': 'one: 1\ntwo: [\n',
      'twice.yml': 'key: 1\nkey: 2\n',
      'b.json': '{\n  "a": 1,\n}\n',
      'word.json': '{\n  "a": nope\n}\n',
      'c.ts': 'const a = 1\n<<<<<<< ours\nconst b = 1\n=======\nconst b = 2\n>>>>>>> theirs\n',
      'd.jsonl': '{}\n'.repeat(2_000_000),
      'docs/e.md':
        '# E\n\n[there](../a.yaml) [gone](nowhere.md#part) `[code](nothing.md)`\n\n[a](../f.md#part-1) [b](../f.md#other) [c](#e)\n\n> [d](#of-another-page)\n',
      'schemas/copy.json':
        '{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "data of doctor --json"}',
      'f.md': '# F\n\n## Part\n\n## `Part`\n',
      'f.ru.md': '# Ф\n',
      'node_modules/x/bad.json': '{',
    })
    const {code, stdout} = await doctor(repo, '--json')
    expect(code).to.equal(2)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    const {findings, files} = JSON.parse(stdout).data.repository
    expect(files).to.equal(10)
    const places = findings.map(({rule, file, line, column}: Record<string, unknown>) =>
      [rule, file, line, column].join(' '),
    )
    expect(places.toSorted()).to.deep.equal([
      'anchor docs/e.md 5 23',
      'conflict c.ts 2 1',
      'json b.json 3 1',
      'json word.json 2 8',
      'jsonl_size d.jsonl  ',
      'link docs/e.md 3 25',
      'schema schemas/copy.json  ',
      'translation f.ru.md  ',
      'yaml a.yaml 3 1',
      'yaml twice.yml 2 1',
    ])
  })

  it('says it in Russian, and what to do', async () => {
    const repo = planted('large', {'d.jsonl': '{}\n'.repeat(2_000_000)})
    const {stdout} = await doctor(repo, '--lang', 'ru')
    expect(stdout).to.include('✖ d.jsonl 6 МиБ строк JSON: разрежьте командой ep23 exporters:split d.jsonl')
    expect(stdout).to.include('файлов 1, исправить: 1')
  })

  it('asks git which files are theirs', async () => {
    const repo = planted('git', {'kept.json': '{}', '.gitignore': 'out/\n', 'out/bad.json': '{'})
    execFileSync('git', ['init', '-q'], {cwd: join(folder.path, repo)})
    execFileSync('git', ['add', '.'], {cwd: join(folder.path, repo)})
    const {code, stdout} = await doctor(repo)
    expect(code, stdout).to.equal(0)
    expect(stdout).to.include('2 files, nothing to mend')
  })

  it('finds nothing in this repository', async () => {
    const {code, stdout} = await doctor(root)
    expect(code, stdout).to.equal(0)
  })

  it('refuses what is no folder', async () => {
    expect((await doctor('nowhere')).code).to.equal(64)
  })
})

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
      'translation f.ru.md  ',
      'yaml a.yaml 3 1',
      'yaml twice.yml 2 1',
    ])
  })

  it('holds a Russian page and its English twin together', async () => {
    const original =
      '# One\n\n## Two\n\n`ep23 tour` takes 1,000 steps of 0.5 s: [more](b.md)\n\n| a |\n| --- |\n| b |\n\n```sh\nls # files\n```\n'
    const same =
      '# Раз\n\n## Два\n\n`ep23 tour`: 1\u00A0000 шагов по 0,5 с: [ещё](b.md)\n\n| а |\n| --- |\n| б |\n\n```sh\nls # файлы\n```\n'
    const other =
      '# Раз\n\n`ep23 init`: 1\u00A0000 шагов по 0,6 с: [ещё](../b.md)\n\n| а |\n| --- |\n| б |\n| в |\n\n```sh\nls -l # файлы\n```\n'
    const repo = planted('languages', {
      'docs/a.md': original,
      'docs/ru/a.md': same,
      'docs/b.md': '# B\n',
      'docs/ru/b.md': '# Б\n',
      'docs/c.md': original,
      'docs/ru/c.md': other,
      'docs/d.md': '# Without a twin\n',
      'docs/e.md': '---\nlang: en\n---\n\n# Stays English\n',
      'docs/part/f.md': '# Of a folder that nobody has translated\n',
      'docs/reference/en/g.md': '# G\n',
      'docs/reference/en/h.md': '# H\n',
      'docs/reference/ru/g.md': '# Г\n',
    })
    const {code, stdout} = await doctor(repo, '--json')
    expect(code).to.equal(2)
    const findings: {file: string; detail: string}[] = JSON.parse(stdout).data.repository.findings
    expect(findings.map(({file, detail}) => `${file} ${detail}`)).to.deep.equal([
      'docs/ru/c.md headings: only in the English page: ## × 1',
      'docs/ru/c.md blocks of code: only in the English page: ls × 1; only here: ls -l × 1',
      'docs/ru/c.md code in the text: only in the English page: ep23 tour; only here: ep23 init',
      'docs/ru/c.md links: only in the English page: docs/ru/b.md; only here: docs/b.md',
      'docs/ru/c.md rows of tables: only in the English page: table 1: 1; only here: table 1: 2',
      'docs/ru/c.md numbers: only in the English page: 05; only here: 06',
      'docs/d.md has no Russian page docs/ru/d.md',
      'docs/reference/en/h.md has no Russian page docs/reference/ru/h.md',
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

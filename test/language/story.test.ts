import {globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {channelFile} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const ENV = {LANG: 'ru_RU.UTF-8', COLUMNS: '100'}

/** What is no word: commands and flags to type, places, settings, ids and whole names of machines. */
const NAMES: readonly RegExp[] = [
  /\b(?:ep23|npm|printf|source|brew)(?: [\w:@./-]+)+/gu,
  /https?:\/\/\S+/gu,
  /--?[a-z][\w-]*(?:[ =][A-Z|a-z]+)?/gu,
  /@[\w/-]+/gu,
  /\b[A-Z\d]+_[A-Z\d_]+\b/gu,
  /[\w~.*-]*(?:\/[^\s,;:)]*)+/gu,
  /(?:^|\s)\*?\.[\w.]+/gmu,
  /[\w-]+(?:[/:.|_=-][\w-]+)+/gu,
  /`[^`]*`|\[\w+\]|<[A-Z]+>/gu,
  /\b[\da-f]{8,}\b/gu,
]

/** Names that stay as they are, as documents, settings, other programs and the calls of this test have them. */
const WORDS = new Set(
  `ep Telegram Node ICU UTC JSON SQLite YAML SHA MongoDB Grafana Prometheus MCP Ctrl TAB bash printf source git login shell
   zsh powershell digests synthetic extractive lexical latest main core on info ru daily structure coverage language
   redundancy store datasetDir logDir logLevel lang llmUrl llmApiKey otlpEndpoint telemetry traceSample name node icu USAGE FILE
   id before create nosuch metric dashboard panel datasource uid other team editable false`
    .toLowerCase()
    .split(/\s+/u),
)

/** Latin words that are neither. */
function englishIn(text: string): string[] {
  const rest = NAMES.reduce((kept, name) => kept.replaceAll(name, ' '), text)
  return [...new Set(rest.match(/\b[a-z]{2,}\b/giu) ?? [])].filter(word => !WORDS.has(word.toLowerCase()))
}

const STORY: [typed: string, code: number][] = [
  ['init --yes', 0],
  ['dataset:seed --until 2024-12-03 --days 30', 0],
  ['dataset:list --limit 3', 0],
  ['dataset:audit', 0],
  ['dataset:history', 0],
  ['exporters:list', 0],
  ['exporters:run digests', 0],
  ['exporters:check datasets/exports', 0],
  ['exporters:verify', 0],
  ['benchmark:run --scenario channel_digest_ru', 5],
  ['benchmark:show latest', 0],
  ['benchmark:compare latest latest', 4],
  ['benchmark:list', 0],
  ['benchmark:trend --score coverage', 0],
  ['benchmark:verify latest', 0],
  ['benchmark:report latest', 0],
  ['benchmark:bless latest --as main', 0],
  ['benchmark:comment latest --baseline main --artifact datasets/comment', 0],
  ['daily:show', 64],
  ['daily --from @habr=habr.json --day 2024-12-01', 5],
  ['daily:show', 0],
  ['dataset:show @habr 2024-12-01 --review', 0],
  ['dataset:seed --from @habr=habr.json --until 2024-12-03 --days 1 --minimum 1', 0],
  ['dataset:history', 0],
  ['dataset:history:prune', 0],
  ['observability:traces:list', 0],
  ['observability:provision:check --root provision', 2],
  ['config:explain', 0],
  ['doctor', 0],
  ['plugins', 0],
  ['plugins reset', 0],
  ['plugins update', 0],
  ['autocomplete bash', 0],
]

/** What the story writes for people; pages in both languages and files of machines are none of it. */
const FILES = [
  'ep23.config.yaml',
  'datasets/benchmarks/*/report.md',
  'datasets/benchmarks/*/junit.xml',
  'datasets/comment/comment.md',
]

/** What a file says to people: of YAML its comments, of XML what it says of its test cases. */
function readFile(path: string): string {
  const text = readFileSync(path, 'utf8')
  if (path.endsWith('.yaml')) return [...text.matchAll(/^ *# (.*)$/gmu)].map(([, comment]) => comment).join('\n')
  if (path.endsWith('.xml'))
    return [...text.matchAll(/message="([^"]*)"|<system-out>([^<]*)/gu)].join('\n').replaceAll(/<?[a-z-]+[=>]/gu, '')
  // A comment's marks are escaped, and it ends in a smaller line.
  return text.replaceAll(/<\/?sub>|\\/gu, '')
}

const MISTAKES: [typed: string, code: number, said: RegExp][] = [
  ['--lang ru dataset:list --limit 1', 0, /дайджест/u],
  ['dataset:list --limit 0', 64, /--limit/u],
  ['dataset:show @nosuch 2024-12-01', 65, /@nosuch/u],
  ['dataset:purge --channel @nosuch --before 2024-01-01', 64, /@nosuch/u],
  ['dataset:seed --from @habr=нет.json', 64, /нет\.json/u],
  ['benchmark:run --scenario нет', 64, /нет/u],
  ['benchmark:run --scenario channel_digest_ru --baseline нет', 64, /нет/u],
  ['benchmark:show нет', 64, /нет/u],
  ['benchmark:compare нет latest', 64, /нет/u],
  ['exporters:run нет', 64, /нет/u],
  ['exporters:check нет', 64, /нет/u],
  ['plugins link /nowhere', 64, /\/nowhere/u],
  ['plugins uninstall nosuch', 64, /nosuch/u],
  ['plugins inspect nosuch', 64, /nosuch/u],
  ['plugins --nope', 64, /--nope/u],
  ['autocomplete nosuch', 64, /nosuch/u],
  ['help nosuch', 127, /nosuch/u],
  ['nosuch:verb --help', 127, /nosuch:verb/u],
  ['benchmark:compare', 64, /before +С чем сравнить/u],
]

describe('a story that is told in Russian alone', function () {
  this.timeout(180_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(() => {
    folder = temporaryFolder()
    mkdirSync(join(folder.path, 'provision/grafana'), {recursive: true})
    symlinkSync(channelFile('habr'), join(folder.path, 'habr.json'))
    writeFileSync(
      join(folder.path, 'provision/grafana/team.json'),
      '{"panels": [{"id": 1, "type": "stat"}], "uid": "other"}',
    )
  })
  after(() => folder.remove())

  for (const [typed, expected] of STORY)
    it(`ep23 ${typed}`, async () => {
      const {code, stdout, stderr} = await runEp23(typed.split(' '), {cwd: folder.path, env: ENV})
      expect(code, stderr).to.equal(expected)
      expect(englishIn(`${stdout}${stderr}`)).to.deep.equal([])
    })

  it('is told by the files that it leaves for people, too', () => {
    for (const pattern of FILES) {
      const files = globSync(pattern, {cwd: folder.path})
      expect(files, pattern).to.not.be.empty
      for (const file of files) expect(englishIn(readFile(join(folder.path, file))), file).to.deep.equal([])
    }
  })

  for (const [typed, expected, said] of MISTAKES)
    it(`ep23 ${typed} ends with ${expected}`, async () => {
      const {code, stdout, stderr} = await runEp23(typed.split(' '), {cwd: folder.path, env: ENV})
      expect(`${stdout}${stderr}`).to.match(said)
      expect(code, stderr).to.equal(expected)
      expect(englishIn(`${stdout}${stderr}`)).to.deep.equal([])
    })

  it('warns of a collector that does not answer and a log that cannot be written', async () => {
    const env = {...ENV, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', EP23_LOG_DIR: 'ep23.config.yaml/logs'}
    const {stderr} = await runEp23(['dataset:audit', '--quiet'], {cwd: folder.path, env})
    expect(stderr).to.match(/^Внимание: трассировка не отправлена на http:\S+: /mu)
    expect(stderr).to.match(/^Внимание: строки журнала не пишутся в \S+: /mu)
    expect(englishIn(stderr)).to.deep.equal([])
  })
})

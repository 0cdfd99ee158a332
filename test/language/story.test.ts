import {expect} from 'chai'

import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const ENV = {LANG: 'ru_RU.UTF-8', COLUMNS: '100'}

/** Commands to copy are names, however many words they have. */
const COMMANDS = /\b(?:ep23|npm)(?: [\w:@./-]+)+/gu
const SENTENCE = /\b[a-z]{2,}(?:,? [a-z]{2,}){2,}\b/giu

function englishIn(text: string): string[] {
  return text.replaceAll(COMMANDS, '').match(SENTENCE) ?? []
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
  ['daily:show', 64],
  ['observability:traces:list', 0],
  ['doctor', 0],
]

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
]

describe('a story that is told in Russian alone', function () {
  this.timeout(180_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())

  for (const [typed, expected] of STORY)
    it(`ep23 ${typed}`, async () => {
      const {code, stdout, stderr} = await runEp23(typed.split(' '), {cwd: folder.path, env: ENV})
      expect(code, stderr).to.equal(expected)
      expect(englishIn(`${stdout}${stderr}`)).to.deep.equal([])
    })

  for (const [typed, expected, said] of MISTAKES)
    it(`ep23 ${typed} ends with ${expected}`, async () => {
      const {code, stdout, stderr} = await runEp23(typed.split(' '), {cwd: folder.path, env: ENV})
      expect(`${stdout}${stderr}`).to.match(said)
      expect(code, stderr).to.equal(expected)
      expect(englishIn(`${stdout}${stderr}`)).to.deep.equal([])
    })
})

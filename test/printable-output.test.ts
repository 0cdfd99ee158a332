import {expect} from 'chai'

import {runEp23, temporaryFolder} from './helpers/run-ep23.ts'

const CLEAR_SCREEN = '\u001B[2J'
const STEERING = /[^\P{Cc}\n\t]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

describe('what a terminal is shown', () => {
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())

  const hostile: [string, string[]][] = [
    ['a file name in an error', ['dataset:import', 'digests', `a${CLEAR_SCREEN}b\u009B31m.jsonl`]],
    ['an unknown command', [`x${CLEAR_SCREEN}y`]],
    ['an unknown flag', ['doctor', `--x${CLEAR_SCREEN}y`]],
    ['a flag value', ['dataset:seed', '--from', `@habr=${CLEAR_SCREEN}\u202Egnp.json`]],
    ['a stack with --debug', ['dataset:import', 'digests', `a${CLEAR_SCREEN}b.jsonl`, '--debug']],
    ['a JSON document', ['dataset:import', 'digests', 'a\u009B31m\u202Eb.jsonl', '--json']],
  ]
  for (const [what, args] of hostile)
    it(`is not steered by ${what}`, async () => {
      const {stdout, stderr, code} = await runEp23(args, {cwd: folder.path})
      expect(code).to.be.greaterThan(1)
      expect(stdout + stderr).not.to.match(STEERING)
      expect(stdout + stderr).to.match(/·|\\u009b/u)
    }).timeout(60_000)
})

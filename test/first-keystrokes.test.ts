import {expect} from 'chai'

import {runEp23, temporaryFolder} from './helpers/run-ep23.ts'

const CASES: [typed: string[], code: number, said: RegExp][] = [
  [['-h'], 0, /USAGE/u],
  [
    ['dataset:seed', '-h'],
    0,
    /USAGE\n {2}\$ ep23 dataset seed \[FLAGS\]\n\nEXAMPLES[^]+DESCRIPTION[^]+\nFLAGS[^]+--from/u,
  ],
  [['benchmark:run', '-h'], 0, /\$ ep23 benchmark run -s NAME\|FILE \[FLAGS\]/u],
  [['-v'], 0, /^ep23\/\d/u],
  [['version'], 0, /^ep23\/\d/u],
  [['dataset:seed', '--dayz', '3'], 64, /did you mean --days\?/u],
  [['dataset:audit', 'extra'], 64, /dataset:audit takes no argument here: extra/u],
  [['dataset:seed', '—plan'], 64, /write --plan/u],
  [['dataset:sed'], 127, /did you mean ep23 dataset:seed\?/u],
  [['dataset', 'sed'], 127, /did you mean ep23 dataset:seed\?/u],
  [['вфефыуе:ыуув'], 127, /did you mean ep23 dataset:seed\?/u],
  [['audit'], 127, /did you mean ep23 dataset:audit\?\n[^?]*$/u],
  [['verify'], 127, /benchmark:verify\?[^]+exporters:verify\?[^]+rag:config:verify\?/u],
  [['quite-another-thing'], 127, /ep23 help lists all commands/u],
]

describe('what is typed first, or wrong', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())

  for (const [typed, expected, said] of CASES)
    it(`ep23 ${typed.join(' ')} ends with ${expected} and says what to do`, async () => {
      const {code, stdout, stderr} = await runEp23(typed, {cwd: folder.path})
      expect(`${stdout}${stderr}`).to.match(said)
      expect(code).to.equal(expected)
    })

  it('is one document with --json', async () => {
    const {code, stdout} = await runEp23(['dataset:sed', '--json'], {cwd: folder.path})
    expect(code).to.equal(127)
    expect(JSON.parse(stdout)).to.deep.include({status: 'error', command: 'dataset:sed'})
    expect(JSON.parse(stdout).error).to.include({code: 'UNKNOWN_COMMAND', exit: 127})
  })
})

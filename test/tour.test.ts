import {mkdirSync, readdirSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {inTerminal} from './helpers/in-terminal.ts'
import {problemsOfOutput} from './helpers/json-data.ts'
import {runEp23, temporaryFolder} from './helpers/run-ep23.ts'

interface Step {
  title: string
  commands: {command: string; output: string}[]
}

const ETX = '\u0003'

describe('ep23 tour', function () {
  this.timeout(240_000)
  let folder: ReturnType<typeof temporaryFolder>
  let env: Record<string, string>
  beforeEach(() => {
    folder = temporaryFolder()
    mkdirSync(join(folder.path, 'tmp'))
    env = {TMPDIR: join(folder.path, 'tmp'), MONGODB_URL: 'mongodb://127.0.0.1:1/none', EP23_STORE: 'other.sqlite'}
  })
  afterEach(() => folder.remove())

  /** What it left: all but what this test has made itself, and what Node keeps of compiled code. */
  const left = (): string[] =>
    readdirSync(folder.path, {recursive: true, encoding: 'utf8'}).filter(
      name => !/^(?:tmp|\.data|\.config|\.cache)$|^tmp\/node-compile-cache/u.test(name),
    )

  it('shows the five jobs, whatever is set for other work, and leaves nothing behind', async () => {
    const {code, stdout, stderr} = await runEp23(['tour', '--json', '--lang', 'ru'], {cwd: folder.path, env})
    expect(code, stdout + stderr).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    const {steps} = JSON.parse(stdout).data as {steps: Step[]}
    expect(steps.map(({title}) => title)).to.deep.equal([
      'A dataset',
      'Exports that prove themselves',
      'A verdict, and a second writer',
      'What ran, and how long',
      'Retrieval',
    ])
    const outputs = steps.flatMap(({commands}) => commands.map(({output}) => output)).join('\n')
    expect(outputs)
      .to.include('ЗАЧЁТ: channel_digest_ru')
      .and.match(/nDCG@10 +0,9/u)
    expect(outputs).to.not.include('ep23-tour-')
    expect(left()).to.deep.equal([])
  })

  it('waits for Enter in a terminal, and cleans up after Ctrl-C', async function () {
    const {code, text} = await inTerminal(this, 'tour', {
      cwd: folder.path,
      env: {...env, EP23_SOURCE: ''},
      typed: [
        ['Enter for the next job', '\r'],
        ['$ ep23 exporters:verify', ETX],
      ],
    })
    expect(text).to.match(/1\/5 {2}A DATASET\n\n\$ ep23 dataset:samples samples\n/u)
    expect(code, text).to.equal(130)
    expect(left()).to.deep.equal([])
  })
})

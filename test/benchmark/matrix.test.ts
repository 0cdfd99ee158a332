import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {answer, fakeModelServer, type FakeModelServer} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {FIVE, fromFlags} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'

describe('benchmark:matrix', function () {
  this.timeout(180_000)
  const folder = temporaryFolder()
  let server: FakeModelServer
  before(async () => {
    server = await fakeModelServer((_, response) => answer(response, '- За день было несколько новостей.'))
    const seed = ['dataset:seed', ...fromFlags(FIVE), '--until', '2024-12-03', '--days', '6', '--minimum', '6', '-q']
    const {code, stderr} = await ep23(seed)
    expect(code, stderr).to.equal(0)
  })
  after(async () => {
    await server?.close()
    folder.remove()
  })

  const ep23 = (args: string[], onStderr?: (stderr: string, pid: number) => void): Promise<Ended> =>
    runEp23(args, {cwd: folder.path, env: {LLM_URL: server.url}, ...(onStderr && {onStderr})})
  const matrix = (...args: string[]): Promise<Ended> =>
    ep23(['benchmark:matrix', '--writer', 'dataset', '--writer', 'openai:lazy', '--judge', 'lexical', ...args])

  it('runs what is missing, names who is worse, and keeps it in Markdown', async () => {
    const first = await matrix('--json', '--output', 'matrix.md')
    expect(first.code, first.stderr).to.equal(0)
    expect(problemsOfOutput(first.stdout)).to.deep.equal([])
    const {cells, ran} = JSON.parse(first.stdout).data
    expect(ran).to.equal(2)
    const of = (writer: string) =>
      cells.find((cell: {writer: string; score: string}) => cell.writer === writer && cell.score === 'coverage')
    expect(of('lazy')).to.include({standing: 'worse', samples: 30})
    expect(of('lazy').p_holm).to.be.below(0.05)
    expect(of('extractive-2')).to.include({standing: 'best'})
    expect(readFileSync(join(folder.path, 'matrix.md'), 'utf8')).to.match(
      /\| lazy, anew \| lexical \| 0\.\d+ \| .* \| worse \|/u,
    )
  })

  it('asks nobody again for what it has', async () => {
    const asked = server.requests.length
    const again = await matrix('--json')
    expect(JSON.parse(again.stdout).data).to.include({ran: 0, kept: 2, left: 0})
    expect(server.requests).to.have.length(asked)
  })

  it('goes on where it was killed', async () => {
    const more = ['--writer', 'extractive', '--writer', 'openai:other']
    let killed = false
    const broken = await ep23(['benchmark:matrix', ...more, '--judge', 'lexical'], (stderr, pid) => {
      if (!killed && stderr.includes('[2/2]')) killed = process.kill(pid, 'SIGKILL')
    })
    expect(broken.signal).to.equal('SIGKILL')
    const on = await ep23(['benchmark:matrix', ...more, '--judge', 'lexical', '--json'])
    expect(on.code, on.stderr).to.equal(0)
    expect(JSON.parse(on.stdout).data.kept).to.be.at.least(1)
    const names = readdirSync(join(folder.path, 'datasets/benchmarks')).filter(name => name.startsWith('matrix_'))
    expect(names).to.have.length(4)
  })

  it('says what is wrong with a run of it', async () => {
    const {code, stderr} = await ep23(['benchmark:matrix', '--writer', 'dataset', '--judge', 'nosuch'])
    expect(code).to.equal(64)
    expect(stderr).to.include('there is no judge nosuch')
  })
})

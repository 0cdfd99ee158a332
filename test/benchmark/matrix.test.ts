import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {answer, fakeModelServer, type FakeModelServer} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {inTerminal} from '../helpers/in-terminal.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {FIVE, fromFlags} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'

const CTRL_C = '\u0003'

/** Processes that run with this path in their command line. */
function orphans(path: string): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/u.test(name))
    .filter(pid => readIfThere(`/proc/${pid}/cmdline`).includes(path))
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

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
    writeFileSync(join(folder.path, 'README.md'), '# Ours')
    expect((await matrix('--output', 'README.md')).code).to.equal(77)
    expect(readFileSync(join(folder.path, 'README.md'), 'utf8')).to.equal('# Ours')
    const again = await matrix('--json', '--output', 'matrix.md')
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
    // The run that it had started is a process of its own, which ends what it began.
    while (orphans(folder.path).length > 0) await delay(100)
    const on = await ep23(['benchmark:matrix', ...more, '--judge', 'lexical', '--json'])
    expect(on.code, on.stderr + on.stdout).to.equal(0)
    expect(JSON.parse(on.stdout).data.kept).to.be.at.least(1)
    const names = readdirSync(join(folder.path, 'datasets/benchmarks')).filter(name => name.startsWith('matrix_'))
    expect(names).to.have.length(4)
  })

  it('is ended by one Ctrl-C, and its run ends well', async function () {
    let type: (text: string) => void
    const silent = await fakeModelServer(() => type(CTRL_C))
    const args = 'benchmark:matrix --writer dataset --writer openai:silent --judge lexical'
    const onOpen = (typing: typeof type): void => void (type = typing)
    const {code, text} = await inTerminal(this, args, {cwd: folder.path, env: {LLM_URL: silent.url}, onOpen})
    await silent.close()
    expect(code, text).to.equal(130)
    while (orphans(folder.path).length > 0) await delay(100)
    // What a busy machine did not store in time is stored by the next command.
    await ep23(['observability:metrics'])
    await withStore(openStore(join(folder.path, '.ep23/store.sqlite')), async store => {
      const runs = store.collection<{exit: number; command: string}>('ep23_runs').find({exit: 130})
      expect(await Array.fromAsync(runs, ({command}) => command)).to.include('benchmark:run')
    })
  })

  it('is told by a file as well: one budget for all of it, over several calls', async () => {
    const file = (cost: number) => `prompts: [channel_digest_claims_ru]
writers: [dataset, {writer: "openai:lazy", prompt_price: 0, completion_price: 0}]
judges: [{judge: "llm:j", prompt_price: 1000, completion_price: 0}]
max_cost: ${cost}
output: told.md
`
    const told = async (cost: number, ...args: string[]) => {
      writeFileSync(join(folder.path, 'matrix.yaml'), file(cost))
      return ep23(['benchmark:matrix', 'matrix.yaml', '--json', ...args])
    }
    // A prompt is 1000 tokens, 1 of the currency: 30 digests of each writer, each asked twice, because the answer is no claim.
    const first = await told(70)
    expect(first.code, first.stderr).to.equal(0)
    const {data, warnings} = JSON.parse(first.stdout)
    expect(data).to.include({ran: 2, kept: 0, left: 0})
    expect(warnings).to.deep.equal([])
    const second = JSON.parse((await told(70)).stdout).data
    expect(second).to.include({ran: 0, kept: 1, left: 1})
    const whole = JSON.parse((await told(500)).stdout).data
    expect(whole).to.include({ran: 1, kept: 1, left: 0})
    expect(JSON.parse((await told(500)).stdout).data).to.include({ran: 0, kept: 2, left: 0})
    expect((await told(70, '--writer', 'dataset')).stdout).to.include('--writer: matrix.yaml says what the matrix is')
    expect(existsSync(join(folder.path, 'told.md'))).to.equal(true)
  })

  it('says what is wrong with a run of it', async () => {
    const {code, stderr} = await ep23(['benchmark:matrix', '--writer', 'dataset', '--judge', 'nosuch'])
    expect(code).to.equal(64)
    expect(stderr).to.include('there is no judge nosuch')
  })
})

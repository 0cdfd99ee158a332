import {writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {samplesOf} from '../../plugins/benchmark/test/sample/samples.ts'
import {type Ended, runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const FOUR_YEARS = 4 * 365 * 86_400_000

/** Shifts the clock of a whole process, as a machine whose clock is set wrong would. */
const AHEAD = `const Real = Date; globalThis.Date = class Date extends Real {
  constructor(...args) { if (args.length > 0) super(...args); else super(Real.now() + ${FOUR_YEARS}) }
  static now() { return Real.now() + ${FOUR_YEARS} }
}`

describe('one run under a clock that is years ahead', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())

  const ep23 = (args: string[], env: Record<string, string> = {}): Promise<Ended> =>
    runEp23(args, {cwd: folder.path, env})
  const judge = async (summary: string, env: Record<string, string> = {}): Promise<string> => {
    const samples = samplesOf(30, number => ({summary_markdown: `- ${'Итог. '.repeat(number + 1)}${summary}`}))
    writeFileSync(join(folder.path, 'data.jsonl'), samples.map(sample => `${JSON.stringify(sample)}\n`).join(''))
    const {stdout} = await ep23(['benchmark:run', '-s', 'channel_digest_ru', '-d', 'data.jsonl', '-q', '--json'], env)
    return JSON.parse(stdout).run_id as string
  }
  const gauge = async (): Promise<string | undefined> =>
    (await ep23(['observability:metrics'])).stdout
      .split('\n')
      .find(line => line.startsWith('benchmark_metric_value') && line.includes('metric="informativeness"'))

  it('freezes neither the latest run nor the gauge, and doctor names it', async () => {
    const ahead = await judge('Слово.', {
      NODE_OPTIONS: `--import ${JSON.stringify(`data:text/javascript,${encodeURIComponent(AHEAD)}`)}`,
    })
    expect(Number(ahead.slice(0, 4))).to.be.above(new Date().getUTCFullYear() + 2)
    expect(await gauge()).to.equal(undefined)
    const doctor = await ep23(['doctor'])
    expect(doctor.stdout)
      .to.match(/! stored times: .*\n/u)
      .and.match(/! benchmark runs: .*\n/u)
    expect(doctor.stdout).to.include(ahead)

    const now = await judge('Учёные открыли новую комету за орбитой Юпитера, мэрия Москвы отремонтирует станции метро.')
    const shown = await ep23(['benchmark:show', 'latest', '--json'])
    expect(JSON.parse(shown.stdout).data.run.run_id).to.equal(now)
    expect(await gauge()).to.match(/judge="lexical".* 0\.\d+$/u)
  })
})

import {writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {EXIT} from '@ep23/sdk'
import {expect} from 'chai'

import {parseMeasure} from '../plugins/rag/dist/formats/measure-notation.js'
import {LabelSession} from '../plugins/benchmark/dist/domain/label/label-session.js'
import {localizedName} from '../plugins/benchmark/dist/domain/messages/names.js'
import {fillPlaceholders} from '../plugins/exporters/dist/domain/export-request.js'
import {schemaDrift} from '../plugins/exporters/dist/usecases/committed-schema.js'
import {placeOutput} from '../plugins/exporters/dist/usecases/plan-request.js'
import {checkProvision} from '../plugins/observability/dist/usecases/provision/check-provision.js'
import {readErrorBody} from '../packages/llm/dist/transport/error-body.js'
import {runEp23, temporaryFolder} from './helpers/run-ep23.ts'

/** Every object has them from its prototype; as names from outside they are names like any other. */
const INHERITED = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__']

describe('names from outside that every object inherits', function () {
  this.timeout(60_000)
  const folder = temporaryFolder()
  after(() => folder.remove())

  for (const name of INHERITED)
    it(`${name} is a name like any other`, () => {
      expect(localizedName(name)).to.deep.equal({ru: name, en: name})
      expect(fillPlaceholders([`{${name}}`], {channel: 'x'})).to.deep.equal([`{${name}}`])
      const {folder: place} = placeOutput({layout: 'team'} as never, name, {cwd: '/w', datasetDir: '/w/d'})
      expect(place).to.equal(`/w/d/${name}`)
      const added = JSON.parse(`{"${name}": 1}`) as Record<string, unknown>
      expect(schemaDrift({}, added).map(({message}) => message)).to.deep.equal(['is new: 1'])
      expect(readErrorBody(`{"error": {"code": "${name}"}}`).status).to.equal(undefined)
      expect(() => parseMeasure(name)).to.throw('is not a retrieval measure')
      const plan = {raters: {}} as never
      expect(new LabelSession({plan, rater: name, items: new Map(), rubric: 'r'}, []).done).to.equal(0)
    })

  it('labels of queries are findings', async () => {
    const spec = {name: 'x_total', kind: 'counter', labels: {}, help: '', unit: ''} as never
    const text = 'groups: [{name: g, rules: [{record: a:b:c, expr: \'rate(x_total{constructor="1"}[5m])\'}]}]\n'
    const {findings} = await checkProvision({
      readSources: async () => [{path: 'prometheus/rules/x.yml', text}],
      metrics: {declarations: async () => [{owner: 'me', spec}], exposition: async () => ''},
      promtool: undefined,
      amtool: undefined,
    })
    expect(findings.map(({problem}) => problem)).to.include('x_total has no label constructor')
  })

  it('scores, channels and fields of recorded scores are judged, shown, compared and verified', async () => {
    const at = (name: string): string => join(folder.path, name)
    writeFileSync(at('odd.yaml'), SCENARIO)
    writeFileSync(at('odd.jsonl'), Array.from({length: 4}, (_, day) => recordOf(day)).join(''))
    const run = (...args: string[]) => runEp23(args, {cwd: folder.path, env: {EP23_QUIET: '1', EP23_LANG: 'ru'}})
    const HONEST = [EXIT.ok, EXIT.undecided, EXIT.unmeasured, EXIT.gateFailed, EXIT.gateWarned]
    for (const args of [
      ['benchmark:run', '--scenario', 'odd.yaml', '--judge', 'recorded', '-d', 'odd.jsonl', '-o', 'one'],
      ['benchmark:run', '--scenario', 'odd.yaml', '--judge', 'recorded', '-d', 'odd.jsonl', '-o', 'two'],
      ['benchmark:show', 'one'],
      ['benchmark:compare', 'one', 'two'],
      ['benchmark:verify', 'one'],
    ]) {
      const {code, stderr} = await run(...args)
      expect(code, `${args.join(' ')}: ${stderr}`).to.be.oneOf(HONEST)
    }
  })
})

const SCENARIO = `name: odd
title: Odd names
version: 1
dataset: digests
judge: recorded
prompt: digest-ru-1
live: true
scores: [constructor, coverage]
max_truncated_share: 0.05
gates:
  recorded:
    - {metric: constructor, statistic: mean, pass: 0.5, warn: 0.4}
`

/** Half of the records have a score of that name. */
function recordOf(day: number): string {
  const scores = {coverage: 0.5, ...(day % 2 === 0 && {constructor: 0.7})}
  const record = {
    channel: '@constructor',
    ground_truth: {llm_judge: {judge_model: 'toString', prompt_version: '1', scores, verdict: 'pass'}},
    language: 'ru',
    metadata: {feature_flags: {}, llm_model: '__proto__', origin: 'telegram', posts_count: 1, time_range_hours: 24},
    sample_id: `@constructor:2024-11-0${day + 1}`,
    source_text: 'В городе открыли метро.',
    summary_markdown: '- В городе открыли метро.',
    timestamp: `2024-11-0${day + 1}T20:59:59.999Z`,
  }
  return `${JSON.stringify(record)}\n`
}

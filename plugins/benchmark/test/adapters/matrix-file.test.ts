import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

import {readMatrixFile} from '#src/adapters/matrix-file.js'
import {flagsOf, matrixRuns} from '#src/domain/matrix-plan.js'

const GOOD = `dataset: exports/digests.jsonl
prompts: [channel_digest_ru, channel_digest_claims_ru]
writers:
  - dataset
  - {writer: "openai:w", temperature: 0.3, repeats: 2, prompt_price: 0.4, completion_price: 1.2}
judges:
  - lexical
  - {judge: "llm:j", repeats: 3, prompt_price: 2, completion_price: 8}
max_cost: 5
output: matrix.md
`

describe('matrix files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ep23-matrix-'))
  const file = join(folder, 'matrix.yaml')
  after(() => rmSync(folder, {recursive: true}))

  const planOf = (text: string) => {
    writeFileSync(file, text)
    return readMatrixFile(file)
  }

  it('hold writers, judges and prompts with their settings, and paths from where the file is', async () => {
    const plan = await planOf(GOOD)
    expect(plan).to.include({
      dataset: join(folder, 'exports/digests.jsonl'),
      output: join(folder, 'matrix.md'),
      maxCost: 5,
      countsEarlier: true,
    })
    const runs = matrixRuns(plan)
    expect(runs).to.have.length(8)
    expect(runs.map(flagsOf)[3]?.join(' ')).to.equal(
      '--scenario channel_digest_ru --judge llm --model j --answer-writer openai:w --judge-repeats 3 --prompt-price 2 --completion-price 8 --answer-temperature 0.3 --answer-repeats 2 --answer-prompt-price 0.4 --answer-completion-price 1.2',
    )
  })

  it('need no more than writers and judges', async () => {
    expect(await planOf('writers: [extractive]\njudges: [lexical]\n')).to.include({
      dataset: 'store',
      maxCost: undefined,
    })
  })

  const WRONG: [what: string, text: string, place: string][] = [
    ['an unknown key', GOOD.replace('max_cost', 'budget'), '9:9: matrix must NOT have additional properties: budget'],
    [
      'an unknown setting',
      GOOD.replace('temperature', 'heat'),
      '5:32: writers.1 must NOT have additional properties: heat',
    ],
    ['no judges', GOOD.replace(/judges:[^]*max/u, 'max'), "1:1: matrix must have required property 'judges'"],
    [
      'a price below nothing',
      GOOD.replace('prompt_price: 2', 'prompt_price: -2'),
      '8:48: judges.1.prompt_price must be >= 0',
    ],
    ['a writer twice', GOOD.replace('- dataset', '- openai:w'), '5:5: writers.1: openai:w stands there twice'],
    ['broken YAML', GOOD.replace('[channel', '[[channel'), '3:'],
    ['a word of two readings', GOOD.replace('matrix.md', 'off'), '10:9: off is read by YAML 1.1 as false'],
  ]
  for (const [what, text, place] of WRONG)
    it(`refuse ${what} with its line and column`, async () => {
      const error = await planOf(text).then(
        () => expect.fail('it was taken'),
        (thrown: Error) => thrown,
      )
      expect(error).to.include({code: 'BENCHMARK_BAD_MATRIX', exit: 65})
      expect(error.message).to.include(`matrix.yaml:${place}`)
    })
})

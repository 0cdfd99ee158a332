import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'

import {expect} from 'chai'

import {findScenario, parseScenario} from '#src/adapters/find-scenario.js'

const GOOD = `name: mine
title: Mine
version: 1
dataset: digests
judge: lexical
scores: [coverage]
gates:
  lexical:
    - {metric: coverage, pass: 0.8, warn: 0.7}
`

describe('scenario files', () => {
  for (const [written, agreed] of [
    ['off', '"off"'],
    ['042', '42'],
    ['1_000', '"1_000"'],
  ])
    it(`are refused where YAML 1.1 reads something else: ${written}`, async () => {
      const error = await parseScenario('mine.yaml', GOOD.replace('title: Mine', `title: ${written}`)).then(
        () => expect.fail('it was taken'),
        (thrown: Error) => thrown,
      )
      expect(error).to.include({code: 'BENCHMARK_BAD_SCENARIO', exit: 65})
      expect(error.message).to.match(/^mine\.yaml:2:8: /u)
      expect(error.message).to.include(`write ${agreed}`)
    })

  it('are told apart from other files and from folders, which are there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ep23-scenario-'))
    const file = join(folder, 'bad.json')
    writeFileSync(file, '{}')
    const places = {configDir: tmpdir(), contributions: []}
    for (const path of [file, folder]) {
      const error = await findScenario(path, places).catch((thrown: unknown) => thrown as Error)
      expect(error).to.include({code: 'USAGE', exit: 64})
      expect((error as Error).message)
        .to.include('.yaml')
        .and.not.include('there is no')
    }
    rmSync(folder, {recursive: true})
  })

  it('hold the thresholds that the team uses', async () => {
    const places = {configDir: tmpdir(), contributions: []}
    const digest = await findScenario('channel_digest_ru', places)
    const review = await findScenario('review_summary_ru', places)
    const llm = (scenario: typeof digest) => scenario.gates['llm']?.map(({pass, warn}) => [pass, warn])
    const latency = (scenario: typeof digest) => scenario.gates['any']?.find(({metric}) => metric === 'latency_seconds')
    expect(llm(digest)).to.deep.equal([
      [0.88, 0.8],
      [0.9, 0.85],
      [0.9, 0.85],
      [0.88, 0.82],
    ])
    expect(llm(review)).to.deep.equal([
      [0.87, 0.8],
      [0.9, 0.85],
      [0.88, 0.82],
      [0.88, 0.82],
    ])
    expect(latency(digest)).to.include({pass: 210, warn: 240, direction: 'at_most'})
    expect(latency(review)).to.include({pass: 300, warn: 360, direction: 'at_most'})
  })

  const WRONG: [string, string, string][] = [
    ['broken YAML', GOOD.replace('scores: [coverage]', 'scores: [coverage'), 'mine.yaml:7:1'],
    [
      'a missing field',
      GOOD.replace('version: 1\n', ''),
      "mine.yaml:1:1: scenario must have required property 'version'",
    ],
    [
      'an unknown field',
      `${GOOD}threshold: 3\n`,
      'mine.yaml:10:12: scenario must NOT have additional properties: threshold',
    ],
    [
      'a wrong statistic',
      GOOD.replace('pass: 0.8', 'statistic: median, pass: 0.8'),
      'mine.yaml:9:37: gates.lexical.0.statistic must be equal to one of the allowed values: mean, worst, p10, p90, share',
    ],
    [
      'a text for a number',
      GOOD.replace('pass: 0.8', 'pass: high'),
      'mine.yaml:9:32: gates.lexical.0.pass must be number',
    ],
    [
      'thresholds in the wrong order',
      GOOD.replace('warn: 0.7', 'warn: 0.9'),
      'mine.yaml:9:43: gates.lexical.0.warn: 0.9 is stricter than pass 0.8',
    ],
    [
      'a gate for a score that is not given',
      GOOD.replace('metric: coverage', 'metric: beauty'),
      'mine.yaml:9:16: gates.lexical.0.metric: beauty is none of',
    ],
    ['a score gated for any judge', GOOD.replace('  lexical:', '  any:'), "put its thresholds under the judge's scale"],
    [
      'another name than the file',
      GOOD.replace('name: mine', 'name: yours'),
      'mine.yaml:1:7: name: is yours, but the file is mine.yaml',
    ],
  ]
  for (const [title, text, place] of WRONG)
    it(`refuse ${title} with its line and column`, async () => {
      const error = await parseScenario('mine.yaml', text).then(
        () => expect.fail('it was taken'),
        (thrown: unknown) => thrown as Error,
      )
      expect(error).to.include({code: 'BENCHMARK_BAD_SCENARIO', exit: 65})
      expect(error.message).to.include(place)
    })

  it("may be a project's own, or a plugin's, and names those there are", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ep23-scenarios-'))
    mkdirSync(join(folder, 'config/scenarios'), {recursive: true})
    writeFileSync(join(folder, 'config/scenarios/mine.yaml'), GOOD)
    const ofPlugin = join(folder, 'theirs.yaml')
    writeFileSync(ofPlugin, GOOD.replace('name: mine', 'name: theirs'))
    const places = {configDir: folder, contributions: [{plugin: 'team', scenarios: [pathToFileURL(ofPlugin)]}]}
    expect(await findScenario('mine', places)).to.include({name: 'mine', live: true, max_truncated_share: 0.05})
    expect((await findScenario('theirs', places)).name).to.equal('theirs')
    const error = await findScenario('none', places).catch((thrown: unknown) => thrown)
    expect((error as {suggestions: string[]}).suggestions.join()).to.include(
      'channel_digest_ru, injection_judge_ru, injection_writer_ru, mine, review_summary_ru, theirs',
    )
    rmSync(folder, {recursive: true})
  })
})

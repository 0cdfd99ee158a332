import {canonicalLine} from '@ep23/plugin-exporters'
import type {JudgedSample, Judgement, Score} from '@ep23/sdk'
import {expect} from 'chai'

import {hashText, sha256} from '#src/adapters/sha256.js'
import {MerkleRoot, sealsOf} from '#src/domain/hashes.js'
import {judgePrompt, readReply} from '#src/domain/judge-prompts.js'
import type {RunResult} from '#src/domain/run-result.js'
import {toSampleLine} from '#src/domain/sample-line.js'
import {projectionsOf} from '#src/usecases/run/projections.js'
import {firstDifference, firstDifferentLine} from '#src/usecases/verify/first-difference.js'
import {verifyRun} from '#src/usecases/verify/verify-run.js'

import {assessRun} from '../../sample/run-parts.ts'
import {judgedSample, runResult, SCORES} from '../../sample/runs.ts'
import {inEnglish} from '@ep23/sdk/testing'

const PROMPT = 'digest-ru-1'

/** An answer of a judge that quotes what stands in both texts. */
function answer(score: number): string {
  const verdict = {why: 'видно', quotes: ['открыли новый мост'], score}
  return JSON.stringify(Object.fromEntries(SCORES.map(name => [name, verdict])))
}

function judgementOf(record: JudgedSample, reply: string | null): Judgement {
  const read = reply === null ? undefined : readReply(judgePrompt(PROMPT), reply, record, SCORES)
  const nothing = (score: Score) => Object.fromEntries(SCORES.map(name => [name, score]))
  const failed =
    read && 'problem' in read
      ? ({unmeasured: 'invalid_reply', detail: read.problem} as const)
      : ({unmeasured: 'timed_out'} as const)
  return {
    scores: read && 'scores' in read ? read.scores : nothing(failed),
    trail: {
      reply,
      key: 'k',
      cached: false,
      latency_seconds: 1,
      model: 'm',
      system_fingerprint: null,
      sent: {temperature: 0, seed: 23, json_schema: true},
    },
  }
}

/** A finished run of a language model in memory, as its files would be. */
async function llmRun(replies: readonly (string | null)[]): Promise<{run: RunResult; files: Map<string, string>}> {
  const records = replies.map((_, i) => judgedSample(`@habr:2024-11-${String(i + 10)}`))
  const root = new MerkleRoot(sha256)
  const judged = records.map((record, i) => {
    const text = canonicalLine(record)
    root.add(text)
    const facts = {sample: record, sampleSha256: hashText(text), answer: 1, repeat: 1}
    return {text, ...toSampleLine(facts, judgementOf(record, replies[i] ?? null), SCORES, hashText)}
  })
  const base = runResult()
  const identity = {
    ...base.identity,
    scenario: {...base.identity.scenario, sha256: hashText(canonicalLine(base.scenario))},
    dataset: {merkle_root: root.root(), records: records.length},
    judge: {
      ...base.identity.judge,
      name: 'llm',
      scale: 'llm',
      prompt: {version: PROMPT, sha256: hashText(judgePrompt(PROMPT).text)},
    },
  }
  const assessment = assessRun(
    judged.map(({line}) => line),
    base.scenario,
    'llm',
  )
  const counts = {
    by_origin: {telegram: records.length, synthetic: 0, team: 0},
    by_channel: {'@habr': records.length},
    shared_news: [],
  }
  const dataset = {...base.dataset, merkle_root: root.root(), ...counts}
  const unsealed = {...base, identity, dataset, assessment, fingerprint: hashText(canonicalLine(identity))}
  const run = {...unsealed, seals: sealsOf(unsealed, hashText)}
  const {run_id, started_at, attempts} = run
  const lines = (texts: readonly string[]): string => texts.map(text => `${text}\n`).join('')
  const files = new Map([
    ['dataset.jsonl', lines(judged.map(({text}) => text))],
    ['samples.jsonl', lines(judged.map(({line}) => canonicalLine(line)))],
    ['replies.jsonl', lines(judged.flatMap(({replies: raw}) => raw.map(canonicalLine)))],
    ['plan.json', JSON.stringify({run_id, identity, started_at, attempts, spent_seconds: 2})],
    ...Object.entries(await projectionsOf(run)),
  ])
  return {run: JSON.parse(JSON.stringify(run)) as RunResult, files}
}

async function verify({run, files}: {run: RunResult; files: Map<string, string>}) {
  async function* lines(name: string): AsyncGenerator<string> {
    yield* (files.get(name) ?? '').split('\n').filter(line => line !== '')
  }
  const part = (name: string, start: number, bytes: number): string =>
    Buffer.from(files.get(name) ?? '').toString('utf8', start, start + bytes)
  return verifyRun(
    {
      version: '0.1.0',
      files: {lines, part, text: async name => files.get(name)},
      hashText,
      sha256,
      factsOf: async () => undefined,
    },
    run,
  )
}

function changed(evidence: Awaited<ReturnType<typeof llmRun>>, file: string, from: string | RegExp, to: string) {
  const text = evidence.files.get(file) ?? ''
  expect(text.replace(from, to), `${file} is changed`).to.not.equal(text)
  return {...evidence, files: new Map([...evidence.files, [file, text.replace(from, to)]])}
}

const sound = await llmRun([answer(8), answer(5), 'Извините, не могу.', null])

describe('verifying a run of a language model', () => {
  it('reads every score again from the raw answers', async () => {
    const {first_difference: difference, judgements, recomputed, notes} = await verify(sound)
    expect(difference).to.equal(null)
    expect({judgements, recomputed}).to.deep.equal({judgements: 4, recomputed: 2})
    expect(inEnglish(notes).join()).to.include('2 of 4 judgements hold no number')
  })

  it('names the line that is no JSON, and computes nothing behind it', async () => {
    const {checks, notes, judgements} = await verify(changed(sound, 'samples.jsonl', /\}\n/u, '\n'))
    expect(checks.map(({check, difference}) => [check, difference])).to.deep.equal([
      ['files', null],
      ['lines', 'samples.jsonl, line 1 is not JSON'],
    ])
    expect([notes, judgements]).to.deep.equal([['nothing was computed again'], 0])
  })

  it('finds a score that its answer does not give', async () => {
    const {first_difference: difference} = await verify(changed(sound, 'samples.jsonl', '"value":0.8', '"value":0.9'))
    expect(difference).to.match(
      /^scores: line 1 \(@habr:2024-11-10\), scores\.\w+\.value: stored 0\.9, computed 0\.8$/u,
    )
  })

  it('finds an answer that was changed', async () => {
    const {first_difference: difference} = await verify(
      changed(sound, 'replies.jsonl', String.raw`\"score\":5`, String.raw`\"score\":9`),
    )
    expect(difference).to.match(/^raw answers: line 2: stored [0-9a-f]{64}, computed/u)
  })

  it('takes no number that stands behind no answer', async () => {
    const files = new Map(sound.files)
    files.set('replies.jsonl', '')
    const {first_difference: difference} = await verify({...sound, files})
    expect(difference).to.include('scores: line 1').and.include('stored')
  })

  it('finds a quote that is not in the source, whatever the stored score says', async () => {
    const evidence = changed(sound, 'dataset.jsonl', 'открыли новый мост', 'открыли старый мост')
    const {checks} = await verify(evidence)
    const failed = checks.filter(({ok}) => !ok).map(({check}) => check)
    expect(failed).to.include.members(['dataset', 'scores'])
  })

  it('finds a verdict, a prompt, a line and a file that do not follow', async () => {
    const verdict = {...sound, run: {...sound.run, assessment: {...sound.run.assessment, verdict: 'pass' as const}}}
    expect((await verify(verdict)).first_difference).to.match(
      /^assessment: assessment\.verdict: stored "pass", computed/u,
    )
    const {judge} = sound.run.identity
    const identity = {...sound.run.identity, judge: {...judge, prompt: {version: PROMPT, sha256: 'f'.repeat(64)}}}
    const {checks} = await verify({...sound, run: {...sound.run, identity}})
    expect(checks.filter(({ok}) => !ok).map(({check}) => check)).to.deep.equal([
      'fingerprint',
      'prompt',
      'plan.json',
      'run.json',
    ])
    const spaced = await verify(changed(sound, 'samples.jsonl', '{"answer":1,', '{"answer": 1,'))
    expect(spaced.first_difference).to.equal('scores: samples.jsonl, line 1 is not in its canonical form')
    expect((await verify(changed(sound, 'scores.csv', /\d/u, '7x'))).first_difference).to.match(
      /^scores\.csv: line \d+: stored/u,
    )
  })

  it('says what it had to take as it stands when only the judge knows', async () => {
    const {judge} = sound.run.identity
    const identity = {...sound.run.identity, judge: {...judge, name: 'own'}}
    const {notes, recomputed} = await verify({...sound, run: {...sound.run, identity}})
    expect(recomputed).to.equal(0)
    expect(inEnglish(notes).join()).to.include('only the judge own knows how it scores')
  })
})

describe('the first difference', () => {
  it('is named by its path', () => {
    expect(firstDifference({a: {b: [1, 2]}}, {a: {b: [1, 3]}})).to.equal('a.b.1: stored 2, computed 3')
    expect(firstDifference({a: 1}, {})).to.equal('a: stored 1, computed nothing')
    expect(firstDifference({a: null}, {a: {}})).to.equal('a: stored null, computed {}')
    expect(firstDifference({toString: 1}, {})).to.equal('toString: stored 1, computed nothing')
    expect(firstDifference({}, JSON.parse('{"__proto__": 1}'))).to.equal('__proto__: stored nothing, computed 1')
    expect(firstDifference({a: [1]}, {a: [1]})).to.equal(undefined)
  })

  it('is told in Russian, too', async () => {
    expect(await firstDifference({a: 1}, {})?.in('ru')).to.equal('a: записано 1, вычислено ничего')
    expect(await firstDifferentLine('a', 'b')?.in('ru')).to.equal('строка 1: записано "a", вычислено "b"')
  })

  it('is named by its line, also where one text is shorter', () => {
    expect(firstDifferentLine('a\nb', 'a\nc')).to.equal('line 2: stored "b", computed "c"')
    expect(firstDifferentLine('a', 'a\nb')).to.equal('line 2: stored nothing, computed "b"')
  })
})

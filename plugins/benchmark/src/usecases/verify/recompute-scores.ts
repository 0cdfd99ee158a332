import {ownField, type JudgedSample, type Score, type Message} from '@ep23/sdk'

import {INJECTION_SIGNATURE, injectionScore} from '../../domain/injections/injection-score.js'
import {LEXICAL_SIGNATURE, lexicalScores} from '../../domain/lexical-scores.js'
import type {JudgePrompt} from '../../domain/judge-prompt.js'
import {judgePrompt, PROMPT_VERSIONS, readReply} from '../../domain/judge-prompts.js'
import type {RunResult} from '../../domain/run-result.js'
import type {SampleLine} from '../../domain/sample-line.js'
import {message} from '../../words/words.js'

type Scores = Readonly<Record<string, Score>>

/** How a line's scores come about again; undefined where nothing but the judge itself could tell. */
export type Recompute = (record: JudgedSample, line: SampleLine, reply: string | undefined) => Scores | undefined

/** Why scores of a run cannot be computed again here; undefined when they can. */
export function obstacle({identity}: RunResult): Message | undefined {
  const {name, signature} = identity.judge
  if (name === 'lexical' && signature !== LEXICAL_SIGNATURE)
    return message('scoresOf', {signature, own: LEXICAL_SIGNATURE})
  if (name === 'injection' && signature !== INJECTION_SIGNATURE)
    return message('scoresOf', {signature, own: INJECTION_SIGNATURE})
  if (name === 'llm') return promptObstacle(identity.judge.prompt?.version)
  if (name === 'lexical' || name === 'recorded' || name === 'injection') return undefined
  return message('onlyJudgeKnows', {name})
}

function promptObstacle(version = 'none'): Message | undefined {
  if (PROMPT_VERSIONS.includes(version)) return undefined
  return message('otherPrompt', {version, known: PROMPT_VERSIONS.join(', ')})
}

export function recomputeOf({identity, scenario}: RunResult): Recompute {
  const {name} = identity.judge
  if (name === 'lexical')
    return (record, line) => (isUnjudged(line) ? undefined : lexicalAgain(record, scenario.scores))
  if (name === 'injection') return (record, line) => (isUnjudged(line) ? undefined : injectionScore(record))
  if (name === 'recorded')
    return (record, line) => (isUnjudged(line) ? undefined : recordedAgain(record, scenario.scores))
  const prompt = judgePrompt(identity.judge.prompt?.version ?? '')
  return (record, line, reply) => readAgain(prompt, record, line, {reply, names: scenario.scores})
}

function lexicalAgain(record: JudgedSample, names: readonly string[]): Scores {
  const empty = record.summary_markdown.trim() === ''
  const scores = empty ? {} : lexicalScores(record)
  return Object.fromEntries(
    names.map(name => [
      name,
      empty
        ? {unmeasured: 'empty_summary' as const}
        : (ownField(scores, name) ?? {unmeasured: 'judge_failed' as const, detail: 'the judge gave no such score'}),
    ]),
  )
}

function recordedAgain({ground_truth: truth}: JudgedSample, names: readonly string[]): Scores {
  const stored = truth?.llm_judge?.scores ?? {}
  return Object.fromEntries(
    names.map(name => {
      const value = ownField(stored, name)
      return [name, value === undefined ? {unmeasured: 'no_stored_score' as const} : {value}]
    }),
  )
}

/**
 * A language model's scores from its raw answer. Without an answer, or where the server itself marked it as refused or cut short,
 * the reasons are taken as they stand: nobody else can know them; but then there must be no number.
 */
function readAgain(
  prompt: JudgePrompt,
  record: JudgedSample,
  line: SampleLine,
  {reply, names}: {reply: string | undefined; names: readonly string[]},
): Scores | undefined {
  const hasValue = Object.values(line.scores).some(score => 'value' in score)
  if (reply === undefined) return hasValue ? unbacked(names) : undefined
  const read = readReply(prompt, reply, record, names)
  if (!('problem' in read)) return isRefusal(line) ? undefined : read.scores
  if (!hasValue) return undefined
  return Object.fromEntries(names.map(name => [name, {unmeasured: 'invalid_reply' as const, detail: read.problem}]))
}

function isRefusal({scores}: SampleLine): boolean {
  return Object.values(scores).every(score => 'unmeasured' in score && score.unmeasured === 'refused')
}

/** A sample that a limit kept from being judged. */
export function isUnjudged({scores}: SampleLine): boolean {
  return Object.values(scores).every(score => 'unmeasured' in score && score.unmeasured === 'budget_spent')
}

function unbacked(names: readonly string[]): Scores {
  return Object.fromEntries(
    names.map(name => [name, {unmeasured: 'judge_failed' as const, detail: 'there is no raw answer behind it'}]),
  )
}

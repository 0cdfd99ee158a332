import type {LlmJudge} from './quality.js'
import {amountIn, fieldsIn, firstText, textIn, type Fields} from './team-fields.js'

/** What a document claims to have been measured, and what of it is not believed. */
export interface Recorded<T> {
  value?: T
  /** Why a value that is there counts as not measured. */
  dropped?: 'invented_scores' | 'invented_latency' | 'unusable_scores'
}

/**
 * The scores that the team's seeding script writes into every document of its own making (with prompt
 * benchmark-2025-11-v1 and verdict MEETS_EXPECTATIONS): no judge ever gave them.
 */
const INVENTED_SCORES: Readonly<Record<string, number>> = {
  coverage: 0.92,
  accuracy: 0.9,
  coherence: 0.9,
  informativeness: 0.91,
}
/** That script writes 120 + i seconds. */
const LEAST_INVENTED_LATENCY = 120

/** The stored judgement of a language model; without one, or with an invented one, nothing was measured. */
export function recordedJudgement(value: unknown): Recorded<LlmJudge> {
  const fields = fieldsIn(value)
  const given = Object.entries(fieldsIn(fields['scores']))
  if (given.length === 0) return {}
  const scores = Object.fromEntries(given.filter((entry): entry is [string, number] => isScore(entry[1])))
  if (isInvented(scores)) return {dropped: 'invented_scores'}
  if (Object.keys(scores).length < given.length) return {dropped: 'unusable_scores'}
  const prompt = textIn(fields['prompt_version'])
  const verdict = textIn(fields['verdict'])
  return {
    value: {
      judge_model: firstText(fields, ['judge_model', 'model']) ?? 'unknown',
      ...(prompt !== undefined && {prompt_version: prompt}),
      scores,
      ...(verdict !== undefined && {verdict}),
    },
  }
}

/**
 * Seconds that writing took, wherever the document keeps them.
 * @param judged what `recordedJudgement` made of the same document: a latency beside invented scores is invented too
 */
export function recordedLatency(places: readonly Fields[], judged: Recorded<LlmJudge>): Recorded<number> {
  const seconds = places
    .map(fields => amountIn(fields['latency_seconds']))
    .find(value => value !== undefined && value > 0)
  if (seconds === undefined) return {}
  const isOfScript =
    judged.dropped === 'invented_scores' && Number.isInteger(seconds) && seconds >= LEAST_INVENTED_LATENCY
  return isOfScript ? {dropped: 'invented_latency'} : {value: seconds}
}

function isInvented(scores: Readonly<Record<string, number>>): boolean {
  return Object.entries(INVENTED_SCORES).every(([name, score]) => scores[name] === score)
}

function isScore(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1
}

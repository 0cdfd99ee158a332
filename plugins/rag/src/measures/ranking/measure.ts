import * as binary from './binary.js'
import {type GainForm, ndcg} from './gain.js'
import type {JudgedRanking} from './judgements.js'

export interface MeasureParameters {
  /** Least relevance that counts as relevant. */
  rel: number
  /** Persistence of RBP: the chance to go on to the next rank. */
  p: number
  dcg: GainForm
}

export type ParameterName = keyof MeasureParameters

/** The defaults of trec_eval. The one of `p` is always printed, because ir_measures has another (0.8). */
export const PARAMETER_DEFAULTS: Readonly<MeasureParameters> = {rel: 1, p: 0.9, dcg: 'log2'}

interface MeasureDefinition {
  parameters: readonly ParameterName[]
  needsCutoff: boolean
  /** `cutoff` is Infinity when the measure has none. */
  value(ranking: JudgedRanking, cutoff: number, parameters: MeasureParameters): number
}

/** Every measure under its name in ir_measures; `R_cap` is BEIR's. */
export const MEASURES = {
  nDCG: {parameters: ['dcg'], needsCutoff: false, value: (ranking, cutoff, {dcg}) => ndcg(ranking, cutoff, dcg)},
  RR: {
    parameters: ['rel'],
    needsCutoff: false,
    value: (ranking, cutoff, {rel}) => binary.reciprocalRank(ranking, cutoff, rel),
  },
  AP: {
    parameters: ['rel'],
    needsCutoff: false,
    value: (ranking, cutoff, {rel}) => binary.averagePrecision(ranking, cutoff, rel),
  },
  R: {parameters: ['rel'], needsCutoff: true, value: (ranking, cutoff, {rel}) => binary.recall(ranking, cutoff, rel)},
  R_cap: {
    parameters: ['rel'],
    needsCutoff: true,
    value: (ranking, cutoff, {rel}) => binary.cappedRecall(ranking, cutoff, rel),
  },
  P: {
    parameters: ['rel'],
    needsCutoff: true,
    value: (ranking, cutoff, {rel}) => binary.precision(ranking, cutoff, rel),
  },
  Success: {
    parameters: ['rel'],
    needsCutoff: true,
    value: (ranking, cutoff, {rel}) => binary.success(ranking, cutoff, rel),
  },
  RBP: {
    parameters: ['rel', 'p'],
    needsCutoff: false,
    value: (ranking, cutoff, {rel, p}) => binary.rankBiasedPrecision(ranking, cutoff, rel, p),
  },
  Judged: {parameters: [], needsCutoff: false, value: (ranking, cutoff) => binary.judgedShare(ranking, cutoff)},
} as const satisfies Record<string, MeasureDefinition>

export type MeasureName = keyof typeof MEASURES

export interface Measure extends Readonly<MeasureParameters> {
  readonly name: MeasureName
  /** Ranks looked at; absent: all of them. */
  readonly cutoff?: number
}

/** The measure's value for one query, from 0 to 1. */
export function measureRanking(measure: Measure, ranking: JudgedRanking): number {
  const definition: MeasureDefinition = MEASURES[measure.name]
  return definition.value(ranking, measure.cutoff ?? Infinity, measure)
}

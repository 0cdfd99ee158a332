import {studentCdf} from '../distribution/student-t.js'
import {mean, standardDeviation} from '../inference/moments.js'

/** An item with what a judge and some annotators gave it, on one scale. */
export interface AnnotatedItem {
  judge: number
  labels: Readonly<Record<string, number>>
}

export interface ComparedAnnotator {
  name: string
  /** Items that it and at least one other annotated. */
  items: number
  /** Share of them on which the judge is as near to the others as this annotator, or nearer. */
  advantage: number
  /** That this annotator beats the judge by epsilon or more. */
  p: number
  /** Whether the judge holds its own against this annotator (Benjamini and Yekutieli). */
  beaten: boolean
}

export interface AlternativeAnnotator {
  /** Share of the annotators against whom the judge holds its own; from one half on it may stand in for them. */
  winning_rate: number
  /** Mean advantage: how probable it is that the judge is as good as an annotator who is drawn by chance. */
  advantage: number
  annotators: ComparedAnnotator[]
}

/** Of one annotator, each with a label of another as well. */
export const FEWEST_ANNOTATED = 30

/**
 * The alternative annotator test of Calderon, Reichart and Dror (2025, arXiv 2501.10970): each annotator is left out in turn, and the
 * judge is asked to be nearer to the others (root mean square) than the one left out, but for epsilon, by a one-sided t-test.
 * A judge that is worse by epsilon passes by chance in 5 % with `FEWEST_ANNOTATED` items, the least that they recommend, but in 12 % with 17
 * and 62 % with two.
 * @param epsilon what a judge may be worse and still be worth it, being cheaper: 0.2 beside experts, as they propose
 * @returns undefined for fewer than three annotators with `FEWEST_ANNOTATED` items each
 */
export function alternativeAnnotatorTest(
  items: readonly AnnotatedItem[],
  {epsilon = 0.2, alpha = 0.05}: {epsilon?: number; alpha?: number} = {},
): AlternativeAnnotator | undefined {
  const names = [...new Set(items.flatMap(({labels}) => Object.keys(labels)))].toSorted()
  const compared = names.flatMap(name => comparedWith(name, items, epsilon) ?? [])
  if (compared.length < 3) return undefined
  const rejected = rejectedBy(
    compared.map(({p}) => p),
    alpha,
  )
  const annotators = compared.map((each, index) => ({...each, beaten: rejected.has(index)}))
  return {
    winning_rate: rejected.size / annotators.length,
    advantage: mean(annotators.map(({advantage}) => advantage)),
    annotators,
  }
}

function comparedWith(
  name: string,
  items: readonly AnnotatedItem[],
  epsilon: number,
): Omit<ComparedAnnotator, 'beaten'> | undefined {
  const pairs = items.flatMap(({judge, labels}) => {
    const {[name]: own, ...rest} = labels
    const others = Object.values(rest)
    return own === undefined || others.length === 0
      ? []
      : [{judge: distance(judge, others), own: distance(own, others)}]
  })
  if (pairs.length < FEWEST_ANNOTATED) return undefined
  const judgeWins = pairs.map(({judge, own}) => (judge <= own ? 1 : 0))
  const differences = pairs.map(({judge, own}, index) => (own <= judge ? 1 : 0) - (judgeWins[index] ?? 0))
  return {name, items: pairs.length, advantage: mean(judgeWins), p: lowerTail(differences, epsilon)}
}

function distance(value: number, others: readonly number[]): number {
  return Math.sqrt(mean(others.map(other => (value - other) ** 2)))
}

/** p of the hypothesis that the mean is epsilon or more. */
function lowerTail(values: readonly number[], epsilon: number): number {
  const error = standardDeviation(values) / Math.sqrt(values.length)
  const above = mean(values) - epsilon
  // Equal differences show no spread: with a mean of epsilon, each of them was not a loss with a probability of 1 − epsilon at most.
  if (error === 0) return above < 0 ? (1 - epsilon) ** values.length : 1
  return studentCdf(above / error, values.length - 1)
}

/** Indexes that Benjamini and Yekutieli (2001) reject, whatever the dependence. */
function rejectedBy(values: readonly number[], alpha: number): Set<number> {
  const order = [...values.keys()].toSorted((a, b) => (values[a] ?? 1) - (values[b] ?? 1))
  const harmonic = values.reduce((sum, _, index) => sum + 1 / (index + 1), 0)
  const last = order.findLastIndex((at, rank) => (values[at] ?? 1) <= ((rank + 1) * alpha) / (values.length * harmonic))
  return new Set(order.slice(0, last + 1))
}

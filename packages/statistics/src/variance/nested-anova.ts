import {mean} from '../inference/moments.js'
import {type Measurement, sample} from '../measurement.js'

/** Scores by item, by answer to it and by judgement of that answer. */
export type RepeatedScores = readonly (readonly (readonly Measurement[])[])[]

/**
 * What each item adds to the sums of squares, side by side: resampling reads them millions of times. Scores are taken from the
 * mean of all, so that nothing cancels out.
 */
export interface ItemSums {
  items: number
  /** `WIDTH` numbers an item, in the order of `sumsOf`. */
  values: Float64Array
}

const WIDTH = 8

export interface Components {
  item: Measurement
  answer: Measurement
  judge: Measurement
}

/** Of the items with at least one measured score. */
export function itemSums(scores: RepeatedScores): ItemSums {
  const items = scores
    .map((answers, i) => answers.map((cell, j) => sample(cell, `scores[${i}][${j}]`).values))
    .map(answers => answers.filter(cell => cell.length > 0))
    .filter(answers => answers.length > 0)
  const values = new Float64Array(items.length * WIDTH)
  if (items.length === 0) return {items: 0, values}
  const centre = mean(items.flatMap(answers => answers.flatMap(cell => [...cell])))
  for (const [i, answers] of items.entries())
    values.set(sumsOf(answers.map(cell => cell.map(value => value - centre))), i * WIDTH)
  return {items: items.length, values}
}

/** How many scores were measured. */
export function measuredScores({items, values}: ItemSums): number {
  let sum = 0
  for (let item = 0; item < items; item++) sum += values[item * WIDTH] ?? 0
  return sum
}

function sumsOf(answers: readonly Float64Array[]): number[] {
  const all = Float64Array.from(answers.flatMap(cell => [...cell]))
  const centre = mean(all)
  const sum = sumOf(all, value => value)
  const squaredSizes = sumOf(answers, cell => cell.length ** 2)
  const answerSquares = sumOf(answers, cell => cell.length * (mean(cell) - centre) ** 2)
  const judgeSquares = sumOf(answers, cell => {
    const own = mean(cell)
    return sumOf(cell, value => (value - own) ** 2)
  })
  const perItem = [sum ** 2 / all.length, squaredSizes / all.length]
  return [all.length, sum, answers.length, squaredSizes, answerSquares, judgeSquares, ...perItem]
}

/**
 * Components by nested analysis of variance (Searle, Casella and McCulloch 1992, chapter 3), from what the items add: their
 * expected mean squares solved for the components, which may come out negative. Undefined where there are no repeats to tell.
 * @param places which items, each as often as it stands here; all of them once without
 */
export function nestedComponents({items, values}: ItemSums, places?: Int32Array): Components {
  let [n, sum, answers, squaredItems, meanSquares] = [0, 0, 0, 0, 0]
  let [squaredSizes, sizesPerItem, answerSquares, judgeSquares] = [0, 0, 0, 0]
  const count = places?.length ?? items
  for (let i = 0; i < count; i++) {
    const at = (places ? (places[i] ?? 0) : i) * WIDTH
    const scores = values[at] ?? 0
    n += scores
    squaredItems += scores * scores
    sum += values[at + 1] ?? 0
    answers += values[at + 2] ?? 0
    squaredSizes += values[at + 3] ?? 0
    answerSquares += values[at + 4] ?? 0
    judgeSquares += values[at + 5] ?? 0
    meanSquares += values[at + 6] ?? 0
    sizesPerItem += values[at + 7] ?? 0
  }
  const [itemFreedom, answerFreedom, judgeFreedom] = [count - 1, answers - count, n - answers]
  const judge = judgeFreedom > 0 ? judgeSquares / judgeFreedom : undefined
  const noise = judge ?? 0
  const answer = answerFreedom > 0 ? (answerSquares - answerFreedom * noise) / (n - sizesPerItem) : undefined
  const explained = (sizesPerItem - squaredSizes / n) * Math.max(0, answer ?? 0) + itemFreedom * noise
  const itemSquares = meanSquares - sum ** 2 / n
  const item = itemFreedom > 0 ? (itemSquares - explained) / (n - squaredItems / n) : undefined
  return {item, answer, judge}
}

function sumOf<T>(values: Iterable<T>, value: (one: T) => number): number {
  let sum = 0
  for (const one of values) sum += value(one)
  return sum
}

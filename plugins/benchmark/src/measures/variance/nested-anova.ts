import {mean} from '../inference/moments.js'
import {type Measurement, onlyMeasured} from '../measurement.js'

/** Scores by item, by answer to it and by judgement of that answer. */
export type RepeatedScores = readonly (readonly (readonly Measurement[])[])[]

/** What one item adds to the sums of squares. Scores are taken from the mean of all, so that nothing cancels out. */
export interface ItemSums {
  scores: number
  sum: number
  answers: number
  /** Σ over answers of the squared number of judgements. */
  squaredSizes: number
  /** Around the item's mean. */
  answerSquares: number
  /** Around each answer's mean. */
  judgeSquares: number
}

export interface Components {
  item: Measurement
  answer: Measurement
  judge: Measurement
}

/** One entry an item with at least one measured score. */
export function itemSums(scores: RepeatedScores): ItemSums[] {
  const items = scores
    .map((answers, i) => answers.map((cell, j) => onlyMeasured(cell, `scores[${i}][${j}]`).values))
    .map(answers => answers.filter(cell => cell.length > 0))
    .filter(answers => answers.length > 0)
  if (items.length === 0) return []
  const centre = mean(items.flatMap(answers => answers.flatMap(cell => [...cell])))
  return items.map(answers => sumsOf(answers.map(cell => cell.map(value => value - centre))))
}

function sumsOf(answers: readonly Float64Array[]): ItemSums {
  const all = Float64Array.from(answers.flatMap(cell => [...cell]))
  const centre = mean(all)
  return {
    scores: all.length,
    sum: sumOf(all, value => value),
    answers: answers.length,
    squaredSizes: sumOf(answers, cell => cell.length ** 2),
    answerSquares: sumOf(answers, cell => cell.length * (mean(cell) - centre) ** 2),
    judgeSquares: sumOf(answers, cell => {
      const own = mean(cell)
      return sumOf(cell, value => (value - own) ** 2)
    }),
  }
}

/**
 * Components by nested analysis of variance (Searle, Casella and McCulloch 1992, chapter 3), from what the items add: their
 * expected mean squares solved for the components, which may come out negative. Undefined where there are no repeats to tell.
 * @param places which items, each as often as it stands here; all of them once without
 */
export function nestedComponents(items: readonly ItemSums[], places?: ArrayLike<number>): Components {
  let [n, sum, answers, squaredItems, meanSquares] = [0, 0, 0, 0, 0]
  let [squaredSizes, sizesPerItem, answerSquares, judgeSquares] = [0, 0, 0, 0]
  const count = places?.length ?? items.length
  for (let at = 0; at < count; at++) {
    const item = items[places ? places[at]! : at]!
    n += item.scores
    sum += item.sum
    answers += item.answers
    squaredItems += item.scores ** 2
    meanSquares += item.sum ** 2 / item.scores
    squaredSizes += item.squaredSizes
    sizesPerItem += item.squaredSizes / item.scores
    answerSquares += item.answerSquares
    judgeSquares += item.judgeSquares
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

import {mean} from '../inference/moments.js'
import {type Measurement, onlyMeasured} from '../measurement.js'

/** Scores by item, by answer to it and by judgement of that answer. */
export type RepeatedScores = readonly (readonly (readonly Measurement[])[])[]

export interface VarianceSplit {
  /** Between items: how much samples differ in quality. */
  item: Measurement
  /** Between answers to one item. Undefined without answer repeats; what it would be is then part of `item`. */
  answer: Measurement
  /** Between judgements of one answer. Undefined without judge repeats; what it would be is then part of `answer` or `item`. */
  judge: Measurement
  /** Components whose estimate came out negative and was set to 0: they are smaller than these data can show. */
  floored: ('item' | 'answer')[]
  items: number
  measured: number
  unmeasured: number
}

/** Sums of squares, degrees of freedom and the weights of components in their expectations. */
interface NestedAnova {
  itemSquares: number
  answerSquares: number
  judgeSquares: number
  itemFreedom: number
  answerFreedom: number
  judgeFreedom: number
  itemWeight: number
  answerWeightInItem: number
  answerWeight: number
}

/**
 * Variance components of item / answer / judge by nested analysis of variance (Searle, Casella and McCulloch 1992, chapter 3),
 * exact for balanced repeats and usable when some judgements are unmeasured. Negative estimates become 0 and are named.
 */
export function varianceSplit(scores: RepeatedScores): VarianceSplit {
  const items = measuredCells(scores)
  const measured = sumOf(items.flat(), cell => cell.length)
  const counts = {items: items.length, measured, unmeasured: scores.flat(2).length - measured}
  if (measured === 0) return {item: undefined, answer: undefined, judge: undefined, floored: [], ...counts}
  return {...components(nestedAnova(items)), ...counts}
}

function measuredCells(scores: RepeatedScores): Float64Array[][] {
  return scores
    .map((answers, i) => answers.map((cell, j) => onlyMeasured(cell, `scores[${i}][${j}]`).values))
    .map(answers => answers.filter(cell => cell.length > 0))
    .filter(answers => answers.length > 0)
}

function components(anova: NestedAnova): Pick<VarianceSplit, 'item' | 'answer' | 'judge' | 'floored'> {
  const judge = anova.judgeFreedom > 0 ? anova.judgeSquares / anova.judgeFreedom : undefined
  const noise = judge ?? 0
  const answer =
    anova.answerFreedom > 0 ? (anova.answerSquares - anova.answerFreedom * noise) / anova.answerWeight : undefined
  const known = Math.max(0, answer ?? 0)
  const explained = anova.answerWeightInItem * known + anova.itemFreedom * noise
  const item = anova.itemFreedom > 0 ? (anova.itemSquares - explained) / anova.itemWeight : undefined
  const floored = Object.entries({item, answer}).filter(([, value]) => value !== undefined && value < 0)
  return {item: atLeastZero(item), answer: atLeastZero(answer), judge, floored: floored.map(([name]) => name as 'item')}
}

function nestedAnova(items: readonly Float64Array[][]): NestedAnova {
  const cells = items.flat()
  const perItem = items.map(answers => Float64Array.from(answers.flatMap(cell => [...cell])))
  const centre = mean(perItem.flatMap(item => [...item]))
  const n = sumOf(cells, cell => cell.length)
  const squaredCellsPerItem = sumOf(items, (answers, i) => sumOf(answers, squaredSize) / perItem[i]!.length)
  return {
    itemSquares: sumOf(perItem, item => item.length * (mean(item) - centre) ** 2),
    answerSquares: sumOf(items, (answers, i) => squaresAround(mean(perItem[i]!), answers)),
    judgeSquares: sumOf(cells, cell => sumOf([...cell], value => (value - mean(cell)) ** 2)),
    itemFreedom: items.length - 1,
    answerFreedom: cells.length - items.length,
    judgeFreedom: n - cells.length,
    itemWeight: n - sumOf(perItem, squaredSize) / n,
    answerWeightInItem: squaredCellsPerItem - sumOf(cells, squaredSize) / n,
    answerWeight: n - squaredCellsPerItem,
  }
}

function squaresAround(centre: number, cells: readonly Float64Array[]): number {
  return sumOf(cells, cell => cell.length * (mean(cell) - centre) ** 2)
}

function squaredSize(values: Float64Array): number {
  return values.length ** 2
}

function sumOf<T>(values: readonly T[], value: (one: T, index: number) => number): number {
  return values.reduce((sum, one, index) => sum + value(one, index), 0)
}

function atLeastZero(value: Measurement): Measurement {
  return value === undefined ? undefined : Math.max(0, value)
}

import type {Measurement} from '@ep23/statistics'

import type {RunRemark} from './run-result.js'
import type {SampleTable} from './sample-table.js'
import type {GateResult, InventedLook} from './verdict.js'

/** Fewest samples of which one value says something. */
const FEWEST = 5
/** Fewest samples that use more than two steps of any scale by chance. */
const FEWEST_FOR_STEPS = 30

/** Each look with the scores that have it. */
export function inventedRemarks(tables: Iterable<SampleTable>, scores: readonly string[]): RunRemark[] {
  const looks = [...tables].flatMap(table => scores.map(score => ({score, look: inventedLook(table, score)})))
  return [...Map.groupBy(looks, ({look}) => look)].flatMap(([look, found]) =>
    look === undefined
      ? []
      : [{code: 'scores_look_invented', look, scores: [...new Set(found.map(each => each.score))]}],
  )
}

/**
 * Takes back passes that rest on such scores alone, and says of what is undecided why no more data would help: where one gated score looks measured, or the judge's raw answers are kept, the
 * judge looked at the texts.
 * @param isScore whether a gate looks at a judge's score
 */
export function withoutInventedPasses<T extends Pick<GateResult, 'metric' | 'verdict' | 'more' | 'cause'>>(
  gates: readonly T[],
  table: SampleTable,
  isScore: (metric: string) => boolean,
): T[] {
  if (table.answeredLines > 0) return [...gates]
  const looks = new Map(
    gates.filter(({metric}) => isScore(metric)).map(({metric}) => [metric, inventedLook(table, metric)]),
  )
  if ([...looks.values()].includes(undefined)) return [...gates]
  return gates.map(gate => {
    const look = looks.get(gate.metric)
    if (look === undefined || (gate.verdict !== 'pass' && gate.verdict !== 'undecided')) return gate
    return {...gate, verdict: 'undecided', more: null, cause: {code: 'looks_invented', look}}
  })
}

/**
 * Why a score looks as if nobody had measured it; undefined when it looks measured. `constant`: one value for every sample.
 * `few_values`: not more than two values, other than yes and no, that no raw answer stands behind. `equal_channels`: the same
 * values as often in every channel.
 */
function inventedLook(table: SampleTable, score: string): InventedLook | undefined {
  const values = table.columns.get(score)?.values ?? []
  const {measured, different} = fewValues(values)
  if (measured < FEWEST) return undefined
  if (different.size === 1) return 'constant'
  // With raw answers at hand a scale of few steps is the judge's own.
  if (table.answeredLines > 0 || isYesOrNo(different)) return undefined
  if (different.size === 2 && measured >= FEWEST_FOR_STEPS) return 'few_values'
  return haveEqualChannels(values, table.channels) ? 'equal_channels' : undefined
}

/** How many were measured, and up to three different ones among them: nobody asks for more. */
function fewValues(values: readonly Measurement[]): {measured: number; different: Set<number>} {
  const different = new Set<number>()
  let measured = 0
  for (const value of values) {
    if (value === undefined) continue
    measured += 1
    if (different.size < 3) different.add(value)
  }
  return {measured, different}
}

function isYesOrNo(different: ReadonlySet<number>): boolean {
  return [...different].every(value => value === 0 || value === 1)
}

function haveEqualChannels(values: readonly Measurement[], channels: readonly string[]): boolean {
  const [first = [], ...others] = Map.groupBy(values.keys(), i => channels[i]).values()
  if (others.length === 0 || first.length < FEWEST || others.some(({length}) => length !== first.length)) return false
  const listOf = (places: readonly number[]): string =>
    places
      .map(i => values[i])
      .toSorted(ascending)
      .join()
  const list = listOf(first)
  return others.every(places => listOf(places) === list)
}

function ascending(a: Measurement, b: Measurement): number {
  return (a ?? -1) - (b ?? -1)
}

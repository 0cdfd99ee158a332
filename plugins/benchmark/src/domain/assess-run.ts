import {AnswerTally, type AnswerLine} from './answers.js'
import type {Instrument} from './calibration-status.js'
import {decideGates} from './decide-gates.js'
import type {Assessment, OriginResult} from './run-result.js'
import type {SampleLine, SampleOrigin} from './sample-line.js'
import {countReason, type ReasonCounts, SampleTable} from './sample-table.js'
import type {Scenario} from './scenario.js'
import {latencyFacts, scoreFacts} from './score-facts.js'
import {clustersOf, type SharedNews} from './shared-news.js'
import {countUsage, noUsage} from './usage.js'

/**
 * Everything a run says, computed from its lines alone and from nothing else: whoever has `samples.jsonl` and the scenario gets
 * the same again. Takes the lines one by one; memory grows by some numbers a sample.
 * @param scale whose thresholds gate the scores (`Judge.scale`)
 * @param known what is not in the lines: of the judge, what people think of its scores; of the dataset, which channels share their news
 */
export class RunAssessor {
  readonly #tables = new Map<SampleOrigin, SampleTable>()
  readonly #unmeasured: ReasonCounts = {}
  readonly #usage = noUsage()
  readonly #answers = new AnswerTally()
  #truncated = 0

  constructor(
    private readonly scenario: Scenario,
    private readonly scale: string,
    private readonly known: {instrument?: Instrument | undefined; shared?: readonly SharedNews[]} = {},
  ) {}

  add(line: SampleLine): void {
    const table =
      this.#tables.get(line.origin) ?? new SampleTable(this.scenario.scores, clustersOf(this.known.shared ?? []))
    this.#tables.set(line.origin, table)
    table.add(line)
    if (line.truncated_characters > 0) this.#truncated += 1
    for (const reason of reasonsOf(line)) countReason(this.#unmeasured, reason)
    countUsage(this.#usage, line.usage, line.trail)
  }

  /** Lines of `answers.jsonl`, when there are any. */
  addAnswer(line: AnswerLine): void {
    this.#answers.add(line)
  }

  finish(): Assessment {
    for (const table of this.#tables.values()) table.close()
    const tables = [...this.#tables.values()]
    const lines = sum(tables, table => table.lines)
    const truncatedShare = lines > 0 ? this.#truncated / lines : 0
    const answers = this.#answers.facts()
    const decision = decideGates(this.scenario, this.scale, this.#tables, truncatedShare, this.known)
    return {
      samples: {
        lines,
        samples: sum(tables, table => table.samples),
        measured: sum(tables, table => table.measuredLines),
        unmeasured: this.#unmeasured,
        truncated: this.#truncated,
        truncated_share: truncatedShare,
      },
      by_origin: Object.fromEntries([...this.#tables].map(([origin, table]) => [origin, originResult(table)])),
      ...decision,
      usage: this.#usage,
      ...(answers && {answers}),
    }
  }
}

function originResult(table: SampleTable): OriginResult {
  return {
    samples: table.samples,
    measured_share: table.lines > 0 ? table.measuredLines / table.lines : null,
    scores: Object.fromEntries([...table.columns].map(([name, column]) => [name, scoreFacts(column, table)])),
    latency_seconds: latencyFacts(table),
  }
}

/** Each reason once a line, however many scores it cost. */
function reasonsOf({scores}: SampleLine): Set<keyof ReasonCounts> {
  return new Set(Object.values(scores).flatMap(score => ('unmeasured' in score ? [score.unmeasured] : [])))
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

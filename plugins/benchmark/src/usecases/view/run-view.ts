import type {Comparison} from '../../domain/comparison.js'
import {changeMessage, comparisonRemarkMessage} from '../../domain/messages/change-messages.js'
import {comparisonMessage} from '../../domain/messages/comparison-message.js'
import {decisionMessage} from '../../domain/messages/gate-messages.js'
import {localizedTitle} from '../../domain/messages/names.js'
import {asRead} from '../../domain/messages/localized-text.js'
import {listedMessage, remarkMessages, runMessage} from '../../domain/messages/run-messages.js'
import {
  repeatPlanMessage,
  VARIANCE_PARTS,
  variancePartName,
  varianceShareText,
} from '../../domain/messages/variance-messages.js'
import type {StoredRun} from '../../domain/run-folder.js'
import type {OriginResult, RunResult} from '../../domain/run-result.js'
import type {SampleOrigin} from '../../domain/sample-line.js'
import type {ComparisonView, LatencyBins, RunView, VarianceView} from '../../domain/run-view.js'
import {SAMPLES_A_PAGE} from '../../domain/view-data.js'
import {groupedBySample} from './judged-samples.js'

interface RunViewOptions {
  samples: number
  /** First and last day of the run's digests. */
  days: RunView['days']
  /** How many digests the list has room for; all unless told. */
  listed?: number
  comparison?: Comparison | undefined
}

/** One run as its page tells it, with every sentence in both languages. */
export async function runView(
  stored: StoredRun,
  {samples, days, listed = samples, comparison}: RunViewOptions,
): Promise<RunView> {
  const {run} = stored
  const {headline, sentences} = runMessage(run)
  return {
    run,
    messages: {
      title: localizedTitle(run.scenario),
      headline: asRead(headline),
      sentences: [...sentences, ...remarkMessages(run)].map(asRead),
      gates: run.assessment.gates.map(gate => asRead(decisionMessage(gate))),
      ...(listed < samples && {listed: asRead(listedMessage(listed, samples))}),
    },
    days,
    latencies: hasLatencies(run) ? await latenciesOf(stored) : {},
    variance: byOrigin(run, varianceOf),
    comparison: comparison ? comparisonView(comparison) : null,
    pages: pagesOf(Math.min(samples, listed)),
  }
}

/** Pages of the list of a run's digests; an empty one has a page. */
export function pagesOf(samples: number): number {
  return Math.max(1, Math.ceil(samples / SAMPLES_A_PAGE))
}

function byOrigin<T>(run: RunResult, make: (result: OriginResult) => T): Partial<Record<SampleOrigin, T>> {
  const results = Object.entries(run.assessment.by_origin) as [SampleOrigin, OriginResult][]
  return Object.fromEntries(results.map(([origin, result]) => [origin, make(result)]))
}

function hasLatencies({assessment}: RunResult): boolean {
  return Object.values(assessment.by_origin).some(({latency_seconds: {p50}}) => p50.measured > 0)
}

async function latenciesOf({samples}: StoredRun): Promise<RunView['latencies']> {
  const values: Partial<Record<SampleOrigin, number[]>> = {}
  for await (const [line] of groupedBySample(samples())) {
    const seconds = line?.latency_seconds
    if (line && typeof seconds === 'number') (values[line.origin] ??= []).push(seconds)
  }
  return Object.fromEntries(Object.entries(values).map(([origin, own]) => [origin, histogramOf(own)]))
}

const BINS = 24

function histogramOf(values: readonly number[]): LatencyBins {
  const from = values.reduce((least, value) => Math.min(least, value), values[0] ?? 0)
  const to = values.reduce((most, value) => Math.max(most, value), from)
  const step = (to - from) / BINS || 1
  const counts = Array.from({length: BINS}, () => 0)
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor((value - from) / step))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return {from, to, counts}
}

/** Only what was repeated has parts. */
function varianceOf({scores}: OriginResult): VarianceView[] {
  return Object.entries(scores).flatMap(([score, {variance}]) =>
    variance
      ? [
          {
            score,
            parts: VARIANCE_PARTS.map(part => ({
              name: variancePartName(part),
              share: asRead(varianceShareText(part, variance)),
            })),
            plan: asRead(repeatPlanMessage(variance)),
          },
        ]
      : [],
  )
}

function comparisonView(result: Comparison): ComparisonView {
  const {headline, sentences} = comparisonMessage(result)
  return {
    result,
    headline: asRead(headline),
    sentences: sentences.map(asRead),
    remarks: result.remarks.map(remark => asRead(comparisonRemarkMessage(remark))),
    causes: Object.fromEntries(
      Object.entries(result.by_origin).map(([origin, {metrics}]) => [
        origin,
        metrics.map(({cause}) => asRead(changeMessage(cause))),
      ]),
    ),
  }
}

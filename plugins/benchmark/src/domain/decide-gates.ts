import {ownField} from '@ep23/sdk'
import {type Instrument, gateCalibration} from './calibration-status.js'
import {type Decision, decideGate, unmeasured} from './decide-gate.js'
import {type GateInterval, gateInterval} from './gate-interval.js'
import {RESISTED} from './injections/order-check.js'
import {inventedRemarks, withoutInventedPasses} from './invented-scores.js'
import type {Assessment, RunRemark} from './run-result.js'
import type {SampleOrigin} from './sample-line.js'
import {SampleTable} from './sample-table.js'
import type {Scenario} from './scenario.js'
import type {SharedNews} from './shared-news.js'
import {gateMessage} from './messages/gate-messages.js'
import {remarkMessage} from './messages/run-messages.js'
import type {Gate, GateResult, Verdict} from './verdict.js'

type Verdicts = Required<Pick<Assessment, 'gates' | 'verdict' | 'remarks' | 'notes'>>

/** The worst first: what was not measured must not hide behind what was. */
const SEVERITY: readonly Verdict[] = ['unmeasured', 'fail', 'undecided', 'warn', 'pass']

/**
 * All gates of a scenario for a judge's scale, and the run's verdict: that of its worst gate. Scores without thresholds on this
 * scale are reported and leave the run undecided: thresholds of another scale say nothing about them.
 */
export function decideGates(
  scenario: Scenario,
  scale: string,
  tables: ReadonlyMap<SampleOrigin, SampleTable>,
  truncatedShare: number,
  {instrument, shared = []}: {instrument?: Instrument | undefined; shared?: readonly SharedNews[]} = {},
): Verdicts {
  // What code sees in a text, yes or no, needs neither people nor spread to be believed.
  const isScore = (metric: string): boolean => scenario.scores.includes(metric) && metric !== RESISTED
  const gates = originsOf(scenario, tables).flatMap(origin => {
    const table = tables.get(origin) ?? new SampleTable(scenario.scores)
    const decided = gatesOf(scenario, scale).map(gate => gateResult(gate, origin, table, scenario, truncatedShare))
    return withCalibration(withoutInventedPasses(decided, table, isScore), instrument, isScore).map(withReason)
  })
  const remarks = remarksOn(scenario, scale, tables, shared)
  const verdicts = gates.map(gate => gate.verdict)
  if (!hasScoreGate(scenario, scale)) verdicts.push('undecided')
  return {
    gates,
    verdict: SEVERITY.find(verdict => verdicts.includes(verdict)) ?? 'undecided',
    remarks,
    notes: remarks.map(remark => remarkMessage(remark).en),
  }
}

type ScaledGate = Gate & {scale: string}

function gatesOf({gates}: Scenario, scale: string): ScaledGate[] {
  return [scale, 'any'].flatMap(of => (ownField(gates, of) ?? []).map(gate => ({...gate, scale: of})))
}

// Real samples decide a live scenario also when there are none: synthetic ones can never pass it.
function originsOf({live}: Scenario, tables: ReadonlyMap<SampleOrigin, SampleTable>): SampleOrigin[] {
  return live ? ['telegram'] : [...tables.keys()].toSorted()
}

function gateResult(
  gate: ScaledGate,
  origin: SampleOrigin,
  table: SampleTable,
  scenario: Scenario,
  truncatedShare: number,
): GateResult {
  const interval = gateInterval(gate, table)
  const decision = decisionOn(gate, interval, table, scenario, truncatedShare)
  return {
    ...gate,
    origin,
    interval: interval.facts,
    with_missing: interval.withMissing,
    ...decision,
    calibration: null,
    reason: '',
  }
}

function withReason(gate: GateResult): GateResult {
  return {...gate, reason: gateMessage(gate, gate.cause).en}
}

function decisionOn(
  gate: Gate,
  interval: GateInterval,
  table: SampleTable,
  {scores, max_truncated_share: limit}: Scenario,
  truncatedShare: number,
): Decision {
  if (table.samples === 0) return unmeasured({code: 'no_samples'})
  if (scores.includes(gate.metric) && truncatedShare > limit)
    return unmeasured({code: 'source_cut', share: truncatedShare})
  const decision = decideGate(gate, interval, measuredChannels(gate.metric, table))
  // Too small a measured share is not a bad digest but a run that says too little.
  return gate.metric === 'measured_share' && decision.verdict === 'fail'
    ? {...decision, verdict: 'unmeasured'}
    : decision
}

/** Undefined for a share of lines, which is about the run itself. */
function measuredChannels(metric: string, table: SampleTable): number | undefined {
  if (metric === 'measured_share') return undefined
  const [values, clusters] =
    metric === 'latency_seconds'
      ? [table.latencies, table.latencyClusters]
      : [table.columns.get(metric)?.values ?? [], table.clusters]
  return new Set(clusters.filter((_, i) => values[i] !== undefined)).size
}

function hasScoreGate({gates, scores}: Scenario, scale: string): boolean {
  return (ownField(gates, scale) ?? []).some(({metric}) => scores.includes(metric))
}

function remarksOn(
  scenario: Scenario,
  scale: string,
  tables: ReadonlyMap<SampleOrigin, SampleTable>,
  shared: readonly SharedNews[],
): RunRemark[] {
  const remarks: RunRemark[] = []
  if (!hasScoreGate(scenario, scale)) remarks.push({code: 'no_thresholds', scenario: scenario.name, scale})
  const channels = new Set(tables.get('telegram')?.channels).size
  const clusters = new Set(tables.get('telegram')?.clusters).size
  if (clusters > 1 && clusters < 10) remarks.push({code: 'few_channels', channels: clusters})
  if (shared.length > 0) remarks.push({code: 'shared_news', pairs: shared, clusters, channels})
  const samples = tables.get('synthetic')?.samples ?? 0
  if (scenario.live && samples > 0) remarks.push({code: 'synthetic_apart', samples})
  return [
    ...remarks,
    ...inventedRemarks(
      tables.values(),
      scenario.scores.filter(score => score !== RESISTED),
    ),
  ]
}

/**
 * Names what stands behind each gate's score. A gate is only as good as its judge: where the run requires a calibration, one
 * without it is undecided.
 * @param instrument undefined for runs that were recorded without any
 */
function withCalibration(
  gates: readonly GateResult[],
  instrument: Instrument | undefined,
  isScore: (metric: string) => boolean,
): GateResult[] {
  return gates.map(gate => {
    if (!instrument || !isScore(gate.metric)) return {...gate, calibration: null}
    const calibration = gateCalibration(instrument, gate.metric)
    const {status} = calibration
    const isOpen = !instrument.required || status === 'calibrated' || !['pass', 'warn', 'fail'].includes(gate.verdict)
    if (isOpen) return {...gate, calibration}
    return {...gate, calibration, verdict: 'undecided', cause: {code: 'not_calibrated', status}}
  })
}

import type {Assessment} from '../run-result.js'
import type {SampleOrigin} from '../sample.js'
import type {Scenario} from '../scenario.js'
import type {Gate, GateResult, Verdict} from '../verdict.js'
import {decideGate, unmeasured} from './decide-gate.js'
import {gateInterval} from './gate-interval.js'
import {SampleTable} from './sample-table.js'

type Decision = Pick<Assessment, 'gates' | 'verdict' | 'notes'>

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
): Decision {
  const gates = originsOf(scenario, tables).flatMap(origin => {
    const table = tables.get(origin) ?? new SampleTable(scenario.scores)
    return gatesOf(scenario, scale).map(gate => gateResult(gate, origin, table, scenario, truncatedShare))
  })
  const notes = notesOn(scenario, scale, tables)
  const verdicts = gates.map(gate => gate.verdict)
  if (!hasScoreGate(scenario, scale)) verdicts.push('undecided')
  return {gates, verdict: SEVERITY.find(verdict => verdicts.includes(verdict)) ?? 'undecided', notes}
}

type ScaledGate = Gate & {scale: string}

function gatesOf({gates}: Scenario, scale: string): ScaledGate[] {
  return [scale, 'any'].flatMap(of => (gates[of] ?? []).map(gate => ({...gate, scale: of})))
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
  const {facts, standardError} = gateInterval(gate, table)
  const base = {...gate, origin, interval: facts}
  const isScore = scenario.scores.includes(gate.metric)
  if (table.samples === 0) return {...base, ...unmeasured(`there are no ${origin} samples`)}
  if (isScore && truncatedShare > scenario.max_truncated_share) {
    const share = `${(truncatedShare * 100).toFixed(1)} %`
    return {...base, ...unmeasured(`the judge saw only a part of the source in ${share} of the judgements`)}
  }
  const decision = decideGate(gate, facts, standardError)
  // Too small a measured share is not a bad digest but a run that says too little.
  const verdict = gate.metric === 'measured_share' && decision.verdict === 'fail' ? 'unmeasured' : decision.verdict
  return {...base, ...decision, verdict}
}

function hasScoreGate({gates, scores}: Scenario, scale: string): boolean {
  return (gates[scale] ?? []).some(({metric}) => scores.includes(metric))
}

function notesOn(scenario: Scenario, scale: string, tables: ReadonlyMap<SampleOrigin, SampleTable>): string[] {
  const notes: string[] = []
  if (!hasScoreGate(scenario, scale))
    notes.push(`${scenario.name} has no thresholds for scores of the scale "${scale}": they are reported, not gated`)
  const channels = new Set(tables.get('telegram')?.channels).size
  if (channels > 1 && channels < 10)
    notes.push(`intervals take the samples of a channel as correlated; with ${channels} channels they are wide`)
  const synthetic = tables.get('synthetic')?.samples ?? 0
  if (scenario.live && synthetic > 0)
    notes.push(`${synthetic} synthetic samples are reported apart and gate nothing in a live scenario`)
  return notes
}

import type {MeaningProblem} from './meaning-problem.js'
import type {Gate, GateStatistic} from './verdict.js'
import {message as say} from '../words/words.js'

/** A benchmark as its YAML file describes it (`config/scenarios/<name>.yaml`), checked. */
export interface Scenario {
  /** `[a-z][a-z0-9_]*`, equal to the file's name. */
  name: string
  title: string
  /** Goes up with every change that makes runs before and after it incomparable. */
  version: number
  /** The exporter whose records are judged: `digests` or `review_reports`, or a plugin's. */
  dataset: string
  /** The default of `--judge`. */
  judge: string
  /** The judge prompt's version, e.g. `digest-ru-1`; a judge without a prompt ignores it. */
  prompt: string
  /** True: verdicts look at real samples alone, and synthetic ones can never pass it. */
  live: boolean
  /** What is scored, in the order of reports. */
  scores: readonly string[]
  /**
   * Thresholds by the scale of the judge that gives the scores; those under `any` do not depend on a judge (latency,
   * measured share).
   */
  gates: Readonly<Record<string, readonly Gate[]>>
  /** Largest share of samples whose source the judge did not see whole. */
  max_truncated_share: number
  /** An external program that judges instead: program and arguments, never a shell line; `{scenario}` and the like are filled in. */
  runner?: readonly string[]
}

type GateFile = Pick<Gate, 'metric' | 'pass' | 'warn'> & Partial<Gate>

/** A scenario as its file has it, defaults not filled in; its shape is checked by the schema. */
export interface ScenarioFile extends Pick<
  Scenario,
  'name' | 'title' | 'version' | 'dataset' | 'judge' | 'scores' | 'runner'
> {
  prompt?: string
  live?: boolean
  max_truncated_share?: number
  gates: Readonly<Record<string, readonly GateFile[]>>
}

/** Latency and scores alike: every number that a gate may look at without a judge. */
const UNJUDGED = ['latency_seconds', 'measured_share']

/** What a schema cannot say: names that must agree and thresholds in their order. */
export function meaningProblems(file: ScenarioFile, fileName: string): MeaningProblem[] {
  const wrongName = say('namesDiffer', {name: file.name, file: fileName})
  const problems = file.name === fileName ? [] : [{path: ['name'], message: wrongName}]
  const ofGates = Object.entries(file.gates).flatMap(([scale, gates]) =>
    gates.flatMap((gate, index) =>
      gateProblems(gate, scale, file.scores).map(({path, message}) => ({
        path: ['gates', scale, index, ...path],
        message,
      })),
    ),
  )
  return [...problems, ...ofGates]
}

/** The file with its defaults. */
export function toScenario({gates, prompt, live, max_truncated_share: truncated, ...rest}: ScenarioFile): Scenario {
  return {
    ...rest,
    prompt: prompt ?? 'none',
    live: live ?? true,
    max_truncated_share: truncated ?? 0.05,
    gates: Object.fromEntries(Object.entries(gates).map(([scale, list]) => [scale, list.map(toGate)])),
  }
}

function gateProblems(gate: GateFile, scale: string, scores: readonly string[]): MeaningProblem[] {
  const {metric, pass, warn, direction, statistic} = toGate(gate)
  const known = [...scores, ...UNJUDGED]
  const problems: MeaningProblem[] = []
  if (!known.includes(metric))
    problems.push({path: ['metric'], message: say('noneOf', {metric, known: known.join(', ')})})
  if (scale === 'any' && scores.includes(metric))
    problems.push({
      path: ['metric'],
      message: say('judgesScore', {metric}),
    })
  if (direction === 'at_least' ? pass < warn : pass > warn)
    problems.push({path: ['warn'], message: say('warnStricter', {warn, pass})})
  if ((statistic === 'share') !== (metric === 'measured_share'))
    problems.push({path: ['statistic'], message: say('shareOnly')})
  return problems
}

function toGate({metric, pass, warn, statistic, direction}: GateFile): Gate {
  return {
    metric,
    statistic: statistic ?? defaultStatistic(metric),
    direction: direction ?? defaultDirection(metric),
    pass,
    warn,
  }
}

function defaultStatistic(metric: string): GateStatistic {
  return metric === 'measured_share' ? 'share' : 'mean'
}

function defaultDirection(metric: string): Gate['direction'] {
  return metric === 'latency_seconds' ? 'at_most' : 'at_least'
}

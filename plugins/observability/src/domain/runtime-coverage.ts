import type {PolicyFinding, Service} from '@ep23/sdk'

import type {RuntimeRequirements} from './runtime-requirements.js'

/** What a live run of a runtime has shown. */
export interface MeasuredRuntime {
  service: Service
  /** Why it could not be measured. */
  failure?: string
  metrics: ReadonlySet<string>
  logLines: number
  /** Fields that every one of its log lines had. */
  logFields: ReadonlySet<string>
  spans: ReadonlySet<string>
}

export interface RuntimeCoverage {
  service: Service
  metrics: {required: number; missing: string[]}
  log_fields: {required: number; missing: string[]}
  spans: {required: number; missing: string[]}
  log_lines: number
  failure: string | null
}

export function coverageOf(required: RuntimeRequirements, measured: MeasuredRuntime): RuntimeCoverage {
  return {
    service: required.service,
    metrics: compared(required.metrics, measured.metrics),
    log_fields: compared(required.logFields, measured.logFields),
    spans: compared(required.spans, measured.spans),
    log_lines: measured.logLines,
    failure: measured.failure ?? null,
  }
}

/** One finding per thing that is missing, under the name of the rule that asks for it. */
export function coverageFindings({service, failure, metrics, log_fields, spans}: RuntimeCoverage): PolicyFinding[] {
  const missing = (rule: string, names: readonly string[], what: string): PolicyFinding[] =>
    names.map(name => ({rule, metric: service, problem: `${what} ${name} is missing`}))
  if (failure !== null) return [{rule: 'runtime-runs', metric: service, problem: failure}]
  return [
    ...missing('runtime-metric', metrics.missing, 'the metric'),
    ...missing('runtime-log-field', log_fields.missing, 'the log field'),
    ...missing('runtime-span', spans.missing, 'the span'),
  ]
}

function compared(required: readonly string[], measured: ReadonlySet<string>): {required: number; missing: string[]} {
  return {required: required.length, missing: required.filter(name => !measured.has(name))}
}

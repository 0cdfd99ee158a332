import {BaseCommand, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import type {TraceSummary} from '../../../usecases/traces/list-traces.js'

export default class ObservabilityTracesList extends BaseCommand<typeof ObservabilityTracesList> {
  static override summary = 'List the latest traces: what ran, when, how long, and what failed in it.'
  static override examples = ['<%= config.bin %> observability:traces:list --limit 5']
  static override flags = {
    limit: wholeNumber({
      summary: 'Most traces to list.',
      min: 1,
      max: 1000,
      default: 20,
      env: 'EP23_OBSERVABILITY_TRACES_LIMIT',
    }),
  }
  static override args = {}
  static override readOnly = true

  protected async execute({
    flags,
  }: Input<typeof ObservabilityTracesList>): Promise<CommandResult<{traces: TraceSummary[]}>> {
    const {listTraces, renderTraces} = await import('../../../usecases/traces/list-traces.js')
    const traces = await listTraces(this.runtime.store, flags)
    return {data: {traces}, text: renderTraces(traces)}
  }
}

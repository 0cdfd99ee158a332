import {BaseCommand, type CommandResult, type Input, type SharedSeries} from '@ep23/sdk'

export default class ObservabilityMetrics extends BaseCommand<typeof ObservabilityMetrics> {
  static override summary = "Print the metrics of all runs once, in Prometheus's text format."
  static override description = 'The same series that observability:serve shows, without those of the server itself.'
  static override examples = [
    '<%= config.bin %> observability:metrics',
    '<%= config.bin %> observability:metrics --json',
  ]
  static override flags = {}
  static override args = {}
  static override readOnly = true

  protected async execute(
    _input: Input<typeof ObservabilityMetrics>,
  ): Promise<CommandResult<{series: readonly SharedSeries[]}>> {
    const {countDocuments, storeGauges} = await import('../../usecases/sidecar/live-gauges.js')
    const {sharedMetrics} = this.runtime
    const live = await storeGauges(this.runtime, await countDocuments(this.runtime))
    const text = await sharedMetrics.exposition(live)
    return {data: {series: await sharedMetrics.series(live)}, text: text.trimEnd().split('\n')}
  }
}

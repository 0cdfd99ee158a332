import * as Flags from '@oclif/core/flags'
import {BaseCommand, usageError, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import type {SlowSpan} from '../../../usecases/traces/list-traces.js'
import {message} from '../../../words/words.js'

const DAY_MS = 86_400_000

export default class ObservabilityTracesSlow extends BaseCommand<typeof ObservabilityTracesSlow> {
  static override summary = 'List the longest spans of the last days.'
  static override examples = [
    '<%= config.bin %> observability:traces:slow',
    '<%= config.bin %> observability:traces:slow --days 1 --min-seconds 0.5',
  ]
  static override flags = {
    limit: wholeNumber({
      summary: 'Most spans to list.',
      min: 1,
      max: 1000,
      default: 20,
      env: 'EP23_OBSERVABILITY_TRACES_LIMIT',
    }),
    days: wholeNumber({
      summary: 'How far to look back.',
      min: 1,
      max: 3660,
      default: 7,
      env: 'EP23_OBSERVABILITY_TRACES_DAYS',
    }),
    'min-seconds': Flags.custom<number>({
      parse: async input => {
        const seconds = input.trim() === '' ? Number.NaN : Number(input)
        if (!(seconds >= 0 && Number.isFinite(seconds))) throw usageError(message('expectedSeconds', {input}))
        return seconds
      },
    })({
      summary: 'Leave out what was faster.',
      helpValue: 'SECONDS',
      default: 0,
      env: 'EP23_OBSERVABILITY_TRACES_MIN_SECONDS',
    }),
  }
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof ObservabilityTracesSlow>): Promise<CommandResult<{spans: SlowSpan[]}>> {
    const {slowSpans, renderSlow} = await import('../../../usecases/traces/list-traces.js')
    const {store, clock} = this.runtime
    const since = new Date(clock.now().getTime() - flags.days * DAY_MS)
    const spans = await slowSpans(store, {limit: flags.limit, minSeconds: flags['min-seconds'], since})
    return {data: {spans}, text: renderSlow(spans)}
  }
}

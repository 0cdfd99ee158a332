import {resolve} from 'node:path'

import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {
  assertReplaceable,
  BaseCommand,
  writeFileAtomically,
  type CommandResult,
  type Input,
  type SpanRecord,
} from '@ep23/sdk'
import {message} from '../../../words/words.js'

interface ShownTrace {
  trace_id: string
  seconds: number
  spans: SpanRecord[]
  /** The page that was written. */
  html: string | null
}

export default class ObservabilityTracesShow extends BaseCommand<typeof ObservabilityTracesShow> {
  static override summary = 'Draw one trace as a tree with durations.'
  static override examples = [
    '<%= config.bin %> observability:traces:show 4bf92f35',
    '<%= config.bin %> observability:traces:show 4bf92f3577b34da6a3ce929d0e0e4736 --html trace.html',
  ]
  static override flags = {
    html: Flags.string({
      summary: 'Write it as a page as well.',
      helpValue: 'FILE',
      env: 'EP23_OBSERVABILITY_TRACES_HTML',
    }),
  }
  static override args = {trace: Args.string({description: 'Trace id, or how it begins.', required: true})}
  static override readOnly = true

  protected async execute({flags, args}: Input<typeof ObservabilityTracesShow>): Promise<CommandResult<ShownTrace>> {
    const [{findTrace}, {renderTree}, {renderHtml}, {extentOf}, {isOwnPage}] = await Promise.all([
      import('../../../usecases/traces/find-trace.js'),
      import('../../../usecases/traces/render-tree.js'),
      import('../../../usecases/traces/render-html.js'),
      import('../../../domain/span-tree.js'),
      import('@ep23/report'),
    ])
    const html = flags.html === undefined ? null : resolve(flags.html)
    if (html !== null) await assertReplaceable(html, isOwnPage)
    const spans = await findTrace(this.runtime.store, args.trace)
    if (html !== null) await writeFileAtomically(html, renderHtml(spans))
    return {
      data: {trace_id: spans[0]?.trace_id ?? '', seconds: extentOf(spans).seconds, spans, html},
      text: [...renderTree(spans), ...(html === null ? [] : ['', message('htmlWritten', {html})])],
    }
  }
}

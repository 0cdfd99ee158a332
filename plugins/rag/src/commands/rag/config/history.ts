import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {ragConfigFlag} from '../../../flags.js'
import type {HistoryView} from '../../../usecases/render-config.js'
import {message} from '../../../words/words.js'

interface ShownHistory {
  path: string
  entries: HistoryView[]
}

export default class RagConfigHistory extends BaseCommand<typeof RagConfigHistory> {
  static override summary = 'Who changed the retrieval configuration, when, why and how.'
  static override examples = ['<%= config.bin %> rag:config:history', '<%= config.bin %> rag:config:history --json']
  static override flags = {'rag-config': ragConfigFlag}
  static override args = {}
  static override readOnly = true
  static override idempotent = true

  protected async execute({flags}: Input<typeof RagConfigHistory>): Promise<CommandResult<ShownHistory>> {
    const [{readHistory}, {configPath}, {renderEntry, viewOf}] = await Promise.all([
      import('../../../adapters/config-files.js'),
      import('../../../actions/config-in-force.js'),
      import('../../../usecases/render-config.js'),
    ])
    const {path, entries} = await readHistory(configPath(flags, this.runtime.settings))
    const views = entries.map(viewOf)
    const text = views.length === 0 ? [message('nothingSigned')] : views.flatMap(renderEntry)
    return {data: {path, entries: views}, text}
  }
}

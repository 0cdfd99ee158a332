import * as Flags from '@oclif/core/flags'
import {BaseCommand, EXIT, type CommandResult, type Input, joined} from '@ep23/sdk'

import type {DocsReport} from '../../usecases/write-docs.js'
import {message} from '../../words/words.js'

export default class ObservabilityDocs extends BaseCommand<typeof ObservabilityDocs> {
  static override summary = 'Write the reference pages of metrics and labels from their declarations.'
  static override examples = ['<%= config.bin %> observability:docs', '<%= config.bin %> observability:docs --check']
  static override flags = {
    out: Flags.string({
      summary: 'Folder of the documentation.',
      helpValue: 'DIR',
      default: 'docs',
      env: 'EP23_OBSERVABILITY_DOCS_OUT',
    }),
    check: Flags.boolean({
      summary: 'Write nothing; exit 2 when a page is out of date.',
      default: false,
      env: 'EP23_OBSERVABILITY_DOCS_CHECK',
    }),
  }
  static override args = {}
  static override idempotent = true

  protected async execute({flags}: Input<typeof ObservabilityDocs>): Promise<CommandResult<DocsReport>> {
    const {renderDocs, writeDocs} = await import('../../usecases/write-docs.js')
    const pages = renderDocs(await this.runtime.sharedMetrics.declarations())
    const report = await writeDocs(pages, {folder: flags.out, check: flags.check})
    const verb = flags.check ? message('outOfDate') : message('written')
    return {
      data: report,
      text: [
        ...report.changed.map(file => joined([file, verb], ': ')),
        ...report.unchanged.map(file => message('upToDate', {file})),
      ],
      exit: flags.check && report.changed.length > 0 ? EXIT.gateFailed : EXIT.ok,
    }
  }
}

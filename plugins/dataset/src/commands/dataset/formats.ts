import {BaseCommand, type CommandResult} from '@ep23/sdk'

import type {FormatList} from '../../adapters/sources/formats/source-formats.js'

export default class DatasetFormats extends BaseCommand<typeof DatasetFormats> {
  static override summary = 'List the formats that dataset:seed reads, with an example of each.'
  static override description = `A file's format is detected from its first bytes, never from its name; gzip is unpacked. JSON records may be in an array, one a line,
under "messages" or "posts", by channel, or in an array of chats, also as MongoDB's Extended JSON.
ep23 reads files; it fetches nothing from Telegram.`
  static override examples = ['<%= config.bin %> dataset:formats', '<%= config.bin %> dataset:formats --json']
  static override flags = {}
  static override args = {}
  static override readOnly = true

  protected async execute(): Promise<CommandResult<FormatList>> {
    const {listFormats, renderFormats} = await import('../../adapters/sources/formats/source-formats.js')
    const data = listFormats()
    return {data, text: renderFormats(data)}
  }
}

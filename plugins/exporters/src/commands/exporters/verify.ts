import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {VerifyData} from '../../actions/verify.js'
import {verifyFlags} from '../../flags.js'

export default class ExportersVerify extends BaseCommand<typeof ExportersVerify> {
  static override summary =
    'Put exporters to the test and archive what they wrote as evidence; exit 2 when anything differs.'
  static override description = `Each exporter, side by side: runs twice → bytes compared → every record held against the committed schema → imported into a scratch
store and compared, value by value, with the source. When nothing differs, the files, a manifest, a schema report and evidence.tar.gz
go to <dataset dir>/exports/<today>/, replaced as one. When something does, its first difference is named and what was archived stays.`
  static override examples = [
    '<%= config.bin %> exporters:verify',
    '<%= config.bin %> exporters:verify --exporter digests --runs 3 --sign qa.key --json',
  ]
  static override args = {}
  static override flags = verifyFlags
  static override idempotent = true

  protected async execute({flags}: Input<typeof ExportersVerify>): Promise<CommandResult<VerifyData>> {
    const {verifyExporters} = await import('../../actions/verify.js')
    return verifyExporters(this.runtime, flags)
  }
}

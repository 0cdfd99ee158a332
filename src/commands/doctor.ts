import {BaseCommand, EXIT, type CommandResult} from '@ep23/sdk'

import {hostChecks, metricNames, pluginChecks} from '../doctor.js'
import {examine, formatFindings, toDiagnosis, type Diagnosis} from '../findings.js'
import {translator} from '../language/static-words.js'

export default class Doctor extends BaseCommand<typeof Doctor> {
  static override summary = 'Check Node, store, plugins, disk, clock and text rules; each finding comes with its fix.'
  static override examples = ['<%= config.bin %> doctor', '<%= config.bin %> doctor --store mongodb://127.0.0.1:27017']
  static override flags = {}
  static override args = {}
  static override readOnly = true

  protected async execute(): Promise<CommandResult<{checks: Diagnosis[]}>> {
    const {lang} = this.runtime.settings
    const contributed = (await this.runtime.contributions()).flatMap(({checks = []}) => checks)
    const found = await examine(
      [...hostChecks, ...pluginChecks(this.config), metricNames, ...contributed],
      this.runtime,
    )
    const isDown = found.some(({status}) => status === 'down')
    return {
      data: {checks: found.map(toDiagnosis)},
      text: await formatFindings(found, lang, translator(lang, this.config)),
      exit: isDown ? EXIT.unavailable : EXIT.ok,
    }
  }
}

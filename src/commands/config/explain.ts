import {BaseCommand, joined, type CommandResult, type SettingValue, type Text} from '@ep23/sdk'
import {message} from '../../words/words.js'

export default class ConfigExplain extends BaseCommand<typeof ConfigExplain> {
  static override summary = 'Show every setting, its value and where it comes from.'
  static override description =
    'Order of precedence: flag > EP23_* environment > ep23.config.yaml > default. Secrets are masked.'
  static override examples = ['<%= config.bin %> config:explain', '<%= config.bin %> config:explain --json']
  static override flags = {}
  static override args = {}
  static override readOnly = true

  protected async execute(): Promise<CommandResult<{settings: readonly SettingValue[]}>> {
    const settings = this.runtime.settings.explain()
    return {data: {settings}, text: [{columns: COLUMNS, rows: settings.map(rowOf)}]}
  }
}

const COLUMNS = [{title: '', kind: 'name'}, {title: ''}, {title: ''}] as const

function rowOf({key, value, origin}: SettingValue): Text[] {
  return [key, value ?? message('notSet'), joined(['<- ', message('origin', {origin})], '')]
}

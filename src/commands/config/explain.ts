import {BaseCommand, type CommandResult, type SettingValue} from '@ep23/sdk'
import {catalogue} from '../../words/words.js'

export default class ConfigExplain extends BaseCommand<typeof ConfigExplain> {
  static override summary = 'Show every setting, its value and where it comes from.'
  static override description =
    'Order of precedence: flag > EP23_* environment > ep23.config.yaml > default. Secrets are masked.'
  static override examples = ['<%= config.bin %> config:explain', '<%= config.bin %> config:explain --json']
  static override flags = {}
  static override args = {}
  static override readOnly = true

  protected async execute(): Promise<CommandResult<{settings: readonly SettingValue[]}>> {
    const {settings: all} = this.runtime
    const [settings, words] = [all.explain(), await catalogue(all.lang)]
    return {data: {settings}, text: settings.map(setting => formatSetting(setting, words))}
  }
}

function formatSetting({key, value, origin}: SettingValue, words: Awaited<ReturnType<typeof catalogue>>): string {
  return `${key.padEnd(13)} ${value ?? words.notSet}  <- ${words.origin({origin})}`
}

import {BaseCommand, type CommandResult, type SettingValue} from '@ep23/sdk'

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
    return {data: {settings}, text: settings.map(formatSetting)}
  }
}

function formatSetting({key, value = '(not set)', origin}: SettingValue): string {
  return `${key.padEnd(13)} ${value}  <- ${origin}`
}

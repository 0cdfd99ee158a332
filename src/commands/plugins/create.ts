import {basename} from 'node:path'

import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {CreatedPlugin} from '../../plugin-template.js'
import {message} from '../../words/words.js'

export default class PluginsCreate extends BaseCommand<typeof PluginsCreate> {
  static override summary = 'Write a plugin of your own: a command with its test, and more when asked.'
  static override description =
    'The plugin is the one of docs/plugin-guide.md under your name. It needs no build step: change it, test it, link it.'
  static override examples = [
    '<%= config.bin %> plugins:create team-plugin',
    '<%= config.bin %> plugins:create team-plugin --exporter --scenario',
  ]
  static override args = {
    name: Args.string({description: 'Name of the package and its folder, for example team-plugin.', required: true}),
  }
  static override flags = {
    exporter: Flags.boolean({summary: 'With an exporter.', default: false, env: 'EP23_PLUGINS_CREATE_EXPORTER'}),
    judge: Flags.boolean({summary: 'With a judge.', default: false, env: 'EP23_PLUGINS_CREATE_JUDGE'}),
    scenario: Flags.boolean({
      summary: 'With a judge and a benchmark scenario for it.',
      default: false,
      env: 'EP23_PLUGINS_CREATE_SCENARIO',
    }),
  }
  static override readOnly = true

  protected async execute({args, flags}: Input<typeof PluginsCreate>): Promise<CommandResult<CreatedPlugin>> {
    const {createPlugin} = await import('../../plugin-template.js')
    const {exporter, judge, scenario} = flags
    const data = await createPlugin({
      ...{name: args.name, exporter, judge: judge || scenario, scenario},
      ...{parent: process.cwd(), root: this.config.root},
    })
    const folder = basename(data.folder)
    return {
      data,
      text: [...data.files.map(file => `${folder}/${file}`), message('nextLink', {folder})],
    }
  }
}

import {resolve} from 'node:path'

import * as Flags from '@oclif/core/flags'
import {BaseCommand, EXIT, type CommandResult, type Input, joined, type TextBlock} from '@ep23/sdk'

import type {ProvisionReport} from '../../../usecases/provision/check-provision.js'
import {message} from '../../../words/words.js'

export default class ObservabilityProvisionCheck extends BaseCommand<typeof ObservabilityProvisionCheck> {
  static override summary =
    'Check dashboards, alert rules, Alertmanager, Loki rules and documents against the declared metrics.'
  static override description =
    'Exits 2 when something is found. Promtool judges every PromQL expression; without it the report says what was not checked, and --strict exits 69.'
  static override examples = [
    '<%= config.bin %> observability:provision:check',
    '<%= config.bin %> observability:provision:check --strict --promtool /opt/prometheus/promtool',
  ]
  static override flags = {
    root: Flags.string({
      summary: 'Folder that contains grafana, prometheus and docs.',
      default: '.',
      helpValue: 'DIR',
      env: 'EP23_OBSERVABILITY_PROVISION_ROOT',
    }),
    promtool: Flags.string({
      summary: 'The promtool to ask.',
      default: 'promtool',
      helpValue: 'PATH',
      env: 'EP23_OBSERVABILITY_PROMTOOL',
    }),
    amtool: Flags.string({
      summary: 'The amtool to ask.',
      default: 'amtool',
      helpValue: 'PATH',
      env: 'EP23_OBSERVABILITY_AMTOOL',
    }),
    strict: Flags.boolean({
      summary: 'Fail when a tool is missing, as a CI job wants.',
      env: 'EP23_OBSERVABILITY_PROVISION_STRICT',
    }),
  }
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof ObservabilityProvisionCheck>): Promise<CommandResult<ProvisionReport>> {
    const [{checkProvision}, {readSourceFiles}, {findTool}] = await Promise.all([
      import('../../../usecases/provision/check-provision.js'),
      import('../../../adapters/source-files.js'),
      import('../../../adapters/find-program.js'),
    ])
    const root = resolve(flags.root)
    const report = await checkProvision({
      readSources: () => readSourceFiles(root),
      metrics: this.runtime.sharedMetrics,
      promtool: findTool(flags.promtool, root),
      amtool: findTool(flags.amtool, root),
    })
    const isIncomplete = flags.strict && report.not_checked.length > 0
    const exit = report.findings.length > 0 ? EXIT.gateFailed : isIncomplete ? EXIT.unavailable : EXIT.ok
    return {
      data: report,
      text: renderReport(report),
      warnings: report.not_checked.map(text => message('notChecked', {text})),
      exit,
    }
  }
}

/** The findings for people: file and place, what is wrong, what to do. */
function renderReport({files, queries, findings}: ProvisionReport): TextBlock[] {
  const lines = findings.flatMap(({rule, file, place, problem, fix}) => [
    {text: joined([file, ', ', place, ': ', problem, ` [${rule}]`], '')},
    {text: joined(['    ', fix], '')},
  ])
  const verdict = findings.length === 0 ? message('nothingFound') : message('findings', {findings: findings.length})
  return [...lines, message('checkedFiles', {verdict, files, queries})]
}

import {resolve} from 'node:path'

import * as Flags from '@oclif/core/flags'
import {BaseCommand, usageError, type CommandResult, type Input} from '@ep23/sdk'

import type {AppliedItem} from '../../../domain/grafana.js'
import {message} from '../../../words/words.js'

export interface ApplyReport {
  plan: boolean
  items: AppliedItem[]
}

export default class ObservabilityProvisionApply extends BaseCommand<typeof ObservabilityProvisionApply> {
  static override summary =
    'Write folder, datasources, dashboards and alert rules to a Grafana; a second run changes nothing.'
  static override description =
    'The dashboards are those of the language in the settings (EP23_LANG). Alert rules become rules that Grafana evaluates; with --no-alerts they stay with Prometheus alone, which is right where its Alertmanager notifies already. Recording rules always stay with Prometheus.'
  static override examples = [
    '<%= config.bin %> observability:provision:apply --grafana https://grafana.example --token-file token --plan',
    '<%= config.bin %> observability:provision:apply --grafana http://127.0.0.1:3000 --token-file token --no-alerts',
  ]
  static override flags = {
    grafana: Flags.url({
      summary: 'Address of Grafana.',
      required: true,
      helpValue: 'URL',
      env: 'EP23_OBSERVABILITY_GRAFANA',
    }),
    'token-file': Flags.string({
      summary: 'File with the token of a service account.',
      required: true,
      helpValue: 'FILE',
      env: 'EP23_OBSERVABILITY_GRAFANA_TOKEN_FILE',
    }),
    root: Flags.string({
      summary: 'Folder that contains grafana and prometheus.',
      default: '.',
      helpValue: 'DIR',
      env: 'EP23_OBSERVABILITY_PROVISION_ROOT',
    }),
    plan: Flags.boolean({
      summary: 'Write nothing, say what would be done.',
      default: false,
      env: 'EP23_OBSERVABILITY_PROVISION_PLAN',
    }),
    alerts: Flags.boolean({
      summary: 'Also write the alert rules.',
      default: true,
      allowNo: true,
      env: 'EP23_OBSERVABILITY_PROVISION_ALERTS',
    }),
  }
  static override args = {}
  static override idempotent = true

  protected async execute({flags}: Input<typeof ObservabilityProvisionApply>): Promise<CommandResult<ApplyReport>> {
    const [{applyProvision}, {grafanaContent}, {readSourceFiles}, {grafanaApi}, {readToken}] = await Promise.all([
      import('../../../usecases/provision/apply-provision.js'),
      import('../../../usecases/provision/grafana-content.js'),
      import('../../../adapters/source-files.js'),
      import('../../../adapters/grafana-api.js'),
      import('../../../adapters/read-token.js'),
    ])
    const {grafana, plan, alerts} = flags
    if (!/^https?:$/u.test(grafana.protocol)) throw usageError(message('grafanaAddress'))
    if (grafana.username || grafana.password) throw usageError(message('grafanaPassword'), [message('useTokenFile')])
    const {lang: language} = this.runtime.settings
    const content = grafanaContent(await readSourceFiles(resolve(flags.root)), {language, alerts})
    const url = grafana.href.replace(/\/+$/u, '')
    const token = (await readToken(flags['token-file'], undefined)) ?? ''
    const items = await applyProvision(grafanaApi({url, token, signal: this.runtime.signal}), content, {plan})
    return {data: {plan, items}, text: items.map(({kind, uid, action}) => `${kind} ${uid}: ${action}`)}
  }
}

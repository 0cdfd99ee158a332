import {badDataError} from '@ep23/sdk'

import type {SourceFile} from '../../domain/provision/finding.js'
import type {Datasource, GrafanaContent, GrafanaRuleGroup} from '../../domain/provision/grafana.js'
import {filesOf, type ParsedFile} from '../../domain/provision/provision-set.js'
import {grafanaRuleGroups} from './grafana-alerts.js'
import {parseSources} from './parse-sources.js'
import {durationSeconds} from './promql-facts.js'

const FOLDER = {uid: 'ep23', title: 'ep23'}

/** Prometheus's own default. */
const DEFAULT_EVALUATION = '1m'

export interface ContentOptions {
  language: 'en' | 'ru'
  /** Also alert rules, for a Grafana that evaluates them itself. */
  alerts: boolean
}

/**
 * The datasources, the dashboards of one language and the alert rules among the files.
 * @throws PROVISION_BROKEN (65) when one of them cannot be read
 */
export function grafanaContent(sources: readonly SourceFile[], {language, alerts}: ContentOptions): GrafanaContent {
  const folders = alerts ? ['grafana/', 'prometheus/'] : ['grafana/']
  const wanted = sources.filter(
    ({path}) => folders.some(folder => path.startsWith(folder)) && /\.(?:json|ya?ml)$/u.test(path),
  )
  const {files, findings} = parseSources(wanted)
  const [broken] = findings
  if (broken)
    throw badDataError('PROVISION_BROKEN', `${broken.file}, ${broken.place}: ${broken.problem}`, [
      'see all findings with ep23 observability:provision:check',
    ])
  const isRussian = (path: string): boolean => path.includes('/ru/')
  const datasources = filesOf({files}, 'datasources').flatMap(({data}) => data.datasources as Datasource[])
  return {
    folder: FOLDER,
    datasources,
    dashboards: filesOf({files}, 'dashboard')
      .filter(({path}) => isRussian(path) === (language === 'ru'))
      .map(({data}) => data),
    ruleGroups: alerts ? ruleGroups(files, datasources) : [],
  }
}

function ruleGroups(files: readonly ParsedFile[], datasources: readonly Datasource[]): GrafanaRuleGroup[] {
  const rules = filesOf({files}, 'rules')
  if (rules.length === 0) return []
  const prometheus = datasources.find(({type}) => type === 'prometheus')
  if (prometheus === undefined)
    throw badDataError('PROVISION_BROKEN', 'there are alert rules, and no datasource of the type prometheus to ask', [
      'add one to grafana/provisioning/datasources',
      'leave the alerts to Prometheus: --no-alerts',
    ])
  const [config] = filesOf({files}, 'prometheus')
  return grafanaRuleGroups(rules, {
    folderUid: FOLDER.uid,
    datasourceUid: prometheus.uid,
    defaultSeconds: durationSeconds(config?.data.global?.evaluation_interval ?? DEFAULT_EVALUATION),
  })
}

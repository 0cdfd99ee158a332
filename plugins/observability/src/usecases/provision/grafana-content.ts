import {badDataError} from '@ep23/sdk'

import type {SourceFile} from '../../domain/provision/finding.js'
import type {Datasource, GrafanaContent} from '../../domain/provision/grafana.js'
import {filesOf} from '../../domain/provision/provision-set.js'
import {parseSources} from './parse-sources.js'

const FOLDER = {uid: 'ep23', title: 'ep23'}

/**
 * The datasources and the dashboards of one language among the files.
 * @throws PROVISION_BROKEN (65) when one of them cannot be read
 */
export function grafanaContent(sources: readonly SourceFile[], language: 'en' | 'ru'): GrafanaContent {
  const wanted = sources.filter(({path}) => path.startsWith('grafana/') && /\.(?:json|ya?ml)$/u.test(path))
  const {files, findings} = parseSources(wanted)
  const [broken] = findings
  if (broken)
    throw badDataError('PROVISION_BROKEN', `${broken.file}, ${broken.place}: ${broken.problem}`, [
      'see all findings with ep23 observability:provision:check',
    ])
  const isRussian = (path: string): boolean => path.includes('/ru/')
  return {
    folder: FOLDER,
    datasources: filesOf({files}, 'datasources').flatMap(({data}) => data.datasources as Datasource[]),
    dashboards: filesOf({files}, 'dashboard')
      .filter(({path}) => isRussian(path) === (language === 'ru'))
      .map(({data}) => data),
  }
}

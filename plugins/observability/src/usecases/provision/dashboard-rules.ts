import {type Message} from '@ep23/sdk'

import {type Finding, filesOf, panelsOf, type Dashboard, type Panel, type ProvisionSet} from '../../domain/provision.js'
import {message} from '../../words/words.js'

/** Rule 7: dashboards can be provisioned anywhere and read by anyone; datasources have a uid to be referred to. */
export function checkDashboards(set: ProvisionSet): Finding[] {
  const dashboards = filesOf(set, 'dashboard')
  const uids = dashboards.map(({data}) => data.uid)
  const findings = dashboards.flatMap(({path, data}) => [
    ...wholeProblems(path, data, uids).map(([problem, fix]) => finding(path, 'dashboard', problem, fix)),
    ...panelsOf(data)
      .filter(({type}) => type !== 'row')
      .flatMap(panel =>
        panelProblems(panel).map(([problem, fix]) => finding(path, `panel "${panel.title ?? panel.id}"`, problem, fix)),
      ),
  ])
  return [...findings, ...datasourceProblems(set)]
}

function wholeProblems(
  path: string,
  {uid = '', id, editable, title, templating}: Dashboard,
  uids: readonly (string | undefined)[],
): [Message, Message][] {
  const name = path.replace(/^.*\//u, '').replace(/\.json$/u, '')
  const variables = templating?.list ?? []
  const checks: [boolean, Message, Message][] = [
    [
      uid !== name,
      message('provisionUidIs', {uid: uid === '' ? message('provisionIsMissing') : uid}),
      message('provisionSetUid', {name}),
    ],
    [
      uids.filter(other => other === uid).length > 1,
      message('provisionUidTaken', {uid}),
      message('provisionUidsUnique'),
    ],
    [id !== undefined && id !== null, message('provisionHasId'), message('provisionRemoveId')],
    [editable !== false, message('provisionEditable'), message('provisionSetEditable')],
    [!title, message('provisionNoTitle'), message('provisionAddOne')],
    [
      !variables.some(variable => variable.type === 'datasource'),
      message('provisionNoDatasourceVariable'),
      message('provisionAddOne'),
    ],
  ]
  return checks.flatMap(([isBroken, problem, fix]): [Message, Message][] => (isBroken ? [[problem, fix]] : []))
}

function panelProblems({title, description, datasource, fieldConfig, targets = []}: Panel): [Message, Message][] {
  const uid = typeof datasource === 'string' ? datasource : datasource?.uid
  const fixedRange = targets.some(
    ({expr = ''}) => /\b(?:rate|irate)\(/u.test(expr) && !expr.includes('$__rate_interval'),
  )
  const checks: [boolean, Message, Message][] = [
    [!title, message('provisionNoTitle'), message('provisionAddOne')],
    [!description, message('provisionNoDescription'), message('provisionSayWhatItShows')],
    [!fieldConfig?.defaults?.unit, message('provisionNoUnit'), message('provisionSetUnit')],
    [
      !uid?.startsWith('$'),
      message('provisionFixedDatasource', {uid: uid ?? message('provisionIsMissing')}),
      message('provisionUseDatasource'),
    ],
    [fixedRange, message('provisionRangeFixed'), message('provisionUseRateInterval')],
  ]
  return checks.flatMap(([isBroken, problem, fix]): [Message, Message][] => (isBroken ? [[problem, fix]] : []))
}

function datasourceProblems(set: ProvisionSet): Finding[] {
  return filesOf(set, 'datasources').flatMap(({path, data}) =>
    data.datasources
      .filter(({uid}) => !uid)
      .map(({name = 'unnamed'}) =>
        finding(path, `datasource ${name}`, message('provisionNoUid'), message('provisionSetOneForDashboards')),
      ),
  )
}

function finding(file: string, place: string, problem: Message, fix: Message): Finding {
  return {rule: 'dashboard-shape', file, place, problem, fix}
}

import {type Finding, filesOf, panelsOf, type Dashboard, type Panel, type ProvisionSet} from '../../domain/provision.js'

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
): [string, string][] {
  const name = path.replace(/^.*\//u, '').replace(/\.json$/u, '')
  const variables = templating?.list ?? []
  const checks: [boolean, string, string][] = [
    [uid !== name, `its uid is ${uid || 'missing'}`, `set uid to the file's name, ${name}`],
    [uids.filter(other => other === uid).length > 1, `another dashboard has the uid ${uid}`, 'uids are unique'],
    [id !== undefined && id !== null, 'it has an id', 'remove it: ids belong to one Grafana'],
    [editable !== false, 'it can be edited in Grafana', 'set editable to false: changes belong into the generator'],
    [!title, 'it has no title', 'add one'],
    [!variables.some(variable => variable.type === 'datasource'), 'it has no datasource variable', 'add one'],
  ]
  return checks.flatMap(([isBroken, problem, fix]): [string, string][] => (isBroken ? [[problem, fix]] : []))
}

function panelProblems({title, description, datasource, fieldConfig, targets = []}: Panel): [string, string][] {
  const uid = typeof datasource === 'string' ? datasource : datasource?.uid
  const fixedRange = targets.some(
    ({expr = ''}) => /\b(?:rate|irate)\(/u.test(expr) && !expr.includes('$__rate_interval'),
  )
  const checks: [boolean, string, string][] = [
    [!title, 'no title', 'add one'],
    [!description, 'no description', 'say what it shows and when to worry'],
    [!fieldConfig?.defaults?.unit, 'no unit', 'set fieldConfig.defaults.unit'],
    [!uid?.startsWith('$'), `the datasource ${uid ?? 'is missing'}`, 'use the variable: ${datasource}'],
    [fixedRange, 'rate over a fixed range', 'use $__rate_interval'],
  ]
  return checks.flatMap(([isBroken, problem, fix]): [string, string][] => (isBroken ? [[problem, fix]] : []))
}

function datasourceProblems(set: ProvisionSet): Finding[] {
  return filesOf(set, 'datasources').flatMap(({path, data}) =>
    data.datasources
      .filter(({uid}) => !uid)
      .map(({name = 'unnamed'}) => finding(path, `datasource ${name}`, 'no uid', 'set one: dashboards refer to it')),
  )
}

function finding(file: string, place: string, problem: string, fix: string): Finding {
  return {rule: 'dashboard-shape', file, place, problem, fix}
}

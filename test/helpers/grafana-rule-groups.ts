/** What the stand-in keeps, as it came. */
export type Stored = Record<string, any>

let lastId = 0

/**
 * Replaces a group of alert rules as Grafana does: whole, checked first, its queries filled up with defaults, and each rule
 * with fields that only Grafana knows.
 */
export function putRuleGroup(
  groups: Map<string, Stored>,
  key: string,
  body: Stored,
  provenance: '' | 'api',
): [number, unknown] {
  const [folderUid = '', title = ''] = key.split('/')
  const others = [...groups].filter(([other]) => other !== key && other.startsWith(`${folderUid}/`))
  const problem = problemOf(
    body,
    others.flatMap(([, group]) => group['rules'] as Stored[]),
  )
  if (problem !== undefined) return [400, {message: `invalid alert rule: ${problem}`}]
  const rules = (body['rules'] as Stored[]).map(rule => stored(rule, {folderUid, title, provenance}))
  groups.set(key, {title, folderUid, interval: body['interval'], rules})
  return [200, groups.get(key)]
}

function problemOf({interval, rules}: Stored, others: readonly Stored[]): string | undefined {
  if (!(interval > 0) || interval % 10 !== 0)
    return `interval (${interval}s) should be non-zero and divided exactly by scheduler interval: 10`
  const titles = [...others, ...rules].map(({title}) => title)
  if (new Set(titles).size !== titles.length) return 'a rule with this title already exists in this folder'
  return rules.map(problemOfRule).find((problem: string | undefined) => problem !== undefined)
}

function problemOfRule({uid, title, condition, data, noDataState, execErrState}: Stored): string | undefined {
  if (!title) return 'title is empty'
  if (uid && !/^[\w-]{1,40}$/u.test(uid)) return `uid ${uid} is invalid`
  const refIds = data.map(({refId}: Stored) => refId)
  if (!refIds.includes(condition)) return `condition ${condition} does not exist, must be one of [${refIds}]`
  if (data.some(({datasourceUid}: Stored) => !datasourceUid)) return 'a query has no datasource'
  if (!['Alerting', 'NoData', 'OK', 'KeepLast'].includes(noDataState)) return `unknown state ${noDataState}`
  return ['Alerting', 'Error', 'OK', 'KeepLast'].includes(execErrState) ? undefined : `unknown state ${execErrState}`
}

interface Place {
  folderUid: string
  title: string
  provenance: '' | 'api'
}

function stored({for: wait, data, ...rule}: Stored, {folderUid, title, provenance}: Place): Stored {
  lastId += 1
  return {
    ...rule,
    id: lastId,
    orgID: 1,
    folderUID: folderUid,
    ruleGroup: title,
    updated: '2026-11-23T09:00:00Z',
    isPaused: rule['isPaused'] ?? false,
    for: wait === '60m' ? '1h' : wait,
    notification_settings: null,
    record: null,
    ...(provenance && {provenance}),
    data: data.map((node: Stored) => ({
      queryType: '',
      ...node,
      model: {intervalMs: 1000, maxDataPoints: 43_200, ...node['model']},
    })),
  }
}

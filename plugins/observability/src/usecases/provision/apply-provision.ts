import {isDeepStrictEqual} from 'node:util'

import type {
  AppliedItem,
  Datasource,
  GrafanaApi,
  GrafanaContent,
  GrafanaRuleGroup,
  GrafanaRule,
} from '../../domain/grafana.js'
import type {Dashboard} from '../../domain/provision.js'
import {durationSeconds} from './promql-facts.js'

/** One thing to hold: how to ask for it, whether what is there will do, and how to write it. */
interface Item {
  kind: AppliedItem['kind']
  uid: string
  path: string
  isSame(found: unknown): boolean
  /** Gets what is there, undefined when nothing is. */
  write(found: unknown): Promise<void>
}

/**
 * Makes Grafana hold the folder, the datasources, the dashboards and the alert rules; what is there already and the same is
 * not written, so that a second run changes nothing. With `plan` nothing is written at all. Nothing is ever removed but
 * rules that one of these groups no longer has.
 */
export async function applyProvision(
  api: GrafanaApi,
  content: GrafanaContent,
  {plan}: {plan: boolean},
): Promise<AppliedItem[]> {
  const {folder, datasources, dashboards, ruleGroups} = content
  const items = [
    folderItem(api, folder),
    ...datasources.map(datasource => datasourceItem(api, datasource)),
    ...dashboards.map(dashboard => dashboardItem(api, dashboard, folder.uid)),
    ...ruleGroups.map(group => ruleGroupItem(api, group)),
  ]
  const applied: AppliedItem[] = []
  for (const item of items) applied.push(await apply(api, item, plan))
  return applied
}

async function apply(api: GrafanaApi, item: Item, plan: boolean): Promise<AppliedItem> {
  const {kind, uid} = item
  const found = await api.read(item.path)
  const exists = found !== undefined
  if (exists && item.isSame(found)) return {kind, uid, action: 'unchanged'}
  if (!plan) await item.write(found)
  return {kind, uid, action: exists ? 'update' : 'create'}
}

// https://grafana.com/docs/grafana/latest/developers/http_api/folder/
function folderItem(api: GrafanaApi, {uid, title}: GrafanaContent['folder']): Item {
  const path = `/api/folders/${encodeURIComponent(uid)}`
  return {
    kind: 'folder',
    uid,
    path,
    isSame: found => (found as {title?: string}).title === title,
    write: found =>
      found ? api.write('PUT', path, {title, overwrite: true}) : api.write('POST', '/api/folders', {uid, title}),
  }
}

// https://grafana.com/docs/grafana/latest/developers/http_api/data_source/
function datasourceItem(api: GrafanaApi, {name, uid, type, url, ...rest}: Datasource): Item {
  const {access = 'proxy', isDefault = false, jsonData = {}} = rest
  const wanted = {name, uid, type, url, access, isDefault, jsonData}
  const path = `/api/datasources/uid/${encodeURIComponent(uid)}`
  return {
    kind: 'datasource',
    uid,
    path,
    isSame: found => isPartOf(wanted, found),
    write: found => (found ? api.write('PUT', path, wanted) : api.write('POST', '/api/datasources', wanted)),
  }
}

// https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/
function dashboardItem(api: GrafanaApi, dashboard: Dashboard, folderUid: string): Item {
  const {uid = ''} = dashboard
  return {
    kind: 'dashboard',
    uid,
    path: `/api/dashboards/uid/${encodeURIComponent(uid)}`,
    isSame(found) {
      const {dashboard: stored, meta} = found as {dashboard: Dashboard; meta?: {folderUid?: string}}
      return meta?.folderUid === folderUid && isDeepStrictEqual(ownFields(stored), ownFields(dashboard))
    },
    write: () =>
      api.write('POST', '/api/dashboards/db', {
        dashboard: {...dashboard, id: null},
        folderUid,
        overwrite: true,
        message: 'provisioned by ep23',
      }),
  }
}

// https://grafana.com/docs/grafana/latest/developers/http_api/alerting_provisioning/
function ruleGroupItem(api: GrafanaApi, group: GrafanaRuleGroup): Item {
  const {folderUid, title} = group
  const path = `/api/v1/provisioning/folder/${encodeURIComponent(folderUid)}/rule-groups/${encodeURIComponent(title)}`
  return {
    kind: 'rule_group',
    uid: title,
    path,
    isSame: found => sameRuleGroup(group, found),
    write: found => api.write('PUT', path, keepPauses(group, found)),
  }
}

// Grafana adds its own number and counts versions.
function ownFields(dashboard: Dashboard): Record<string, unknown> {
  return Object.fromEntries(Object.entries(dashboard).filter(([field]) => field !== 'id' && field !== 'version'))
}

function isPartOf(wanted: Readonly<Record<string, unknown>>, found: unknown): boolean {
  const actual = found as Record<string, unknown>
  return Object.entries(wanted).every(([field, value]) => isDeepStrictEqual(actual[field], value))
}

/** What Grafana answers for a group; it adds fields of its own at every level. */
interface FoundGroup {
  interval?: number
  rules?: readonly Partial<GrafanaRule>[]
}

/** True when the group in Grafana has this interval and exactly these rules, whatever else Grafana says of them. */
function sameRuleGroup(wanted: GrafanaRuleGroup, found: unknown): boolean {
  const {interval, rules = []} = found as FoundGroup
  return (
    interval === wanted.interval &&
    rules.length === wanted.rules.length &&
    wanted.rules.every((rule, index) => sameRule(rule, rules[index]))
  )
}

/** The group with each rule paused that somebody has paused by hand in Grafana. */
function keepPauses(wanted: GrafanaRuleGroup, found: unknown): GrafanaRuleGroup {
  const paused = new Set(((found ?? {}) as FoundGroup).rules?.filter(rule => rule.isPaused).map(({uid}) => uid))
  return {...wanted, rules: wanted.rules.map(rule => ({...rule, isPaused: paused.has(rule.uid)}))}
}

// Labels and annotations must be the same and no more; in the steps Grafana fills in what it likes.
function sameRule(wanted: GrafanaRule, found: Partial<GrafanaRule> | undefined): boolean {
  if (found === undefined) return false
  const {for: wait, labels, annotations, ...rest} = wanted
  return (
    // Grafana writes 60s as 1m.
    durationSeconds(found.for ?? '0s') === durationSeconds(wait) &&
    isSameRecord(labels, found.labels) &&
    isSameRecord(annotations, found.annotations) &&
    isWithin(rest, found)
  )
}

function isSameRecord(wanted: Readonly<Record<string, string>>, found: Readonly<Record<string, string>> = {}): boolean {
  return Object.keys(found).length === Object.keys(wanted).length && isWithin(wanted, found)
}

/** True when everything wanted is there; fields beside it do not matter, elements of lists do. */
function isWithin(wanted: unknown, found: unknown): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(found) &&
      found.length === wanted.length &&
      wanted.every((element, index) => isWithin(element, found[index]))
    )
  if (typeof wanted !== 'object' || wanted === null) return wanted === found
  if (typeof found !== 'object' || found === null) return false
  return Object.entries(wanted).every(([field, value]) => isWithin(value, (found as Record<string, unknown>)[field]))
}

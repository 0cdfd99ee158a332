import type {GrafanaRule, GrafanaRuleGroup} from '../../domain/provision/grafana.js'
import {durationSeconds} from './promql-facts.js'

/** What Grafana answers for a group; it adds fields of its own at every level. */
interface FoundGroup {
  interval?: number
  rules?: readonly Partial<GrafanaRule>[]
}

/** True when the group in Grafana has this interval and exactly these rules, whatever else Grafana says of them. */
export function sameRuleGroup(wanted: GrafanaRuleGroup, found: unknown): boolean {
  const {interval, rules = []} = found as FoundGroup
  return (
    interval === wanted.interval &&
    rules.length === wanted.rules.length &&
    wanted.rules.every((rule, index) => sameRule(rule, rules[index]))
  )
}

/** The group with each rule paused that somebody has paused by hand in Grafana. */
export function keepPauses(wanted: GrafanaRuleGroup, found: unknown): GrafanaRuleGroup {
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

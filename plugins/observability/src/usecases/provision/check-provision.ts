import type {SharedMetrics, Message} from '@ep23/sdk'

import {
  PROVISION_RULES,
  filesOf,
  type Finding,
  type SourceFile,
  type Tool,
  type ParsedFile,
  type ProvisionSet,
} from '../../domain/provision.js'
import {checkAlerts, checkRecordings} from './alert-rules.js'
import {checkAlertmanager} from './alertmanager-rules.js'
import {checkByAmtool, checkByPromtool} from './check-tools.js'
import {checkDashboards} from './dashboard-rules.js'
import {checkDocuments} from './document-rules.js'
import {checkLogql} from './logql-rules.js'
import {collectExpressions, parseSources} from './parse-sources.js'
import {durationSeconds} from './promql-facts.js'
import {checkDeclarations, checkQueries} from './query-rules.js'
import {message} from '../../words/words.js'

interface ProvisionDeps {
  readSources(): Promise<SourceFile[]>
  metrics: Pick<SharedMetrics, 'declarations' | 'exposition'>
  /** Undefined where they are not installed. */
  promtool: Tool | undefined
  amtool: Tool | undefined
}

export interface ProvisionReport {
  files: number
  queries: number
  findings: Finding[]
  /** What could not be checked, and how to change that. */
  not_checked: Message[]
}

/** Checks dashboards, rules, Alertmanager and Loki rules against the declared metrics and each other. */
export async function checkProvision(deps: ProvisionDeps): Promise<ProvisionReport> {
  const sources = await deps.readSources()
  const {files, findings} = parseSources(sources.filter(({path}) => /\.(?:json|ya?ml)$/u.test(path)))
  const declarations = await deps.metrics.declarations()
  const set: ProvisionSet = {
    sources,
    files,
    expressions: collectExpressions(files),
    declarations,
    scrapeSeconds: scrapeSeconds(files),
  }
  const rules = [
    checkQueries,
    checkDeclarations,
    checkAlerts,
    checkRecordings,
    checkDashboards,
    checkLogql,
    checkAlertmanager,
    checkDocuments,
  ]
  const all = [...findings, ...rules.flatMap(rule => rule(set)), ...(await checkByTools(set, deps))]
  return {
    files: sources.length,
    queries: set.expressions.length,
    findings: all.toSorted((a, b) => orderOf(a) - orderOf(b)),
    not_checked: missingTools(deps),
  }
}

function orderOf({rule}: Finding): number {
  return PROVISION_RULES.indexOf(rule)
}

async function checkByTools(set: ProvisionSet, {promtool, amtool, metrics}: ProvisionDeps): Promise<Finding[]> {
  const byPromtool = promtool ? await checkByPromtool(set, promtool, await metrics.exposition()) : []
  return [...byPromtool, ...(amtool ? await checkByAmtool(set, amtool) : [])]
}

function missingTools({promtool, amtool}: ProvisionDeps): Message[] {
  return [...(promtool ? [] : [message('promtoolMissing')]), ...(amtool ? [] : [message('amtoolMissing')])]
}

const DEFAULT_SCRAPE = '1m'

function scrapeSeconds(files: readonly ParsedFile[]): number {
  const [config] = filesOf({files}, 'prometheus')
  return durationSeconds(config?.data.global?.scrape_interval ?? DEFAULT_SCRAPE)
}

import {stringify} from 'yaml'

import type {RunningStep} from '../../domain/infra-state.js'

export interface ScrapeOptions {
  /** `HOST:PORT` of ep23 sidecars. */
  targets: readonly string[]
  /** Rule files, absolute, wildcards allowed. */
  rules: readonly string[]
  /** Configuration files of the user's own, instead of the generated ones. */
  prometheusConfig?: string
  alertmanagerConfig?: string
}

/** Scrapes the sidecars and the Pushgateway of the stack, and sends alerts to its Alertmanager. */
export function prometheusConfig(running: readonly RunningStep[], {targets, rules}: ScrapeOptions): string {
  const addressOf = (step: string): string[] =>
    running.filter(part => part.step === step).map(({url}) => new URL(url).host)
  return stringify({
    global: {scrape_interval: '5s', evaluation_interval: '5s'},
    rule_files: rules,
    alerting: {alertmanagers: [{static_configs: [{targets: addressOf('alertmanager')}]}]},
    scrape_configs: [
      {job_name: 'ep23', static_configs: [{targets}]},
      {job_name: 'pushgateway', honor_labels: true, static_configs: [{targets: addressOf('pushgateway')}]},
    ],
  })
}

/** Receives alerts and tells nobody: what a dry run needs. */
export function alertmanagerConfig(): string {
  return stringify({route: {receiver: 'none'}, receivers: [{name: 'none'}]})
}

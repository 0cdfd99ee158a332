import {fileURLToPath} from 'node:url'

import {stringify} from 'yaml'

import type {RunningStep, InfraStep} from '../../domain/infra.js'
import {findProgram} from '../find-program.js'
import {message} from '../../words/words.js'
import type {Text} from '@ep23/sdk'

interface LaunchPlace {
  port: number
  /** A folder of the server's own. */
  folder: string
  running: readonly RunningStep[]
  scrape: ScrapeOptions
}

export interface Launch {
  program: string
  args: string[]
  /** Files to write into the folder first, by name. */
  files?: Readonly<Record<string, string>>
}

/** How one server of this host is found, started and asked whether it is ready. */
export interface Program {
  /** Undefined when it is not installed. */
  find(): string | undefined
  /** What to do then. */
  install: Text
  launch(program: string, place: LaunchPlace): Launch
  url(port: number): string
  /** Path of the readiness probe; a MongoDB server is asked in its own protocol. */
  readyPath?: string
}

const http = (port: number): string => `http://127.0.0.1:${port}`

/** FerretDB, as test/ferretdb builds it, stands in for mongod where `EP23_FERRETDB` names it. */
const mongo: Program = {
  find: () => findProgram('mongod') ?? findProgram(process.env['EP23_FERRETDB']),
  install: message('installMongo'),
  launch: (program, {port, folder}) => ({
    program,
    args: program.endsWith('mongod')
      ? ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--quiet']
      : ['-listen', `127.0.0.1:${port}`, '-data', folder],
  }),
  url: port => `mongodb://127.0.0.1:${port}/butler`,
}

const alertmanager: Program = {
  find: () => findProgram('prometheus-alertmanager') ?? findProgram('alertmanager'),
  install: 'apt-get install prometheus-alertmanager',
  // The empty cluster address closes its gossip port.
  launch: (program, {port, folder, scrape}) => ({
    program,
    args: [
      `--config.file=${scrape.alertmanagerConfig ?? `${folder}/alertmanager.yml`}`,
      `--storage.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    files: {'alertmanager.yml': alertmanagerConfig()},
  }),
  url: http,
  readyPath: '/-/ready',
}

const pushgateway: Program = {
  find: () => findProgram('prometheus-pushgateway') ?? findProgram('pushgateway'),
  install: 'apt-get install prometheus-pushgateway',
  launch: (program, {port}) => ({program, args: [`--web.listen-address=127.0.0.1:${port}`]}),
  url: http,
  readyPath: '/-/ready',
}

const mockServices: Program = {
  find: () => process.execPath,
  install: message('partOfEp23'),
  launch: (program, {port}) => ({
    program,
    args: [fileURLToPath(new URL('mock-model-main.js', import.meta.url)), String(port)],
  }),
  url: port => `${http(port)}/v1`,
  readyPath: '/models',
}

const prometheus: Program = {
  find: () => findProgram('prometheus'),
  install: 'apt-get install prometheus',
  launch: (program, {port, folder, running, scrape}) => ({
    program,
    args: [
      `--config.file=${scrape.prometheusConfig ?? `${folder}/prometheus.yml`}`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    files: {'prometheus.yml': prometheusConfig(running, scrape)},
  }),
  url: http,
  readyPath: '/-/ready',
}

export const programs: Readonly<Record<InfraStep, Program>> = {
  mongo,
  alertmanager,
  pushgateway,
  mock_services: mockServices,
  prometheus,
}

export interface ScrapeOptions {
  /** `HOST:PORT` of ep23 sidecars. */
  targets: readonly string[]
  /** Rule files, absolute, wildcards allowed. */
  rules: readonly string[]
  /** Configuration files of the user's own, instead of the generated ones. */
  prometheusConfig?: string
  alertmanagerConfig?: string
}

/** The shipped rules and dashboards name it, as prometheus/prometheus.yml does. */
const SIDECAR_JOB = 'ep23-sidecar'

/** Scrapes the sidecars and the Pushgateway of the stack, and sends alerts to its Alertmanager. */
function prometheusConfig(running: readonly RunningStep[], {targets, rules}: ScrapeOptions): string {
  const addressOf = (step: string): string[] =>
    running.filter(part => part.step === step).map(({url}) => new URL(url).host)
  return stringify({
    global: {scrape_interval: '5s', evaluation_interval: '5s'},
    rule_files: rules,
    alerting: {alertmanagers: [{static_configs: [{targets: addressOf('alertmanager')}]}]},
    scrape_configs: [
      {job_name: SIDECAR_JOB, static_configs: [{targets}]},
      {job_name: 'pushgateway', honor_labels: true, static_configs: [{targets: addressOf('pushgateway')}]},
    ],
  })
}

/** Receives alerts and tells nobody: what a dry run needs. */
function alertmanagerConfig(): string {
  return stringify({route: {receiver: 'none'}, receivers: [{name: 'none'}]})
}

import * as Flags from '@oclif/core/flags'
import {wholeNumber, type FlagValues} from '@ep23/sdk'

/** Which stack a command works on. */
export const stackFlags = {
  'state-dir': Flags.string({
    summary: 'Folder of the stack: its state, its servers’ data and logs.',
    default: '.ep23/infra',
    helpValue: 'DIR',
    env: 'EP23_INFRA_STATE_DIR',
  }),
  wait: wholeNumber({
    summary: 'Seconds to wait for another ep23 process that works on the same stack.',
    default: 0,
    max: 3600,
    env: 'EP23_INFRA_WAIT',
  }),
}

/** Which parts, and how each comes up. */
export const planFlags = {
  step: Flags.string({
    summary: 'Parts, all by default: mongo, alertmanager, pushgateway, mock_services, prometheus.',
    multiple: true,
    delimiter: ',',
    helpValue: 'STEP',
    env: 'EP23_INFRA_STEP',
  }),
  provider: Flags.string({
    multiple: true,
    summary: 'How a part comes up: process (default), docker, external or command; without STEP= how all others do.',
    helpValue: '[STEP=]PROVIDER',
    env: 'EP23_INFRA_PROVIDER',
  }),
  url: Flags.string({
    multiple: true,
    summary: 'Where an external or command part answers.',
    helpValue: 'STEP=URL',
    env: 'EP23_INFRA_URL',
  }),
  port: Flags.string({
    multiple: true,
    summary: 'A fixed port; a free one by default.',
    helpValue: 'STEP=PORT',
    env: 'EP23_INFRA_PORT',
  }),
  'up-command': Flags.string({
    multiple: true,
    summary: 'Shell command of a command part.',
    helpValue: 'STEP=COMMAND',
    env: 'EP23_INFRA_UP_COMMAND',
  }),
  'down-command': Flags.string({
    multiple: true,
    summary: 'Shell command that takes it down.',
    helpValue: 'STEP=COMMAND',
    env: 'EP23_INFRA_DOWN_COMMAND',
  }),
}

/** How the servers are started. */
export const startFlags = {
  attempts: wholeNumber({
    summary: 'How often a part is started before giving up.',
    default: 3,
    min: 1,
    max: 20,
    env: 'EP23_INFRA_ATTEMPTS',
  }),
  'ready-within': wholeNumber({
    summary: 'Seconds a part may take until it answers.',
    default: 30,
    min: 1,
    max: 600,
    env: 'EP23_INFRA_READY_WITHIN',
  }),
  scrape: Flags.string({
    summary: 'Address of a sidecar that Prometheus scrapes.',
    multiple: true,
    delimiter: ',',
    helpValue: 'HOST:PORT',
    env: 'EP23_INFRA_SCRAPE',
  }),
  rules: Flags.string({
    summary: 'Rule files for Prometheus.',
    multiple: true,
    delimiter: ',',
    helpValue: 'FILE',
    env: 'EP23_INFRA_RULES',
  }),
  'prometheus-config': Flags.string({
    summary: 'Configuration of Prometheus instead of the generated one.',
    helpValue: 'FILE',
    env: 'EP23_INFRA_PROMETHEUS_CONFIG',
  }),
  'alertmanager-config': Flags.string({
    summary: 'Configuration of Alertmanager instead of the generated one.',
    helpValue: 'FILE',
    env: 'EP23_INFRA_ALERTMANAGER_CONFIG',
  }),
}

export type PlanFlags = FlagValues<typeof planFlags>
/** What the infrastructure of this host is set up with; a command that starts nothing has no more than the folder. */
export type StackFlags = Pick<FlagValues<typeof stackFlags>, 'state-dir'> & Partial<FlagValues<typeof startFlags>>

/** Names by which callers may address a server beside those of the loopback. */
export function allowedHostsFlag(env: string) {
  return Flags.string({
    summary: 'Names by which callers may address this server beside those of the loopback, comma-separated.',
    helpValue: 'NAME,…',
    env,
  })
}

/** The names of a comma-separated text. */
export function namesIn(text = ''): string[] {
  return text
    .split(',')
    .map(name => name.trim())
    .filter(Boolean)
}

import * as Flags from '@oclif/core/flags'
import {BaseCommand, maskCredentials, type CommandResult, type Input, type Message} from '@ep23/sdk'

import {STEP_VARIABLES, type RunningStep} from '../../domain/infra.js'
import {planFlags, stackFlags, startFlags} from '../../flags.js'
import type {BroughtUp} from '../../usecases/infra/bring-up.js'
import {message} from '../../words/words.js'

export interface UpReport {
  already_up: boolean
  recovered: number
  steps: {step: string; provider: string; url: string; pid: number | null}[]
  /** Passwords are masked. */
  variables: Record<string, string>
}

export default class InfraUp extends BaseCommand<typeof InfraUp> {
  static override summary = 'Bring the shared infrastructure up; on failure and on Ctrl-C take everything down again.'
  static override examples = [
    '<%= config.bin %> infra:up --github-env $GITHUB_ENV',
    "<%= config.bin %> infra:up --step alertmanager,prometheus --port prometheus=9090 --scrape 127.0.0.1:9123 --rules 'prometheus/rules/*.yml'",
    '<%= config.bin %> infra:up --provider mongo=external --url mongo=mongodb://db.example:27017/butler',
    "<%= config.bin %> infra:up --provider mongo=command --up-command mongo='make day-12-up' --url mongo=mongodb://127.0.0.1:27017/butler",
  ]
  static override flags = {
    ...planFlags,
    ...stackFlags,
    ...startFlags,
    'github-env': Flags.string({
      summary: 'File to append MONGODB_URL, LLM_URL, PROMETHEUS_URL and so on to.',
      helpValue: 'FILE',
      env: 'EP23_INFRA_GITHUB_ENV',
    }),
  }
  static override args = {}
  static override idempotent = true

  protected async execute({flags}: Input<typeof InfraUp>): Promise<CommandResult<UpReport>> {
    const [{infraDeps}, {bringUp}, {idlePrometheus, readPlans}] = await Promise.all([
      import('../../actions/infra.js'),
      import('../../usecases/infra/bring-up.js'),
      import('../../usecases/infra/read-plans.js'),
    ])
    const {attempts, wait: waitSeconds, 'github-env': githubEnv} = flags
    const {appendGithubEnv, assertWritable} = await import('../../adapters/infra/github-env.js')
    const plans = readPlans(flags)
    if (githubEnv) await assertWritable(githubEnv)
    const broughtUp = await bringUp(infraDeps(this.runtime, flags), {plans, attempts, waitSeconds})
    if (githubEnv) await appendGithubEnv(githubEnv, variablesOf(broughtUp.steps))
    return reportUp(broughtUp, broughtUp.already_up ? [] : idlePrometheus(plans, flags))
  }
}

/** Where each part answers, by the variables' names; with passwords. */
function variablesOf(steps: readonly RunningStep[]): Record<string, string> {
  return Object.fromEntries(steps.map(({step, url}) => [STEP_VARIABLES[step], url]))
}

/** What `infra:up` tells: for people the variables, as a shell reads them. */
function reportUp(
  {steps, already_up, recovered}: BroughtUp,
  idle: readonly Message[],
): {
  data: UpReport
  text: string[]
  warnings: Message[]
} {
  const shown = steps.map(part => ({...part, url: maskCredentials(part.url)}))
  const variables = variablesOf(shown)
  return {
    data: {
      already_up,
      recovered,
      steps: shown.map(({step, provider, url, process}) => ({step, provider, url, pid: process?.pid ?? null})),
      variables,
    },
    text: Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    warnings: [...(recovered > 0 ? [message('takenDown', {parts: recovered})] : []), ...idle],
  }
}

import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {planFlags, stackFlags, startFlags} from '../../infra-flags.js'
import type {UpReport} from '../../usecases/infra/up-report.js'

export default class InfraUp extends BaseCommand<typeof InfraUp> {
  static override summary = 'Bring the shared infrastructure up; on failure and on Ctrl-C take everything down again.'
  static override examples = [
    '<%= config.bin %> infra:up --github-env $GITHUB_ENV',
    '<%= config.bin %> infra:up --step pushgateway,prometheus --port prometheus=9090',
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
    const [{infraDeps}, {bringUp}, {readPlans}, {reportUp, variablesOf}] = await Promise.all([
      import('../../wiring/infra-deps.js'),
      import('../../usecases/infra/bring-up.js'),
      import('../../usecases/infra/read-plans.js'),
      import('../../usecases/infra/up-report.js'),
    ])
    const {attempts, wait: waitSeconds, 'github-env': githubEnv} = flags
    const {appendGithubEnv, refuseUnwritable} = await import('../../adapters/infra/github-env.js')
    const plans = readPlans(flags)
    if (githubEnv) await refuseUnwritable(githubEnv)
    const broughtUp = await bringUp(infraDeps(this.runtime, flags), {plans, attempts, waitSeconds})
    if (githubEnv) await appendGithubEnv(githubEnv, variablesOf(broughtUp.steps))
    return reportUp(broughtUp)
  }
}

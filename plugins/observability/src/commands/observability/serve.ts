import * as Flags from '@oclif/core/flags'
import {
  BaseCommand,
  keepMemoryFlat,
  usageError,
  wholeNumber,
  type CommandResult,
  type Input,
  writeOnStderr,
} from '@ep23/sdk'

import {allowedHostsFlag, namesIn} from '../../flags.js'
import type {SidecarReport} from '../../usecases/sidecar/run-sidecar.js'
import type {Operation} from '../../usecases/sidecar/sidecar-deps.js'
import {message} from '../../words/words.js'

export default class ObservabilityServe extends BaseCommand<typeof ObservabilityServe> {
  static override summary = 'Show Prometheus the metrics of all runs, and take in spans and observations.'
  static override description =
    'Answers on /metrics, /healthz, /readyz, /v1/traces (OTLP/JSON) and /v1/observe until SIGTERM or Ctrl-C. One per store: two would count everything twice. The token for /v1/observe comes from a file or from EP23_OBSERVABILITY_TOKEN.'
  static override examples = [
    '<%= config.bin %> observability:serve',
    '<%= config.bin %> observability:serve --port 9200 --token-file /run/secrets/ep23',
    '<%= config.bin %> observability:serve --host 0.0.0.0 --allowed-hosts sidecar --token-file /run/secrets/ep23',
  ]
  static override flags = {
    host: Flags.string({
      summary: 'Address to listen on; others than the loopback need a token and --allowed-hosts.',
      default: '127.0.0.1',
      env: 'EP23_OBSERVABILITY_HOST',
    }),
    port: wholeNumber({
      summary: 'Port to listen on; 0 takes a free one.',
      min: 0,
      max: 65_535,
      default: 9123,
      env: 'EP23_OBSERVABILITY_PORT',
    }),
    'allowed-hosts': allowedHostsFlag('EP23_OBSERVABILITY_ALLOWED_HOSTS'),
    'token-file': Flags.string({
      summary: 'File with the bearer token.',
      helpValue: 'FILE',
      env: 'EP23_OBSERVABILITY_TOKEN_FILE',
    }),
    'fold-seconds': wholeNumber({
      summary: 'How often the runs are compacted.',
      min: 1,
      max: 3600,
      default: 15,
      env: 'EP23_OBSERVABILITY_FOLD_SECONDS',
    }),
  }
  static override args = {}
  static override idempotent = true
  static override service = 'ep23-sidecar' as const

  protected async execute({flags}: Input<typeof ObservabilityServe>): Promise<CommandResult<SidecarReport>> {
    const [{runSidecar}, {createGuardedServer, isLoopback}, {readToken}] = await Promise.all([
      import('../../usecases/sidecar/run-sidecar.js'),
      import('@ep23/http'),
      import('../../adapters/read-token.js'),
    ])
    keepMemoryFlat()
    const token = await readToken(flags['token-file'], process.env['EP23_OBSERVABILITY_TOKEN'])
    const allowedHosts = namesIn(flags['allowed-hosts'])
    if (!isLoopback(flags.host) && (token === undefined || allowedHosts.length === 0))
      throw usageError(message('reachable', {host: flags.host}), [message('setTokenFile')])
    const report = await runSidecar(
      {...this.runtime, createServer: options => createGuardedServer<Operation>({...options, allowedHosts, token})},
      {
        host: flags.host,
        port: flags.port,
        foldSeconds: flags['fold-seconds'],
        signal: this.runtime.signal,
        // Also with --json, for whoever waits for it; oclif's own log is silent then.
        onListening: url => void writeOnStderr(message('servingOn', {url}), this.runtime.settings.lang),
      },
    )
    return {
      data: report,
      text: [message('servedAt', {url: report.url, seconds: Math.round(report.seconds), answers: report.answers})],
    }
  }
}

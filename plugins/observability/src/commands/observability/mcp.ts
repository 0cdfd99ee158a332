import * as Flags from '@oclif/core/flags'
import {BaseCommand, usageError, wholeNumber, type CommandResult, type Input, writeOnStderr} from '@ep23/sdk'

import type {McpReport} from '../../actions/mcp.js'
import type {Scope} from '../../domain/tool.js'
import {allowedHostsFlag, namesIn} from '../../flags.js'
import {message} from '../../words/words.js'

export default class ObservabilityMcp extends BaseCommand<typeof ObservabilityMcp> {
  static override summary =
    'Let agents ask about dataset, runs, traces and metrics over MCP, and run commands where allowed.'
  static override description = `Speaks the Model Context Protocol on standard input and output, or with --http at /mcp on the loopback, with its own metrics at /metrics.
Tools that write need --allow-write, those of the retrieval configuration's owner --allow-owner and, over HTTP, a token of that scope.
Bearer tokens for --http come from a file, one alone or lines of "read|write|owner TOKEN", or one from EP23_OBSERVABILITY_MCP_TOKEN.`
  static override examples = [
    {description: 'As an agent starts it', command: '<%= config.bin %> observability:mcp'},
    {
      description: 'Over HTTP, with tools that write',
      command: '<%= config.bin %> observability:mcp --http 8004 --allow-write --token-file /run/secrets/ep23-mcp',
    },
  ]
  static override flags = {
    http: wholeNumber({
      summary: 'Serve over HTTP on this port of 127.0.0.1; 0 takes a free one.',
      helpValue: 'PORT',
      min: 0,
      max: 65_535,
      exclusive: ['stdio'],
      env: 'EP23_OBSERVABILITY_MCP_HTTP',
    }),
    stdio: Flags.boolean({
      summary: 'Serve over standard input and output, which is also the default.',
      env: 'EP23_OBSERVABILITY_MCP_STDIO',
    }),
    'allow-write': Flags.boolean({
      summary: 'Offer the tools that write: seed_dataset, verify_exports, run_benchmark.',
      env: 'EP23_OBSERVABILITY_MCP_ALLOW_WRITE',
    }),
    'allow-owner': Flags.boolean({
      summary: "Offer also the owner's tools: promote_retrieval, set_retrieval_config, rollback_retrieval.",
      env: 'EP23_OBSERVABILITY_MCP_ALLOW_OWNER',
    }),
    'allowed-hosts': allowedHostsFlag('EP23_OBSERVABILITY_MCP_ALLOWED_HOSTS'),
    'token-file': Flags.string({
      summary: 'File with bearer tokens.',
      helpValue: 'FILE',
      env: 'EP23_OBSERVABILITY_MCP_TOKEN_FILE',
    }),
  }
  static override args = {}
  static override service = 'ep23-mcp' as const

  protected async execute({flags}: Input<typeof ObservabilityMcp>): Promise<CommandResult<McpReport>> {
    if (flags.http === undefined && this.jsonEnabled()) throw usageError(message('stdoutIsMcp'), [message('orUseHttp')])
    const [{serveMcp}, {readTokens}] = await Promise.all([
      import('../../actions/mcp.js'),
      import('../../adapters/read-token.js'),
    ])
    const tokens = await readTokens(flags['token-file'], process.env['EP23_OBSERVABILITY_MCP_TOKEN'])
    if (flags.http !== undefined && flags['allow-owner'] && !tokens.some(({scope}) => scope === 'owner'))
      throw usageError(message('ownerNeedsToken'), [message('putOwnerLine')])
    if (flags.http === undefined && process.stdin.isTTY)
      await writeOnStderr(message('waitingMcp'), this.runtime.settings.lang)
    const report = await serveMcp(this.runtime, {
      port: flags.http,
      most: mostOf(flags),
      allowedHosts: namesIn(flags['allowed-hosts']),
      tokens,
      config: flags.config,
      lang: this.runtime.settings.lang,
    })
    const line = message('served', {seconds: Math.round(report.seconds), calls: report.calls})
    return {data: report, text: report.transport === 'http' ? [line] : []}
  }
}

function mostOf(flags: {'allow-write': boolean; 'allow-owner': boolean}): Scope {
  if (flags['allow-owner']) return 'owner'
  return flags['allow-write'] ? 'write' : 'read'
}

import type {Runtime} from '@ep23/sdk'

import {createCommandRunner} from '../adapters/mcp/run-command.js'
import type {Tool} from '../domain/tool.js'
import {readingCommandTools, writingTools} from '../usecases/mcp/command-tools.js'
import {metricTools} from '../usecases/mcp/metric-tools.js'
import {ownerTools, retrievalReader} from '../usecases/mcp/retrieval-tools.js'
import {datasetTools, telemetryTools} from '../usecases/mcp/store-tools.js'

/**
 * All tools that the MCP server knows; who may call which is decided at each call.
 * @param config the settings file of the command line
 */
export function mcpTools(runtime: Runtime, config: string | undefined): Tool[] {
  const runCommand = createCommandRunner({
    program: [process.execPath, process.argv[1] ?? ''],
    env: commandEnvironment(runtime, config),
  })
  return [
    ...datasetTools(runtime),
    ...telemetryTools(runtime),
    ...metricTools(runtime),
    ...readingCommandTools(runCommand),
    retrievalReader(runCommand),
    ...writingTools(runCommand),
    ...ownerTools(runCommand),
  ]
}

// A command works on the same store and with the same settings; the server's token is none of its business.
function commandEnvironment({settings}: Runtime, config: string | undefined): NodeJS.ProcessEnv {
  const {EP23_OBSERVABILITY_MCP_TOKEN: _token, EP23_QUIET: _quiet, ...inherited} = process.env
  return {
    ...inherited,
    EP23_STORE: settings.store,
    EP23_DATASET_DIR: settings.datasetDir,
    EP23_LOG_DIR: settings.logDir,
    EP23_LOG_LEVEL: settings.logLevel,
    EP23_TELEMETRY: settings.telemetry ? 'on' : 'off',
    EP23_TRACE_SAMPLE: String(settings.traceSample),
    ...(config !== undefined && {EP23_CONFIG: config}),
  }
}

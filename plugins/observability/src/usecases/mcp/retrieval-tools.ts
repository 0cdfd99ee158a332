import {shown} from '../../domain/json-shape.js'
import {summarizeChange, summarizePromotion, summarizeRetrieval} from '../../domain/tool-summaries.js'
import {READS, takes, type Tool} from '../../domain/tool.js'
import type {RunCommand} from './command-tools.js'

const WHY = {
  type: 'string',
  minLength: 3,
  maxLength: 500,
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
  description: 'The reason, for the history.',
}
const TUNING_RUN = {
  type: 'string',
  pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$',
  description: 'Name of a finished tuning run.',
}
const KEY = {type: 'string', pattern: '^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)+$', maxLength: 100}
const VALUE = {anyOf: [{type: 'string', maxLength: 200}, {type: 'number'}, {type: 'boolean'}, {type: 'null'}]}
// The history keeps what was there before; still a caller does well to ask its user first.
const OWNS = {readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false}

/** The retrieval configuration, for everybody to read. */
export function retrievalReader(runCommand: RunCommand): Tool {
  return {
    name: 'show_retrieval_config',
    title: 'Retrieval configuration',
    description: 'Every key of the retrieval configuration, whether its owner signed it, and whether RAG++ is on.',
    inputSchema: takes(),
    annotations: READS,
    scope: 'read',
    summarize: summarizeRetrieval,
    run: async (_args, call) => runCommand('rag:config:show', [], call),
  }
}

/**
 * Changes that only the owner of the retrieval configuration may make. The scope of the caller opens the tool; the
 * command itself asks for the owner's key on this machine, and signs with it.
 */
export function ownerTools(runCommand: RunCommand): Tool[] {
  return [
    {
      name: 'promote_retrieval',
      title: 'Promote a tuning run',
      description:
        'Writes the best setting of a tuning run into the retrieval configuration; status "failed" with the reasons when it does not hold.',
      inputSchema: takes({run: TUNING_RUN, why: WHY}, ['run', 'why']),
      annotations: OWNS,
      scope: 'owner',
      summarize: summarizePromotion,
      run: async ({run, why}, call) => runCommand('rag:promote', [because(why), '--', shown(run)], call),
    },
    {
      name: 'set_retrieval_config',
      title: 'Change the retrieval configuration',
      description: 'Sets one key of the retrieval configuration, such as feature_flags.enable_rag_plus_plus.',
      inputSchema: takes({key: KEY, value: VALUE, why: WHY}, ['key', 'value', 'why']),
      annotations: {...OWNS, idempotentHint: true},
      scope: 'owner',
      summarize: summarizeChange,
      run: async ({key, value, why}, call) =>
        runCommand('rag:config:set', [because(why), '--', shown(key), shown(value)], call),
    },
    {
      name: 'rollback_retrieval',
      title: 'Take back a change of the retrieval configuration',
      description: 'Brings back an earlier version of the retrieval configuration; without one, that before the last.',
      inputSchema: takes({version: {type: 'integer', minimum: 1}, why: WHY}, ['why']),
      annotations: OWNS,
      scope: 'owner',
      summarize: summarizeChange,
      run: async ({version, why}, call) =>
        runCommand('rag:rollback', [because(why), '--', ...(version === undefined ? [] : [shown(version)])], call),
    },
  ]
}

// The history tells a change by an agent from one at a terminal.
function because(why: unknown): string {
  return `--why=${shown(why)} (over MCP)`
}

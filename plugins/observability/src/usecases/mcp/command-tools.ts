import {
  summarizeAudit,
  summarizeBenchmark,
  summarizeComparison,
  summarizeSeed,
  summarizeVerify,
} from '../../domain/tool-summaries.js'
import {READS, takes, type Arguments, type Tool, type ToolCall, type ToolOutcome} from '../../domain/tool.js'

/** Runs another command of ep23 by its name, to its end. */
export type RunCommand = (command: string, args: readonly string[], call: ToolCall) => Promise<ToolOutcome>

const CHANNELS = {
  type: 'array',
  items: {type: 'string', pattern: '^@[A-Za-z0-9_]{1,64}$'},
  minItems: 1,
  maxItems: 50,
}
const DAY = {type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'}
const RUN = {
  type: 'string',
  pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$',
  description: 'A run id, "latest" or a baseline.',
}
const WRITES = {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false}

/** Tools that run a command which changes nothing. */
export function readingCommandTools(runCommand: RunCommand): Tool[] {
  return [
    {
      name: 'dataset_audit',
      title: 'Audit of the dataset',
      description: 'Holds the stored dataset against its policy; status "failed" when it is below.',
      inputSchema: takes({channels: CHANNELS, minimum: {type: 'integer', minimum: 0, maximum: 3660}}),
      annotations: READS,
      scope: 'read',
      summarize: summarizeAudit,
      run: async (args, call) => runCommand('dataset:audit', asFlags(args), call),
    },
    {
      name: 'compare_runs',
      title: 'Comparison of two benchmark runs',
      description: 'Whether the run "after" is worse than "before", and how sure that is; status "failed" when it is.',
      inputSchema: takes({before: RUN, after: RUN, pair: {enum: ['sample', 'source', 'day']}}, ['before', 'after']),
      annotations: READS,
      scope: 'read',
      summarize: summarizeComparison,
      run: async ({before, after, ...flags}, call) =>
        runCommand('benchmark:compare', [String(before), String(after), ...asFlags(flags)], call),
    },
  ]
}

/** Tools that run a command which writes; they are refused unless writing is allowed. */
export function writingTools(runCommand: RunCommand): Tool[] {
  return [
    {
      name: 'seed_dataset',
      title: 'Fill the dataset',
      description:
        'Writes digests and review reports of the sources that the settings name; without them, synthetic ones. A stored digest of more worth, or made from more posts, is kept and named in the answer; what is replaced can be restored.',
      inputSchema: takes({
        channels: CHANNELS,
        days: {type: 'integer', minimum: 1, maximum: 3660},
        minimum: {type: 'integer', minimum: 0, maximum: 3660},
        until: DAY,
        seed: {type: 'integer', minimum: 0},
        plan: {type: 'boolean', description: 'Write nothing; say what would be written.'},
      }),
      // It replaces digests of no more worth, though what it replaces can be restored.
      annotations: {...WRITES, destructiveHint: true},
      scope: 'write',
      summarize: summarizeSeed,
      run: async (args, call) => runCommand('dataset:seed', asFlags(args), call),
    },
    {
      name: 'verify_exports',
      title: 'Proof of the exports',
      description:
        'Runs each exporter several times, compares, validates, imports again, and archives the evidence of today.',
      inputSchema: takes({
        exporter: {type: 'array', items: {type: 'string', pattern: '^[a-z][a-z0-9_-]{0,63}$'}, maxItems: 20},
        runs: {type: 'integer', minimum: 2, maximum: 100},
        'min-samples': {type: 'integer', minimum: 1},
      }),
      // Today's evidence is replaced.
      annotations: {...WRITES, destructiveHint: true},
      scope: 'write',
      summarize: summarizeVerify,
      run: async (args, call) => runCommand('exporters:verify', asFlags(args), call),
    },
    {
      name: 'run_benchmark',
      title: 'Benchmark',
      description: 'Scores the stored digests by a scenario and decides its gates; status "failed" when one fails.',
      inputSchema: takes(
        {
          scenario: {type: 'string', pattern: '^[a-z][a-z0-9_-]{0,63}$'},
          limit: {type: 'integer', minimum: 1},
          'dry-run': {type: 'boolean', description: 'Take the scores stored with the samples.'},
        },
        ['scenario'],
      ),
      // Each run is a new one.
      annotations: {...WRITES, idempotentHint: false},
      scope: 'write',
      summarize: summarizeBenchmark,
      run: async (args, call) => runCommand('benchmark:run', asFlags(args), call),
    },
  ]
}

// In one word with its flag no value can pass for a flag of its own.
function asFlags(args: Arguments): string[] {
  return Object.entries(args).flatMap(([name, value]) => {
    if (value === false) return []
    if (value === true) return [`--${name}`]
    if (name === 'channels') return [`--channels=${(value as string[]).join(',')}`]
    return [value].flat().map(one => `--${name}=${String(one)}`)
  })
}

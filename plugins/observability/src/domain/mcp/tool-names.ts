/** Every tool there is: a closed set, because it is a label of metrics. */
export const TOOL_NAMES = [
  'list_channels',
  'dataset_counts',
  'dataset_audit',
  'list_runs',
  'show_trace',
  'query_metric',
  'explain_policy_finding',
  'compare_runs',
  'show_retrieval_config',
  'seed_dataset',
  'verify_exports',
  'run_benchmark',
  'promote_retrieval',
  'set_retrieval_config',
  'rollback_retrieval',
] as const
export type ToolName = (typeof TOOL_NAMES)[number]

/** How calls end. */
export const CALL_STATUSES = ['ok', 'error', 'cancelled'] as const
export type CallStatus = (typeof CALL_STATUSES)[number]

/** The label of a call: what callers make up never becomes a series. */
export function toolLabel(name: string): ToolName | 'unknown' {
  return TOOL_NAMES.find(known => known === name) ?? 'unknown'
}

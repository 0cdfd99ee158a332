type Kind = 'text' | 'number' | 'list' | 'object'

/** What every command takes for granted of `run.json`, by path. */
const SHAPE: readonly (readonly [path: string, kind: Kind])[] = [
  ['run_id', 'text'],
  ['fingerprint', 'text'],
  ['finished_at', 'text'],
  ['identity.scenario.name', 'text'],
  ['identity.scenario.sha256', 'text'],
  ['identity.dataset.merkle_root', 'text'],
  ['identity.judge.name', 'text'],
  ['identity.judge.scale', 'text'],
  ['identity.judge.signature', 'text'],
  ['identity.judge.settings', 'object'],
  ['identity.answers.repeats', 'number'],
  ['identity.judge_repeats', 'number'],
  ['scenario.name', 'text'],
  ['scenario.title', 'text'],
  ['scenario.scores', 'list'],
  ['scenario.gates', 'object'],
  ['dataset.location', 'text'],
  ['dataset.merkle_root', 'text'],
  ['assessment.samples', 'object'],
  ['assessment.by_origin', 'object'],
  ['assessment.gates', 'list'],
  ['assessment.verdict', 'text'],
  ['assessment.notes', 'list'],
  ['assessment.usage', 'object'],
  ['hardware', 'object'],
  ['files', 'list'],
]

/** The first part of a run that is missing or of another kind, as a clause; undefined when it has what commands rely on. */
export function shapeProblem(run: unknown): string | undefined {
  for (const [path, kind] of SHAPE) {
    const value = valueAt(run, path)
    if (value === undefined) return `it has no ${path}`
    if (!isKind(value, kind)) return `its ${path} is no ${kind}`
  }
  return undefined
}

function valueAt(root: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, field) => (isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined),
      root,
    )
}

function isKind(value: unknown, kind: Kind): boolean {
  if (kind === 'text') return typeof value === 'string'
  if (kind === 'number') return typeof value === 'number'
  return kind === 'list' ? Array.isArray(value) : isObject(value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export type LabelAction =
  | {kind: 'grade'; value: number}
  | {kind: 'scroll'; lines: number}
  | {kind: 'move' | 'moveQuery'; step: 1 | -1}
  | {kind: 'undo' | 'skip' | 'quit' | 'interrupt'}

const ACTIONS: Readonly<Record<string, LabelAction>> = {
  left: {kind: 'move', step: -1},
  right: {kind: 'move', step: 1},
  up: {kind: 'scroll', lines: -1},
  down: {kind: 'scroll', lines: 1},
  n: {kind: 'moveQuery', step: 1},
  p: {kind: 'moveQuery', step: -1},
  u: {kind: 'undo'},
  s: {kind: 'skip'},
  q: {kind: 'quit'},
  '\u0003': {kind: 'interrupt'},
}

/** The same keys of a keyboard that is switched to Russian. */
const RUSSIAN_KEYS: Readonly<Record<string, string>> = {т: 'n', з: 'p', г: 'u', ы: 's', й: 'q'}

/** What a key means: a name (`left`) or the character it types; undefined for a key without a meaning. */
export function labelAction(key: string): LabelAction | undefined {
  if (/^[0-3]$/u.test(key)) return {kind: 'grade', value: Number(key)}
  const lower = key.toLowerCase()
  return ACTIONS[RUSSIAN_KEYS[lower] ?? lower]
}

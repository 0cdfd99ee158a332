import {badDataError, type Ep23Error} from '@ep23/sdk'
import {isMap, isScalar, LineCounter, type Pair, parseDocument} from 'yaml'

import {configKey, type ConfigValue, GUARDED_FLAG, OWNER_KEY, similarKey} from '../domain/config-keys.js'
import type {Knob} from '../domain/tuning/knobs.js'

/** Why a key of the configuration is no knob. */
const NOT_TUNED: Readonly<Record<string, string>> = {
  [GUARDED_FLAG]: 'it is switched by the owner, not tuned',
  [OWNER_KEY]: 'it is no knob',
  'retrieval.score_threshold': 'BM25 scores have no upper bound, so no threshold from 0 to 1 changes their ranking',
  'reranker.seed': 'repeats move the seed themselves',
  'reranker.variance_window': 'it is a label',
  'reranker.adaptive_threshold': 'it is the bar that tuning is held to',
}

type Refuse = (offset: number, reason: string, suggestions?: string[]) => Ep23Error

/**
 * Reads a tuning space: `dotted.key: [values]` or `dotted.key: {min, max, steps}`, one key a line.
 * @throws Ep23Error RAG_SPACE_INVALID (65) with file, line and column.
 */
export function readTuningSpace(file: string, text: string): Knob[] {
  const counter = new LineCounter()
  const document = parseDocument(text, {uniqueKeys: true, lineCounter: counter, prettyErrors: false})
  const refuse: Refuse = (offset, reason, suggestions = []) => {
    const {line, col} = counter.linePos(offset)
    return badDataError('RAG_SPACE_INVALID', `${file}:${Math.max(1, line)}:${Math.max(1, col)}: ${reason}`, suggestions)
  }
  const [problem] = document.errors
  if (problem) throw refuse(problem.pos[0], problem.message.replaceAll(/\s+/gu, ' '))
  if (!isMap(document.contents) || document.contents.items.length === 0)
    throw refuse(0, 'a space holds keys with the values to try', ['for example: retrieval.bm25.k1: [0.9, 1.2]'])
  return document.contents.items.map(pair => readKnob(pair, refuse))
}

function readKnob(pair: Pair, refuse: Refuse): Knob {
  const offset = (pair.key as {range?: number[] | null} | null)?.range?.[0] ?? 0
  const path = isScalar(pair.key) ? String(pair.key.value) : '?'
  const key = configKey(path)
  if (key === undefined)
    throw refuse(offset, `unknown key ${path}`, [`did you mean ${similarKey(path) ?? 'retrieval.top_k'}?`])
  if (NOT_TUNED[path] !== undefined) throw refuse(offset, `${path} is not tuned: ${NOT_TUNED[path]}`)
  const content = (pair.value as {toJSON?: () => unknown} | null)?.toJSON?.()
  const values = Array.isArray(content) ? (content as unknown[]) : rangeOf(content)
  if (values === undefined || values.length === 0)
    throw refuse(offset, `${path} needs a list of values, or {min, max, steps}`)
  const bad = values.find(value => !key.accepts(value))
  if (bad !== undefined) throw refuse(offset, `${path} cannot be ${JSON.stringify(bad)}, it must be ${key.expected}`)
  return {path, values: [...new Set(values as ConfigValue[])]}
}

/** Values at equal distances, rounded to what a person would write. */
function rangeOf(content: unknown): number[] | undefined {
  const {min, max, steps} = (content ?? {}) as Record<string, unknown>
  if (typeof min !== 'number' || typeof max !== 'number' || typeof steps !== 'number') return undefined
  if (!(max > min && Number.isInteger(steps) && steps >= 2 && steps <= 1000)) return undefined
  return Array.from({length: steps}, (_, i) => Number((min + ((max - min) * i) / (steps - 1)).toPrecision(6)))
}

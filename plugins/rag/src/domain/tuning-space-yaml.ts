import {badDataError, type Ep23Error, parseGuarded, joined, verbatim, type Message} from '@ep23/sdk'
import {isMap, isScalar, LineCounter, type Pair, parseDocument} from 'yaml'

import {
  configKey,
  type ConfigValue,
  type ConfigValues,
  GUARDED_FLAG,
  OWNER_KEY,
  similarKey,
  valueOf,
} from './config-keys.js'
import {offsetOf} from './config-yaml.js'
import type {Knob} from './tuning.js'
import {message} from '../words/words.js'

/** Why a key of the configuration is no knob. */
const NOT_TUNED: Readonly<Record<string, Message>> = {
  [GUARDED_FLAG]: message('ofOwner'),
  [OWNER_KEY]: message('saysOwner'),
  'retrieval.embeddings.batch_size': message('noRanking'),
  'retrieval.embeddings.timeout_seconds': message('noRanking'),
  'reranker.seed': message('repeatsMoveSeed'),
  'reranker.variance_window': message('isLabel'),
  'reranker.adaptive_threshold': message('isBar'),
}

const MODEL = 'retrieval.embeddings.model'
/** Keys that do nothing while words alone are searched. */
const OF_EMBEDDINGS = /^retrieval\.(?:score_threshold$|fusion\.|embeddings\.(?!model$))/u

type Refuse = (offset: number, reason: Message, suggestions?: Message[]) => Ep23Error

/**
 * Reads a tuning space: `dotted.key: [values]` or `dotted.key: {min, max, steps}`, one key a line.
 * @param base the configuration that settings are laid over.
 * @throws Ep23Error RAG_SPACE_INVALID (65) with file, line and column.
 */
export function readTuningSpace(file: string, text: string, base: ConfigValues = new Map()): Knob[] {
  return parseGuarded({file, text, code: 'RAG_SPACE_INVALID'}, () => parseSpace(file, text, base))
}

function parseSpace(file: string, text: string, base: ConfigValues): Knob[] {
  const counter = new LineCounter()
  const document = parseDocument(text, {uniqueKeys: true, lineCounter: counter, prettyErrors: false})
  const refuse: Refuse = (offset, reason, suggestions = []) => {
    const {line, col} = counter.linePos(offset)
    return badDataError(
      'RAG_SPACE_INVALID',
      joined([`${file}:${Math.max(1, line)}:${Math.max(1, col)}`, reason], ': '),
      suggestions,
    )
  }
  const [problem] = document.errors
  if (problem) throw refuse(problem.pos[0], verbatim(problem.message.replaceAll(/\s+/gu, ' ')))
  if (!isMap(document.contents) || document.contents.items.length === 0)
    throw refuse(0, message('spaceHolds'), [message('spaceExample')])
  const {items} = document.contents
  const hasEmbeddings = valueOf(base, MODEL) !== null || items.some(({key}) => pathOf(key) === MODEL)
  if (!hasEmbeddings) refuseIdleKnobs(items, refuse)
  return items.map(pair => readKnob(pair, refuse))
}

function refuseIdleKnobs(items: readonly Pair[], refuse: Refuse): void {
  const idle = items.find(({key}) => OF_EMBEDDINGS.test(pathOf(key)))
  if (idle === undefined) return
  throw refuse(offsetOf(idle.key), message('idleKnob', {path: pathOf(idle.key)}), [
    message('addEmbeddings', {model: MODEL}),
  ])
}

function pathOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '?'
}

function readKnob(pair: Pair, refuse: Refuse): Knob {
  const offset = offsetOf(pair.key)
  const path = pathOf(pair.key)
  const key = configKey(path)
  if (key === undefined)
    throw refuse(offset, message('unknownKey', {path}), [
      message('didYouMean', {similar: similarKey(path) ?? 'retrieval.top_k'}),
    ])
  if (NOT_TUNED[path] !== undefined) throw refuse(offset, message('notTuned', {path, reason: NOT_TUNED[path]}))
  const content = (pair.value as {toJSON?: () => unknown} | null)?.toJSON?.()
  const values = Array.isArray(content) ? (content as unknown[]) : rangeOf(content)
  if (values === undefined || values.length === 0) throw refuse(offset, message('needsValues', {path}))
  const bad = values.find(value => !key.accepts(value))
  if (bad !== undefined)
    throw refuse(offset, message('cannotBe', {path, value: JSON.stringify(bad), expected: key.expected}))
  return {path, values: [...new Set(values as ConfigValue[])]}
}

/** Values at equal distances, rounded to what a person would write. */
function rangeOf(content: unknown): number[] | undefined {
  const {min, max, steps} = (content ?? {}) as Record<string, unknown>
  if (typeof min !== 'number' || typeof max !== 'number' || typeof steps !== 'number') return undefined
  if (!(max > min && Number.isInteger(steps) && steps >= 2 && steps <= 1000)) return undefined
  return Array.from({length: steps}, (_, i) => Number((min + ((max - min) * i) / (steps - 1)).toPrecision(6)))
}

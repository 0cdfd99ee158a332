import {
  agreedSpelling,
  badDataError,
  type Ep23Error,
  parseGuarded,
  twoReadings,
  joined,
  verbatim,
  type Message,
  type Text,
} from '@ep23/sdk'
import {type Document, isAlias, isMap, isScalar, LineCounter, type Pair, parseDocument, type YAMLMap, visit} from 'yaml'
import {CANARY, CANARY_PERCENT, canaryKey, isCanarySection} from './canary.js'
import {configKey, type ConfigValue, type ConfigValues, isSection, similarKey} from './config-keys.js'
import {message} from '../words/words.js'

export interface ConfigText {
  /** As messages name it. */
  file: string
  text: string
  document: Document.Parsed
  values: ConfigValues
}

const CONFLICT = /^(?:<{7}|\|{7}|={7}|>{7})(?:[ \t].*)?\r?$/mu

/**
 * Reads a `retrieval_rerank_config.yaml`.
 * @throws Ep23Error RAG_CONFIG_INVALID (65) with file, line and column: conflict markers, YAML that does not parse, a key twice,
 * an unknown key, a value that its key does not take.
 */
export function readConfigYaml(file: string, text: string): ConfigText {
  return parseGuarded({file, text, code: 'RAG_CONFIG_INVALID'}, () => parseConfig(file, text))
}

function parseConfig(file: string, text: string): ConfigText {
  const counter = new LineCounter()
  const document = parseDocument(text, {uniqueKeys: true, merge: true, lineCounter: counter, prettyErrors: false})
  const refuse: Refuse = (offset, reason, suggestions) => {
    const {line, col} = counter.linePos(offset)
    return badDataError(
      'RAG_CONFIG_INVALID',
      joined([`${file}:${Math.max(1, line)}:${Math.max(1, col)}`, reason], ': '),
      suggestions,
    )
  }
  refuseConflict(text, refuse)
  const [problem] = [...document.errors, ...document.warnings]
  if (problem) throw refuse(problem.pos[0], verbatim(problem.message.replaceAll(/\s+/gu, ' ')), [message('fixThere')])
  if (!isMap(document.contents)) throw refuse(0, message('mustHoldSections'), [])
  const values = new Map<string, ConfigValue>()
  readSection(document, document.contents, '', values, refuse)
  return {file, text, document, values}
}

type Refuse = (offset: number, reason: Message, suggestions: Message[]) => Ep23Error

function refuseConflict(text: string, refuse: Refuse): void {
  const marker = CONFLICT.exec(text)
  if (marker === null) return
  throw refuse(marker.index, message('mergeMarker', {marker: marker[0].trim()}), [message('settleConflict')])
}

function readSection(
  document: Document,
  section: YAMLMap,
  path: string,
  values: Map<string, ConfigValue>,
  refuse: Refuse,
): void {
  for (const pair of section.items) readPair(document, pair, path, values, refuse)
}

function readPair(
  document: Document,
  pair: Pair,
  parent: string,
  values: Map<string, ConfigValue>,
  refuse: Refuse,
): void {
  const name = isScalar(pair.key) ? String(pair.key.value) : '?'
  const keyAt = offsetOf(pair.key)
  const path = parent === '' ? name : `${parent}.${name}`
  const value = isAlias(pair.value) ? pair.value.resolve(document) : pair.value
  const valueAt = offsetOf(pair.value) || keyAt
  // A merge key brings the keys of another section; what the section says itself goes before.
  if (name === '<<') {
    if (!isMap(value)) throw refuse(valueAt, message('mergeKeyTakes'), [])
    const merged = new Map<string, ConfigValue>()
    readSection(document, value, parent, merged, refuse)
    for (const [key, content] of merged) if (!values.has(key)) values.set(key, content)
    return
  }
  const key = configKey(path) ?? canaryKey(path)
  if (key === undefined) {
    if (!isSection(path) && !isCanarySection(path)) throw unknownKey(path, keyAt, refuse)
    if (!isMap(value)) throw refuse(valueAt, message('mustHoldKeys', {path}), [])
    readSection(document, value, path, values, refuse)
    if (path === CANARY && !values.has(CANARY_PERCENT)) throw refuse(keyAt, message('noPercent', {section: CANARY}), [])
    return
  }
  const content = isScalar(value) ? value.value : value === null ? null : value
  refuseTwoReadings(value, {path, offset: valueAt}, refuse)
  if (!key.accepts(content))
    throw refuse(valueAt, message('valueMustBe', {path, value: shown(content), expected: key.expected}), [
      message('setTo', {path, expected: key.expected}),
    ])
  values.set(path, content as ConfigValue)
}

// The bot reads the same file with YAML 1.1: two programs, two settings, one signature.
function refuseTwoReadings(node: unknown, {path, offset}: {path: string; offset: number}, refuse: Refuse): void {
  const found = isScalar(node) ? twoReadings(node) : undefined
  if (found === undefined) return
  throw refuse(offset, message('twoReadings', {path, written: found.written, reading: found.reading}), [
    message('writeKey', {key: path.split('.').at(-1) ?? '', value: found.agreed}),
  ])
}

function unknownKey(path: string, offset: number, refuse: Refuse): Ep23Error {
  const similar = similarKey(path)
  return refuse(offset, message('unknownKey', {path}), [
    similar === undefined ? message('takeOut') : message('didYouMean', {similar}),
  ])
}

/** Where a node begins in its text; 0 for none. */
export function offsetOf(node: unknown): number {
  return (node as {range?: [number, number, number] | null} | null)?.range?.[0] ?? 0
}

function shown(value: unknown): Text {
  if (typeof value === 'object' && value !== null) return message('listOrSection')
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

/** A number such as 1e-7 as YAML 1.1 reads it too, 1.0e-7, wherever the library has written one. */
export function withAgreedNumbers(text: string): string {
  const found: {start: number; end: number; value: number}[] = []
  visit(parseDocument(text), {
    Scalar(_, {value, range}) {
      if (typeof value === 'number' && range) found.push({start: range[0], end: range[1], value})
    },
  })
  return found.toReversed().reduce((result, {start, end, value}) => {
    const source = result.slice(start, end)
    return `${result.slice(0, start)}${agreedSpelling(source, value)}${result.slice(end)}`
  }, text)
}

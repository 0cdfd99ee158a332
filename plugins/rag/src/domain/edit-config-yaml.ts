import {agreedSpelling, badDataError, otherReading, usageError} from '@ep23/sdk'
import {type Document, isMap, isNode, isScalar, type Node, type Scalar, stringify, visit} from 'yaml'
import {canaryKey, CANARY, CANARY_PERCENT, type Canary, canaryOf, isSameSetting} from './canary.js'
import {configKey, type ConfigValue, diffValues, type Section, sectionsOf, similarKey} from './config-keys.js'
import {type ConfigText, offsetOf, readConfigYaml, withAgreedNumbers} from './config-yaml.js'
import {message} from '../words/words.js'

/**
 * The text with one value changed. Where the key stands in the file only the characters of its value change, so that comments,
 * order, spacing, anchors, quoting and line ends stay; a key that the file does not have yet is added to its section. A value that
 * other keys share through an anchor changes for all of them, as YAML means it.
 * @throws Ep23Error USAGE (64) for an unknown key or a value it does not take, RAG_CONFIG_UNWRITABLE (65) when the result would
 * not read back as meant.
 */
export function editConfigYaml(config: ConfigText, path: string, value: ConfigValue): ConfigText {
  requireAllowed(path, value)
  if (config.values.get(path) === value) return config
  const node = config.document.getIn(path.split('.'), true)
  const text =
    isScalar(node) && node.range
      ? replaceScalar(config.text, node as Scalar.Parsed, value)
      : addKey(config, path, value)
  const edited = readConfigYaml(config.file, text)
  if (edited.values.get(path) === value) return edited
  throw badDataError('RAG_CONFIG_UNWRITABLE', message('formWouldChange', {path, file: config.file}), [
    message('changeByHand'),
  ])
}

function requireAllowed(path: string, value: ConfigValue): void {
  const key = configKey(path) ?? canaryKey(path)
  const similar = similarKey(path)
  if (key === undefined)
    throw usageError(
      message('noKey', {path}),
      similar === undefined ? [message('seeConfig')] : [message('didYouMean', {similar})],
    )
  if (!key.accepts(value))
    throw usageError(message('keyMustBe', {path, expected: key.expected, value: JSON.stringify(value)}))
}

function replaceScalar(text: string, node: Scalar.Parsed, value: ConfigValue): string {
  const [start, end] = node.range
  const written = print(value, node.type)
  // `key:` without a value: there is nothing to replace, not even a space.
  const gap = start === end && !/\s/u.test(text.charAt(start - 1)) ? ' ' : ''
  return `${text.slice(0, start)}${gap}${written}${text.slice(end)}`
}

const NOT_TEXT = /^(?:y|n|true|false|null|~)$/iu
const PLAIN = /^[A-Za-z_][\w./-]*$/u

function print(value: ConfigValue, type?: Scalar.Type): string {
  if (typeof value !== 'string') return agreedSpelling(String(value), value)
  const printable = !/[^\x20-\x7e\u00a0-\ud7ff]/u.test(value)
  if (type === 'QUOTE_SINGLE' && printable) return `'${value.replaceAll("'", "''")}'`
  return type === 'PLAIN' && PLAIN.test(value) && !NOT_TEXT.test(value) && otherReading(value) === undefined
    ? value
    : JSON.stringify(value)
}

function addKey({document, text}: ConfigText, path: string, value: ConfigValue): string {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n'
  const [section = path] = path.split('.')
  const indent = rootIndent(document, section, text)
  if (indent !== undefined) return appendKey(text, path.split('.'), value, {lineBreak, indent})
  const copy = document.clone()
  const node = copy.createNode(value) as Scalar
  if (typeof value === 'string') node.type = 'QUOTE_DOUBLE'
  copy.setIn(path.split('.'), node)
  return withAgreedNumbers(copy.toString({lineWidth: 0})).replaceAll(/\r?\n/gu, lineBreak)
}

/** How far the sections stand in, where a new one can simply be put at the end of the file; else undefined. */
export function rootIndent({contents}: Document.Parsed, section: string, text: string): string | undefined {
  if (!isMap(contents) || contents.flow || contents.has(section) || /^(?:\.\.\.|---)/mu.test(text)) return undefined
  const start = (contents.items[0]?.key as Scalar.Parsed | undefined)?.range[0] ?? 0
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  return /^ *$/u.test(before) ? before : undefined
}

function appendKey(
  text: string,
  names: readonly string[],
  value: ConfigValue,
  {lineBreak, indent}: {lineBreak: string; indent: string},
): string {
  const lines = names.map((name, depth) => {
    const content = depth === names.length - 1 ? ` ${print(value)}` : ''
    return `${indent}${'  '.repeat(depth)}${name}:${content}`
  })
  const end = text === '' || text.endsWith('\n') ? '' : lineBreak
  return `${text}${end}${lineBreak}${lines.join(lineBreak)}${lineBreak}`
}

const COMMENT =
  '# Percent of the users that get the values below instead of those above; written by `ep23 rag:promote --canary`.'

/**
 * The text with this canary in the place of the one that it holds, or without any. The rest of the file keeps its form; another
 * share of the same values changes the number alone.
 * @throws Ep23Error RAG_CONFIG_UNWRITABLE (65) when the result would not read back as meant
 */
export function withCanary(config: ConfigText, canary: Canary | null): ConfigText {
  const now = canaryOf(config.values)
  if (now !== null && canary !== null && isSameSetting(now.setting, canary.setting))
    return editConfigYaml(config, CANARY_PERCENT, canary.percent)
  const without = now === null ? config : readConfigYaml(config.file, removeSection(config))
  const edited = canary === null ? without : readConfigYaml(config.file, appendSection(without, canary))
  const meant = new Map([...without.values, ...canaryValues(canary)])
  if (diffValues(meant, edited.values).length === 0 && canaryOf(without.values) === null) return edited
  throw badDataError('RAG_CONFIG_UNWRITABLE', message('canaryForm', {file: config.file}), [
    message('changeSection', {section: CANARY}),
  ])
}

function canaryValues(canary: Canary | null): [string, ConfigValue][] {
  if (canary === null) return []
  const knobs = Object.entries(canary.setting).map(([key, value]): [string, ConfigValue] => [`${CANARY}.${key}`, value])
  return [[CANARY_PERCENT, canary.percent], ...knobs]
}

function sectionOf({percent, setting}: Canary): Section {
  return sectionsOf([['percent', percent], ...Object.entries(setting)])
}

function appendSection({document, text}: ConfigText, canary: Canary): string {
  const indent = rootIndent(document, CANARY, text)
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n'
  if (indent === undefined) {
    const copy = document.clone()
    copy.set(CANARY, copy.createNode(sectionOf(canary)))
    return withAgreedNumbers(copy.toString({lineWidth: 0})).replaceAll(/\r?\n/gu, lineBreak)
  }
  // Quoted: YAML 1.1, which the team's Python reads, takes a bare off for false.
  const body = withAgreedNumbers(
    stringify(sectionOf(canary), {lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN'}),
  )
  const lines = [`${CANARY}:`, ...[COMMENT, ...body.trimEnd().split('\n')].map(line => `  ${line}`)]
  const end = text === '' || text.endsWith('\n') ? '' : lineBreak
  return `${text}${end}${lineBreak}${lines.map(line => `${indent}${line}${lineBreak}`).join('')}`
}

/** From the line of the key to the line of the last value: comments before and after are about something else. */
function removeSection({document, text}: ConfigText): string {
  const root = document.contents
  const pair = isMap(root) ? root.items.find(({key}) => isScalar(key) && key.value === CANARY) : undefined
  const [offset, value] = [offsetOf(pair?.key), pair?.value]
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const isBlock = isMap(root) && !root.flow && /^ *$/u.test(text.slice(start, offset))
  if (!isBlock || !isNode(value)) {
    const copy = document.clone()
    copy.delete(CANARY)
    return withAgreedNumbers(copy.toString({lineWidth: 0}))
  }
  const lineEnd = text.indexOf('\n', endOf(value))
  const after = lineEnd === -1 ? '' : text.slice(lineEnd + 1)
  const before = text.slice(0, start)
  return (after === '' ? before.replace(/(\r?\n)\r?\n$/u, '$1') : before) + after
}

function endOf(value: Node): number {
  let end = isMap(value) && !value.flow ? 0 : (value.range?.[1] ?? 0)
  visit(value, {
    Node: (_, node) => {
      if (!isMap(node) || node.flow) end = Math.max(end, node.range?.[1] ?? 0)
    },
  })
  return end
}

import {badDataError} from '@ep23/sdk'
import {isMap, isScalar, type Node, type Pair, stringify, visit} from 'yaml'

import {CANARY, CANARY_PERCENT, type Canary, canaryOf, isSameSetting} from '../domain/canary.js'
import {type ConfigValue, diffValues} from '../domain/config-keys.js'
import {type ConfigText, readConfigYaml} from './config-yaml.js'
import {withAgreedNumbers} from './yaml-readings.js'
import {editConfigYaml, rootIndent} from './edit-config-yaml.js'

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
  throw badDataError(
    'RAG_CONFIG_UNWRITABLE',
    `the canary could not be written to ${config.file} without changing its form`,
    [`change the section ${CANARY} by hand, then run: ep23 rag:config:validate`],
  )
}

function canaryValues(canary: Canary | null): [string, ConfigValue][] {
  if (canary === null) return []
  const knobs = Object.entries(canary.setting).map(([key, value]): [string, ConfigValue] => [`${CANARY}.${key}`, value])
  return [[CANARY_PERCENT, canary.percent], ...knobs]
}

type Section = {[name: string]: Section | ConfigValue}

function sectionOf({percent, setting}: Canary): Section {
  const root: Section = {percent}
  for (const [key, value] of Object.entries(setting)) {
    const names = key.split('.')
    const section = names.slice(0, -1).reduce<Section>((at, name) => (at[name] ??= {}) as Section, root)
    section[names.at(-1)!] = value
  }
  return root
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
  const start = text.lastIndexOf('\n', offsetOf(pair!) - 1) + 1
  const isBlock = isMap(root) && !root.flow && /^ *$/u.test(text.slice(start, offsetOf(pair!)))
  if (!isBlock) {
    const copy = document.clone()
    copy.delete(CANARY)
    return withAgreedNumbers(copy.toString({lineWidth: 0}))
  }
  const lineEnd = text.indexOf('\n', endOf(pair!.value as Node))
  const after = lineEnd === -1 ? '' : text.slice(lineEnd + 1)
  const before = text.slice(0, start)
  return (after === '' ? before.replace(/(\r?\n)\r?\n$/u, '$1') : before) + after
}

function offsetOf({key}: Pair): number {
  return (key as Node).range![0]
}

function endOf(value: Node): number {
  let end = isMap(value) && !value.flow ? 0 : value.range![1]
  visit(value, {
    Node: (_, node) => {
      if (!isMap(node) || node.flow) end = Math.max(end, node.range![1])
    },
  })
  return end
}

import {badDataError, type Message, type Text} from '@ep23/sdk'
import {message} from '../../words/words.js'

/**
 * Where two JSON values first differ, as `path: stored x, computed y` in the order of the computed one; undefined when they are
 * equal.
 */
export function firstDifference(stored: unknown, computed: unknown, path = ''): Message | undefined {
  if (Object.is(stored, computed)) return undefined
  if (!isContainer(stored) || !isContainer(computed) || Array.isArray(stored) !== Array.isArray(computed))
    return storedComputed(path || message('theValue'), stored, computed)
  // Of the objects' own fields: a file may have one named toString.
  const [left, right] = [new Map(Object.entries(stored)), new Map(Object.entries(computed))]
  for (const field of new Set([...right.keys(), ...left.keys()])) {
    const difference = firstDifference(left.get(field), right.get(field), path === '' ? field : `${path}.${field}`)
    if (difference !== undefined) return difference
  }
  return undefined
}

/** Line and texts where two files first differ. */
export function firstDifferentLine(stored: string, computed: string): Message | undefined {
  if (stored === computed) return undefined
  const [left, right] = [stored.split('\n'), computed.split('\n')]
  const line = left.findIndex((text, index) => text !== right[index])
  const place = line < 0 ? left.length : line
  return storedComputed(message('lineNumber', {line: place + 1}), left[place], right[place])
}

/** `path: stored x, computed y` */
export function storedComputed(path: Text, stored: unknown, computed: unknown): Message {
  return message('storedAt', {path, stored: shown(stored), computed: shown(computed)})
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function shown(value: unknown): Text {
  if (value === undefined) return message('nothingThere')
  const text = JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}

/** A line of a run's file. @throws Ep23Error BENCHMARK_BAD_LINE (65) naming file and line */
export function parseLine(text: string, file: string, number: number): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw badDataError('BENCHMARK_BAD_LINE', message('lineIsNotJson', {file, number}), [], error)
  }
}

import JSON5 from 'json5'

import {answerText} from './answer-text.js'

/** The one value in an answer, or what is wrong with it in a clause (Russian: the model is told when it is asked again). */
export type FoundJson<T> = {value: T} | {problem: string}

/** More braces than this in one answer are a text about JSON. */
const MOST_STARTS = 64
/** In characters: searching a longer one would hold up everything else. */
const LONGEST_REPLY = 1_000_000

/**
 * The JSON that an answer holds, in whatever it is wrapped: thinking, prose, fences of any spelling, a byte order mark; also with
 * trailing commas, comments, single quotes or line breaks in strings (JSON5). Drafts beside it are passed over when `read` refuses
 * them; two different values that it takes are one too many.
 * @param read the value that is looked for, or the problem in it
 */
export function findJson<T>(reply: string, read: (json: unknown) => FoundJson<T>): FoundJson<T> {
  if (reply.length > LONGEST_REPLY) return {problem: 'ответ слишком длинный'}
  let problem: string | undefined
  const found = new Map<string, T>()
  for (const json of candidates(reply)) {
    const result = readUnwrapped(json, read)
    if ('value' in result) found.set(JSON.stringify(result.value), result.value)
    else problem ??= result.problem
  }
  const [value, other] = found.values()
  if (other !== undefined) return {problem: 'в нём несколько разных объектов JSON'}
  if (value !== undefined) return {value}
  return {problem: problem ?? (answerText(reply) === '' ? 'ответ пуст' : 'это не объект JSON')}
}

/** The value itself, or the one that a list or an object of one entry holds: `[{…}]`, `{"result": {…}}`. */
function readUnwrapped<T>(json: unknown, read: (json: unknown) => FoundJson<T>): FoundJson<T> {
  const result = read(json)
  if ('value' in result) return result
  const [only, other] = Object.values(json as object) as unknown[]
  if (other !== undefined || !isStructure(only)) return result
  const inner = read(only)
  return 'value' in inner ? inner : result
}

/** A reply that is JSON as a whole is nothing else; only then is looked for what stands in it. */
function candidates(reply: string): unknown[] {
  const whole = parse(reply.replace(/^\ufeff/u, ''))
  if (isStructure(whole)) return [whole]
  // JSON that was made a string once more.
  if (typeof whole === 'string') return candidates(whole)
  const answer = answerText(reply)
  const all = parse(answer)
  if (isStructure(all)) return [all]
  return structuresIn(answer)
    .map(parse)
    .filter(json => isStructure(json))
}

function isStructure(json: unknown): boolean {
  return typeof json === 'object' && json !== null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Models write what JavaScript would take; JSON5 has a grammar, so that nothing is guessed.
  }
  try {
    return JSON5.parse(escapeLineBreaks(text))
  } catch {
    return undefined
  }
}

/** Models break lines within strings, which neither grammar allows. */
function escapeLineBreaks(text: string): string {
  // The end closes a string too: without that, each quote of an unclosed one would be tried to the end, in quadratic time.
  return text.replaceAll(/"(?:\\[^]|[^"\\])*(?:"|\\?$)/gu, string =>
    string.replaceAll(/\r?\n/gu, String.raw`\n`).replaceAll('\t', String.raw`\t`),
  )
}

/** Outermost `{…}` of a text, in order; braces in strings do not count. */
function structuresIn(text: string): string[] {
  const found: string[] = []
  let start = text.indexOf('{')
  for (let starts = 0; start >= 0 && starts < MOST_STARTS; starts++) {
    const end = endOfStructure(text, start)
    if (end > 0) found.push(text.slice(start, end))
    start = text.indexOf('{', end > 0 ? end : start + 1)
  }
  return found
}

/** Where the structure that begins here ends; 0 when it does not. */
function endOfStructure(text: string, start: number): number {
  const open: string[] = []
  for (let at = start; at < text.length; at++) {
    const character = text[at]
    if (character === '"') at = endOfString(text, at)
    else if (character === '{' || character === '[') open.push(character === '{' ? '}' : ']')
    else if (character === '}' || character === ']') {
      if (open.pop() !== character) return 0
      if (open.length === 0) return at + 1
    }
  }
  return 0
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at
  }
  return text.length
}

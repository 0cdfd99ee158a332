import {isObject, ownField} from './is-object.js'
import type {Message} from './messages.js'
import {words} from './words/words.js'

/** With `?` the part may be missing, with `|null` it may be null. */
export type PartKind = Kind | `${Kind}?` | `${Kind}|null`
type Kind = 'text' | 'number' | 'flag' | 'list' | 'object'

/** What readers of a stored document take for granted, part by part; `*` is every element of a list and every field of an object. */
export type Shape = readonly (readonly [path: string, kind: PartKind])[]

/**
 * The first part of a value out of JSON that is missing or of another kind, as a clause; undefined when it has all parts.
 * @example shapeProblem({days: [{day: 1}]}, [['days', 'list'], ['days.*.day', 'text']]) // "its days.0.day is no text"
 */
export function shapeProblem(value: unknown, shape: Shape): Message | undefined {
  for (const [path, kind] of shape)
    for (const {part, place} of partsAt(value, path.split('.'), '')) {
      if ((part === undefined && kind.endsWith('?')) || (part === null && kind.endsWith('|null'))) continue
      const [wanted = ''] = kind.split(/[?|]/u, 1)
      if (part === undefined) return words.message('hasNoPart', {place})
      if (!isKind(part, wanted as Kind)) return words.message('partIsNo', {place, wanted})
    }
  return undefined
}

/** What lies at a path; nothing where a part above it is absent, which that part's own line tells. */
function* partsAt(value: unknown, path: readonly string[], above: string): Generator<{part: unknown; place: string}> {
  const [name, ...rest] = path
  if (name === undefined) yield {part: value, place: above}
  else if (name === '*' && typeof value === 'object' && value !== null)
    for (const [field, inner] of Object.entries(value)) yield* partsAt(inner, rest, `${above}.${field}`)
  else if (isObject(value)) yield* partsAt(ownField(value, name), rest, above === '' ? name : `${above}.${name}`)
  else if (above === '') yield {part: undefined, place: name}
}

function isKind(value: unknown, kind: Kind): boolean {
  if (kind === 'text') return typeof value === 'string'
  if (kind === 'number') return Number.isFinite(value)
  if (kind === 'flag') return typeof value === 'boolean'
  return kind === 'list' ? Array.isArray(value) : isObject(value)
}

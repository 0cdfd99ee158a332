import {line, listOf, objectOf, shown} from '../json-shape.js'

export function summarizeRetrieval(data: unknown): string[] {
  const {path, version, signed, rag_plus_plus, settings} = objectOf(data)
  return [
    line`${path}, version ${version}, ${signed === true ? 'signed by its owner' : 'not signed by an owner'}`,
    `RAG++ is ${rag_plus_plus === true ? 'on' : 'off'}`,
    ...listOf(settings)
      .map(objectOf)
      .map(({key, value, origin}) => line`${key} ${value}${origin === 'default' ? ' (default)' : ''}`),
  ]
}

export function summarizeChange(data: unknown): string[] {
  const {path, version, changes} = objectOf(data)
  if (version === null) return [line`${path}: nothing had to be written`]
  return [line`${path}: version ${version}, signed`, ...listOf(changes).map(changeLine)]
}

export function summarizePromotion(data: unknown): string[] {
  const {promoted, refusals} = objectOf(data)
  if (promoted === true) return summarizeChange(data)
  return ['not promoted, nothing was written:', ...listOf(refusals).map(shown)]
}

function changeLine(change: unknown): string {
  const {key, from, to} = objectOf(change)
  return line`${key}: ${from} → ${to}`
}

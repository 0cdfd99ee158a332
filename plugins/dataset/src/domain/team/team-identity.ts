import {LANGUAGE} from '../documents/language.js'
import type {Provenance} from '../documents/provenance.js'
import {fieldsIn, firstText, textIn, type Fields} from './team-fields.js'

const UNSPACED = /^\S{1,128}$/u

/** The id that the team gave, as it is. */
export function teamId(value: unknown): string | undefined {
  return typeof value === 'string' && UNSPACED.test(value) ? value : undefined
}

/** For a document without an id: `@channel-YYYYMMDD-HHMMSSmmm` of its moment in UTC, the same however often it is read. */
export function madeId(channel: string | undefined, createdAt: Date | undefined, kind = ''): string {
  const moment = createdAt?.toISOString().replaceAll(/[-:.Z]/gu, '') ?? 'undatedTunknown'
  return `${channel ?? '@unknown'}-${kind}${moment.replace('T', '-')}`
}

/** The team reads Russian channels alone: its documents may leave the language out. */
export function teamLanguage(fields: Fields): string {
  const language = textIn(fields['language'])
  return language !== undefined && LANGUAGE.test(language) ? language : 'ru'
}

export function teamProvenance(...places: readonly Fields[]): Pick<Provenance, 'origin' | 'llm_model'> {
  const models = places.flatMap(fields => [fieldsIn(fields['metadata']), fields])
  const model = models.map(fields => firstText(fields, ['llm_model'])).find(name => name !== undefined)
  return {origin: 'team', llm_model: model ?? 'unknown'}
}

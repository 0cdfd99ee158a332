import {valueAt} from '@ep23/sdk'

import type {DocumentKind} from '../domain/document-kind.js'
import {ORIGINS, type Origin} from '../domain/document-values.js'
import type {TeamDocument} from '../domain/team-documents.js'
import type {Fields} from '../domain/team-fields.js'

/** A document of the store as ep23 reads it; one of the team's programs comes through their mapping. */
export interface StoredEntry<T> extends TeamDocument<T> {
  /** Whether one of the team's programs wrote it: ep23 reads it, and changes nothing of it. */
  isTeam: boolean
  /** As it stands in the store. */
  stored: Fields
}

/** Own documents say where they come from; what does not was written by the team's programs. */
export function readDocument<T>(kind: DocumentKind<T>, stored: Fields): StoredEntry<T> {
  if (ORIGINS.includes(valueAt(stored, kind.originField) as Origin))
    return {document: stored as T, isTeam: false, stored, problems: [], dropped: []}
  return {...kind.fromTeam(stored), isTeam: true, stored}
}

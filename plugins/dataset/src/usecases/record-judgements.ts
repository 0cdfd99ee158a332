import {documentText, type Exchange} from '@ep23/sdk'

import {digestKind, reviewKind} from '../domain/document-kind.js'
import type {Fields} from '../domain/team-fields.js'
import {readDocument} from './read-document.js'
import {changeDocuments, changeOf, type Writing} from './change-documents.js'

/** Documents in one transaction. */
const BATCH = 200

/** A language model's judgement as documents keep it. */
export interface JudgementToRecord {
  judge_model: string
  prompt_version?: string
  scores: Readonly<Record<string, number>>
}

/** What is to be kept with one document, if that is still the one that was judged. */
export interface OfferedJudgement {
  document_id: string
  judgement: JudgementToRecord
  isJudged: (document: object) => boolean
}

/** Ids by what became of their judgements. */
export interface RecordedJudgements {
  recorded: string[]
  /** It was there already. */
  unchanged: string[]
  /** Another text by now: the judgement is not of it. */
  changed: string[]
  missing: string[]
  /** Of other programs, which ep23 never overwrites. */
  team: string[]
}

/** Keeps judgements with the documents that were judged; the versions before go into the history, as with every write. */
export async function recordJudgements(
  writing: Writing,
  collection: 'digests' | 'review_reports',
  offered: readonly OfferedJudgement[],
): Promise<RecordedJudgements> {
  const all: RecordedJudgements = {recorded: [], unchanged: [], changed: [], missing: [], team: []}
  for (let from = 0; from < offered.length; from += BATCH) {
    const part = await changeDocuments(writing, () => decide(writing, collection, offered.slice(from, from + BATCH)))
    for (const name of Object.keys(all) as (keyof RecordedJudgements)[]) all[name].push(...part[name])
  }
  return all
}

async function decide(
  {store, run}: Writing,
  collection: 'digests' | 'review_reports',
  offered: readonly OfferedJudgement[],
): Promise<{changes: Exchange[]; result: RecordedJudgements}> {
  const kind = (collection === 'digests' ? digestKind : reviewKind) as unknown as AnyKind
  const ids = offered.map(({document_id}) => document_id)
  const found = await Array.fromAsync(store.collection<Fields>(kind.collection).find({[kind.key]: {$in: ids}}))
  const stored = new Map(found.map(document => [kind.idOf(document), document]))
  const result: RecordedJudgements = {recorded: [], unchanged: [], changed: [], missing: [], team: []}
  const changes: Exchange[] = []
  for (const {document_id: id, judgement, isJudged} of offered) {
    const before = stored.get(id)
    if (before === undefined) result.missing.push(id)
    else if (readDocument(kind, before).isTeam) result.team.push(id)
    else if (!isJudged(before)) result.changed.push(id)
    else {
      const after = withJudgement(collection, before, judgement)
      if (documentText(after, id) === documentText(before, id)) result.unchanged.push(id)
      else {
        result.recorded.push(id)
        changes.push(...changeOf(run, {kind, before, after}))
      }
    }
  }
  return {changes, result}
}

type AnyKind = Parameters<typeof readDocument<Fields>>[0]

/** Digests keep it under `quality`, reports beside how they were made. */
function withJudgement(collection: string, document: Fields, llm_judge: JudgementToRecord): Fields {
  if (collection === 'digests')
    return {...document, quality: {...(document['quality'] as object | undefined), llm_judge}}
  const report = document['report'] as {metadata: object}
  return {...document, report: {...report, metadata: {...report.metadata, llm_judge}}}
}

import {diffArrays} from 'diff'
import {badDataError, type Store} from '@ep23/sdk'

import {tokenize, matchingForm, stem, type Token} from '../../text/index.js'
import {dayOf} from '../../domain/day-window.js'
import type {Digest} from '../../domain/digest.js'
import {digestKind} from '../../domain/document-kind.js'
import {WRITER_KINDS, type WriterKind} from '../../domain/origin.js'
import type {IncomingDocument} from '../../domain/file-record.js'
import {HISTORY, type HistoryEntry} from '../documents/history-entry.js'
import {writerOf} from '../documents/writer-of.js'
import {plainFields} from '../import/imported-fields.js'
import {toDigest} from '../import/to-documents.js'
import type {ChannelDay} from './show-day.js'

/** A stretch of the two texts. */
export interface DiffPart {
  kind: 'same' | 'added' | 'removed'
  text: string
}

export interface DigestDiff {
  parts: DiffPart[]
  words: {same: number; added: number; removed: number}
  /** Numbers, names and links that only one of the texts has. */
  facts: {gained: string[]; lost: string[]}
}

/** Compares two digests word by word, over the same tokens that all measures count, and by what they state. */
export function diffDigests(before: string, after: string): DigestDiff {
  const words = {same: 0, added: 0, removed: 0}
  const parts = diffArrays(piecesOf(before), piecesOf(after)).map(({value, added, removed}): DiffPart => {
    const kind = added ? 'added' : removed ? 'removed' : 'same'
    words[kind] += value.filter(piece => /[\p{L}\p{N}]/u.test(piece)).length
    return {kind, text: value.join('')}
  })
  const [old, now] = [digestFacts(before), digestFacts(after)]
  return {
    parts,
    words,
    facts: {
      gained: [...now].filter(([form]) => !old.has(form)).map(([, text]) => text),
      lost: [...old].filter(([form]) => !now.has(form)).map(([, text]) => text),
    },
  }
}

/** As `wdiff` writes it: `[-removed-]`, `{+added+}`. */
export function renderDiff({parts, words, facts}: DigestDiff, names: {before: string; after: string}): string[] {
  const text = parts.map(({kind, text: part}) => {
    if (kind === 'same') return part
    return kind === 'added' ? `{+${part}+}` : `[-${part}-]`
  })
  return [
    `- ${names.before}`,
    `+ ${names.after}`,
    '',
    ...text.join('').trim().split('\n'),
    '',
    `words: ${words.same} the same, ${words.added} added, ${words.removed} removed`,
    `facts gained: ${facts.gained.join(', ') || 'none'}`,
    `facts lost: ${facts.lost.join(', ') || 'none'}`,
  ]
}

// Words and what stands between them, so that the pieces together are the text.
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let done = 0
  for (const {start, end} of tokenize(text)) {
    if (start > done) pieces.push(text.slice(done, start))
    pieces.push(text.slice(start, end))
    done = end
  }
  if (done < text.length) pieces.push(text.slice(done))
  return pieces
}

const CAPITAL = /^\p{Lu}/u
const LETTERS = /^\p{L}/u
/** What may stand between the last word of a sentence and the first of the next. */
const SENTENCE_END = /[.!?…:#*\n•>–—-]|\[/u

/**
 * What a digest states, as comparable forms: numbers with the word behind them, addresses, tags and names (capitalised words
 * within a sentence). Equal facts have equal forms, whatever their case endings.
 */
function digestFacts(markdown: string): Map<string, string> {
  const facts = new Map<string, string>()
  const tokens = tokenize(markdown)
  for (const [index, token] of tokens.entries()) {
    const fact = factAt(markdown, tokens, index)
    if (fact !== undefined && !facts.has(fact.form)) facts.set(fact.form, fact.text ?? token.text)
  }
  return facts
}

function factAt(markdown: string, tokens: readonly Token[], index: number): {form: string; text?: string} | undefined {
  const token = tokens[index]
  if (token === undefined) return undefined
  if (token.kind === 'number') return numberWithUnit(markdown, token, tokens[index + 1])
  if (token.kind === 'url' || token.kind === 'mention' || token.kind === 'hashtag') return {form: token.text}
  if (token.kind !== 'word' || !CAPITAL.test(token.text)) return undefined
  const previous = tokens[index - 1]
  if (previous === undefined || SENTENCE_END.test(markdown.slice(previous.end, token.start))) return undefined
  return {form: stem(matchingForm(token.text))}
}

function numberWithUnit(markdown: string, number: Token, next: Token | undefined): {form: string; text?: string} {
  const value = matchingForm(number.text)
  const isUnit =
    next?.kind === 'word' && LETTERS.test(next.text) && /^[ \u00A0]$/u.test(markdown.slice(number.end, next.start))
  if (!isUnit) return {form: value}
  return {form: `${value} ${stem(matchingForm(next.text))}`, text: `${number.text} ${next.text}`}
}

/** A version to compare with. */
export interface Version {
  name: string
  markdown: string
}

export function isWriter(name: string): name is WriterKind {
  return WRITER_KINDS.includes(name as WriterKind)
}

/** The version that the last run replaced or removed. @throws Ep23Error DATASET_NO_HISTORY (65) */
export async function lastVersion(store: Store, digest_id: string): Promise<Version> {
  const versions = store
    .collection<HistoryEntry>(HISTORY)
    .find({collection: digestKind.collection, document_id: digest_id}, {sort: {recorded_at: -1}, limit: 1})
  for await (const {document, recorded_at, run_id} of versions)
    return {
      name: `${digest_id}, replaced on ${recorded_at.toISOString()} by run ${run_id}`,
      markdown: (document as Digest).summary_markdown,
    }
  throw badDataError('DATASET_NO_HISTORY', `no earlier version of ${digest_id} is in the history`, [
    'compare with a file: --with FILE',
    `or with another writer's digest of the day: --with ${WRITER_KINDS.join('|')}`,
  ])
}

/** The digest of the day that another writer wrote. @throws Ep23Error DATASET_NO_DIGEST (65) */
export function versionBy(writer: WriterKind, digests: readonly Digest[], {channel, day}: ChannelDay): Version {
  const found = digests.find(digest => kindOf(digest) === writer)
  if (found) return {name: nameOf(found), markdown: found.summary_markdown}
  throw badDataError('DATASET_NO_DIGEST', `${channel} has no digest of ${day} by the writer "${writer}"`, [
    `the day's digests are by ${[...new Set(digests.map(kindOf))].join(', ')}`,
  ])
}

/** The digest of the channel and day in a file of documents or export lines; of a Markdown file, all of it. */
export async function versionInFile(
  path: string,
  records: AsyncIterable<IncomingDocument>,
  {channel, day, zone}: ChannelDay,
): Promise<Version> {
  for await (const {value, problem} of records) {
    if (problem !== undefined) continue
    const document = toDigest(plainFields(value).fields, {timeZone: zone}).document as Partial<Digest>
    const {channel: name, created_at, summary_markdown} = document
    const isOfDay = created_at instanceof Date && !Number.isNaN(created_at.getTime()) && dayOf(created_at, zone) === day
    if (name === channel && isOfDay && typeof summary_markdown === 'string')
      return {name: `${document.digest_id} in ${path}`, markdown: summary_markdown}
  }
  throw badDataError('DATASET_NO_DIGEST', `${path} has no digest of ${channel} of ${day}`, [
    'give a file of digests or of exported records, or the digest itself as a .md file',
  ])
}

export function nameOf(digest: Digest): string {
  return `${digest.digest_id} (${kindOf(digest)}, ${digest.metadata.llm_model})`
}

function kindOf(digest: Digest): WriterKind {
  return writerOf(digestKind, digest).kind
}

import {
  badDataError,
  type Exporter,
  type ExportQuery,
  type ExportReader,
  type Store,
  joined,
  type Message,
} from '@ep23/sdk'

import type {ResolvedQuery} from '../domain/export-request.js'
import type {LeftOut} from '../domain/manifest.js'
import {message} from '../words/words.js'

interface Selection {
  /** Records that the export will hold, as counted beforehand. */
  expected: number
  left_out: LeftOut
}

/** Every date a document can have lies after it. */
const BEGINNING_OF_TIME = new Date('0000-01-01T00:00:00.000Z')

/** Whoever asks for several counts, or for a count and the records, asks one reader. */
export function readerOf(exporter: Exporter, store: Store, query: ExportQuery): ExportReader {
  return (
    exporter.reader?.(store, query) ?? {
      count: narrower => exporter.count(store, narrower),
      records: narrower => exporter.records(store, narrower),
    }
  )
}

/**
 * Counts what a query takes and what it leaves out, condition by condition, so that nothing is left out in silence.
 * @throws Ep23Error EXPORT_BAD_DOCUMENT (65) for documents without a date, which no window would ever find
 */
export async function countLeftOut(
  name: string,
  reader: ExportReader,
  {query, facts}: ResolvedQuery,
): Promise<Selection> {
  const {from, to, channels, language, origin} = query
  const all = await reader.count({})
  if (from || to) await assertDated(name, reader, all)
  const steps: ExportQuery[] = [
    {...(from && {from}), ...(to && {to})},
    channels ? {channels} : {},
    language === undefined ? {} : {language},
    origin === undefined ? {} : {origin},
  ]
  const counts = [all]
  let narrowed: ExportQuery = {}
  for (const step of steps) {
    narrowed = {...narrowed, ...step}
    const isNarrower = Object.keys(step).length > 0
    counts.push(isNarrower ? await reader.count(narrowed) : (counts.at(-1) ?? 0))
  }
  const matching = counts.at(-1) ?? 0
  const expected = Math.min(matching, facts.limit ?? Infinity)
  const by = (index: number): number => (counts[index] ?? 0) - (counts[index + 1] ?? 0)
  const left_out = {
    by_window: by(0),
    by_channel: by(1),
    by_language: by(2),
    by_origin: by(3),
    by_limit: matching - expected,
    total: all - expected,
  }
  return {expected, left_out}
}

/** As `countLeftOut`, for whoever reads no records with it. */
export async function leftOutOf(exporter: Exporter, store: Store, resolved: ResolvedQuery): Promise<LeftOut> {
  return (await countLeftOut(exporter.name, readerOf(exporter, store, resolved.query), resolved)).left_out
}

async function assertDated(name: string, reader: ExportReader, all: number): Promise<void> {
  const dated = await reader.count({from: BEGINNING_OF_TIME})
  if (dated === all) return
  // Reading them all finds the first one and says what is wrong with it.
  for await (const {timestamp} of reader.records({})) if (Number.isNaN(Date.parse(timestamp))) break
  throw badDataError('EXPORT_BAD_DOCUMENT', message('undatedDocuments', {name, undated: all - dated}), [
    message('fixUndated'),
  ])
}

/** What was left out, for people: `12 by the window, 3 by --limit`; empty when nothing was. */
export function describeLeftOut({by_window, by_channel, by_language, by_origin, by_limit}: LeftOut): Message {
  const parts: [number, Message][] = [
    [by_window, message('byWindow')],
    [by_channel, message('byChannel')],
    [by_language, message('byLanguage')],
    [by_origin, message('byOrigin')],
    [by_limit, message('byLimit')],
  ]
  return joined(parts.filter(([count]) => count > 0).map(([count, reason]) => message('countBy', {count, reason})))
}

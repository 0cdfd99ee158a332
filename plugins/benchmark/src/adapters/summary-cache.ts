import {mkdir, readFile} from 'node:fs/promises'
import {dirname} from 'node:path'

import {type Shape, shapeProblem, writeFileAtomically} from '@ep23/sdk'

import type {DigestScores, RunSummary} from '../domain/view-summary.js'

/** What is remembered of a run's folder while its `run.json` stays as it is. */
interface Remembered {
  stamp: string
  summary: RunSummary
}

const KEPT_SHAPE: Shape = [
  ['stamp', 'text'],
  ['summary', 'object'],
  ['summary.folder', 'text'],
  ['summary.head', 'object'],
  ['summary.head.run_id', 'text'],
  ['summary.head.title', 'text'],
  ['summary.head.instrument', 'object'],
  ['summary.head.writers', 'list'],
  ['summary.head.verdict', 'text'],
  ['summary.head.finished_at', 'text'],
  ['summary.scores', 'list'],
  ['summary.digests', 'list'],
  ['summary.digests.*', 'object'],
  ['summary.digests.*.sample_id', 'text'],
  ['summary.digests.*.channel', 'text'],
  ['summary.digests.*.day', 'text'],
  ['summary.digests.*.writer', 'text'],
  ['summary.digests.*.scores', 'list'],
]

/** The first line of the cache; another one is of another ep23, and everything in it can be read again. */
const HEADER = JSON.stringify({cache: 'ep23 view', version: 5})

/**
 * Summaries by folder, in a file of a line each. A line is read when its run is asked for: the first rows of a long list need not wait
 * for the last.
 */
export class SummaryCache {
  readonly #known = new Map<string, Remembered>()
  /** Ids, days and names come again in every run: one text each, however many runs there are. */
  readonly #texts = new Map<string, string>()

  private constructor(
    private readonly path: string,
    private readonly unread: Map<string, string>,
  ) {}

  static async open(path: string): Promise<SummaryCache> {
    const [header, ...lines] = await readFile(path, 'utf8').then(
      text => text.split('\n'),
      () => [],
    )
    const known = header === HEADER ? lines.filter(line => line !== '') : []
    return new SummaryCache(path, new Map(known.map(line => [line.slice(0, line.indexOf('\t')), line])))
  }

  get(folder: string): Remembered | undefined {
    const key = JSON.stringify(folder)
    const line = this.unread.get(key)
    if (line !== undefined) {
      this.unread.delete(key)
      const found = this.#parse(line)
      if (found) this.#known.set(folder, found)
    }
    return this.#known.get(folder)
  }

  set(folder: string, {stamp, summary}: Remembered): RunSummary {
    const shared = this.#shared(summary)
    this.#known.set(folder, {stamp, summary: shared})
    return shared
  }

  /** A folder that may not be written makes the next start slower, no more. */
  async write(): Promise<void> {
    await mkdir(dirname(this.path), {recursive: true}).catch(() => undefined)
    await writeFileAtomically(this.path, this.#lines()).catch(() => undefined)
  }

  async *#lines(): AsyncGenerator<string> {
    yield `${HEADER}\n`
    for (const line of this.unread.values()) yield `${line}\n`
    for (const [folder, {stamp, summary}] of this.#known) {
      const {digests, ...rest} = summary
      const rows = digests.map(each => [
        ...[each.index, each.sample_id, each.channel, each.day, each.origin, each.writer, each.anew, each.length],
        each.scores,
      ])
      yield `${JSON.stringify(folder)}\t${JSON.stringify({stamp, ...rest, rows})}\n`
    }
  }

  #parse(line: string): Remembered | undefined {
    try {
      const {stamp, rows, ...rest} = JSON.parse(line.slice(line.indexOf('\t') + 1)) as CachedLine
      const digests = rows.map(([index, sample_id, channel, day, origin, writer, anew, length, scores]) => ({
        ...{index, sample_id, channel, day, origin, writer, anew, length, scores},
      }))
      const found = {stamp, summary: {...rest, digests}}
      return shapeProblem(found, KEPT_SHAPE) === undefined ? {stamp, summary: this.#shared(found.summary)} : undefined
    } catch {
      // Whatever is wrong with it, the run can be read again.
      return undefined
    }
  }

  #shared(summary: RunSummary): RunSummary {
    const one = <T extends string>(text: T): T => {
      const known = this.#texts.get(text)
      if (known === undefined) this.#texts.set(text, text)
      return (known ?? text) as T
    }
    const digests = summary.digests.map(({sample_id, channel, day, writer, origin, ...rest}) => ({
      ...{sample_id: one(sample_id), channel: one(channel), day: one(day), writer: one(writer), origin: one(origin)},
      ...rest,
    }))
    return {...summary, digests}
  }
}

/** A digest without the names of its fields, which would be most of the file. */
type CachedRow = [
  index: number,
  sample_id: string,
  channel: string,
  day: string,
  origin: DigestScores['origin'],
  writer: string,
  anew: boolean,
  length: number,
  scores: DigestScores['scores'],
]

interface CachedLine extends Omit<RunSummary, 'digests'> {
  stamp: string
  rows: CachedRow[]
}

import type {Text} from '@ep23/sdk'

import {HashPlaces} from '../../domain/hash-places.js'
import {RUN_FILES} from '../../domain/run-folder.js'
import type {ReplyLine} from '../../domain/sample-line.js'
import type {LineDeps} from './evidence.js'
import {parseLine} from './first-difference.js'
import {message} from '../../words/words.js'

/**
 * The raw answers of a run's judge, each held against its hash. They stay in their file: memory holds where each begins, however long
 * it is.
 */
export class RawAnswers {
  readonly #places: HashPlaces
  readonly #starts: number[] = []
  #end = 0
  /** The first answer that is not what its hash says. */
  difference: Text | undefined

  private constructor(private readonly deps: LineDeps) {
    this.#places = new HashPlaces(deps.sha256)
  }

  static async of(deps: LineDeps): Promise<RawAnswers> {
    const answers = new RawAnswers(deps)
    let line = 0
    for await (const text of deps.files.lines(RUN_FILES.replies)) answers.#add(text, ++line)
    return answers
  }

  /** Undefined where there is none of that hash. */
  textOf(sha256: string): string | undefined {
    const place = this.#places.get(sha256)
    if (place === undefined) return undefined
    const [start = 0, end = this.#end] = this.#starts.slice(place, place + 2)
    const text = this.deps.files.part(RUN_FILES.replies, start, end - start)
    return (parseLine(text, RUN_FILES.replies, place + 1) as ReplyLine).text
  }

  #add(line: string, number: number): void {
    const {sha256, text} = parseLine(line, RUN_FILES.replies, number) as ReplyLine
    const computed = this.deps.hashText(text)
    if (computed !== sha256)
      this.difference ??= message('storedAt', {
        path: message('lineNumber', {line: number}),
        stored: sha256,
        computed,
      })
    if (this.#places.add(sha256) === undefined) this.#starts.push(this.#end)
    this.#end += Buffer.byteLength(line) + 1
  }
}

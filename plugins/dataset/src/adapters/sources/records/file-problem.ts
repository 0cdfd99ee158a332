import type {RecordPlace} from './record-place.js'

/** Thrown where a file cannot be read on: what came before holds, nothing after it can be told. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem'

  constructor(
    readonly reason: string,
    readonly place: RecordPlace = {raw: ''},
    /** What to do, where that is not to mend the file. */
    readonly advice?: string,
  ) {
    super(reason)
  }
}

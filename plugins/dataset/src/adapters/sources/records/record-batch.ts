import type {RecordPlace} from './record-place.js'

/** The parsed records of one piece of a file. */
export interface RecordBatch {
  values: unknown[]
  /** Where a record stands. Only to be asked before the next batch is taken: it looks at a buffer that is used again. */
  place(index: number): RecordPlace
}

// scripts/compile-judges.js writes the code from `documentSchemas('object')` when the package is built.
import type {ErrorObject} from 'ajv'

/** Says yes or no about a document as it lives in memory, with `Date` objects. */
export interface Judge {
  (document: unknown): boolean
  /** What the last document broke. */
  errors?: ErrorObject[] | null
}

export const digest: Judge
export const reviewReport: Judge

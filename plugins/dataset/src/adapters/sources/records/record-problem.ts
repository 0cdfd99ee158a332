/** Thrown where a record turns out to be unusable. The records after it are not in doubt. */
export class RecordProblem extends Error {
  override readonly name = 'RecordProblem'
}

import {badDataError} from '@ep23/sdk'

import type {InvalidRecord} from '../../../domain/documents/invalid-record.js'
import type {SourceTally} from '../../../domain/source-tally.js'
import type {RecordPlace} from './record-place.js'

const MEND =
  'Correct the file, or run again with --skip-invalid to leave out what cannot be used and have it listed in a quarantine file.'

/** One pass over one file: where its counts and its unusable records go. */
export class FileReading {
  constructor(
    readonly file: string,
    readonly tally: SourceTally,
    private readonly onInvalid?: (invalid: InvalidRecord) => void,
  ) {}

  /** Hands the record to `onInvalid`; without one the first such record ends the reading with exit 65. */
  reject(place: RecordPlace, reason: string, advice = MEND): void {
    const invalid: InvalidRecord = {file: this.file, ...place, reason}
    if (!this.onInvalid) throw badDataError('SOURCE_INVALID', `${placeOf(invalid)}: ${reason}`, [advice])
    this.tally.invalid += 1
    this.tally.firstInvalid ??= `${placeOf(invalid)}: ${reason}`
    this.onInvalid(invalid)
  }
}

function placeOf({file, line, record}: InvalidRecord): string {
  const place = [line === undefined ? undefined : `line ${line}`, record === undefined ? undefined : `record ${record}`]
  return [file, ...place.filter(part => part !== undefined)].join(', ')
}

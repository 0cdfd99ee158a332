import {join} from 'node:path'

import type {Finding} from '../../domain/finding.js'
import type {ExportFacts} from '../../domain/manifest/manifest.js'
import type {FilePorts} from '../../domain/ports.js'
import {scanRecords, type ScannedLine} from '../check/scan-records.js'

/** One of two runs: its files and what is known of them. */
export interface ProducedRun {
  folder: string
  facts: ExportFacts
}

/**
 * Holds a run's files against those of the first, byte for byte.
 * @param number of the run, for the message
 * @returns the first difference, down to the record
 */
export async function compareRuns(
  files: Pick<FilePorts, 'readLines'>,
  first: ProducedRun,
  other: ProducedRun,
  number: number,
): Promise<Finding | undefined> {
  if (identity(first) === identity(other)) return undefined
  const lines = scanRecords(files, other.folder, namesOf(other))[Symbol.asyncIterator]()
  const place = {rule: 'bytes', exporter: first.facts.exporter} as const
  try {
    for await (const line of scanRecords(files, first.folder, namesOf(first))) {
      const {value: twin} = (await lines.next()) as {value?: ScannedLine}
      if (twin?.bytes.equals(line.bytes)) continue
      return {...place, ...whereIs(line), message: `run ${number} has ${describe(line, twin)}`}
    }
    const {value: extra} = (await lines.next()) as {value?: ScannedLine}
    if (extra) return {...place, ...whereIs(extra), message: `only run ${number} has this record`}
    return {...place, message: `run ${number} has the same records in other bytes (${join(...namesOf(other))})`}
  } finally {
    await lines.return(undefined)
  }
}

function identity({facts}: ProducedRun): string {
  return facts.files.map(({name, sha256}) => `${name} ${sha256}`).join('\n')
}

function namesOf({facts}: ProducedRun): string[] {
  return facts.files.map(({name}) => name)
}

function whereIs({file, line, record}: ScannedLine): Partial<Finding> {
  return {file, line, ...(record && {sample_id: record.sample_id})}
}

function describe({record}: ScannedLine, twin: ScannedLine | undefined): string {
  if (!twin) return 'no such line'
  if (twin.record?.sample_id === record?.sample_id) return 'another content in this record'
  return `the record ${twin.record?.sample_id ?? '(unreadable)'} in this line`
}

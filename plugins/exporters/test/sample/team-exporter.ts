import type {Exporter, ExportRecord, JsonSchemaDocument} from '@ep23/sdk'

export const TEAM_SCHEMA: JsonSchemaDocument = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:team:notes:1',
  type: 'object',
  properties: {
    sample_id: {type: 'string'},
    channel: {type: 'string'},
    timestamp: {type: 'string'},
    note: {type: 'string'},
  },
  required: ['sample_id', 'channel', 'timestamp'],
}

export function note(number: number, extra: object = {}): ExportRecord {
  return {
    sample_id: `note-${String(number).padStart(4, '0')}`,
    channel: '@team',
    timestamp: new Date(Date.UTC(2024, 10, 4) + number * 60_000).toISOString(),
    ...extra,
  }
}

interface Team extends Partial<Exporter> {
  /** The records of run 1, 2, …; the last ones repeat. */
  runs: readonly (readonly ExportRecord[])[]
}

/** An exporter as a team's plugin brings it; each call of `records` is one run. */
export function teamExporter({runs, ...overrides}: Team): Exporter {
  let run = 0
  return {
    name: 'notes',
    summary: 'Notes of the team.',
    schema: async () => TEAM_SCHEMA,
    count: async () => runs[0]?.length ?? 0,
    async *records() {
      run += 1
      yield* runs[Math.min(run, runs.length) - 1] ?? []
    },
    ...overrides,
  }
}

export const sixtyNotes = (extra?: (number: number) => object): ExportRecord[] =>
  Array.from({length: 60}, (_, number) => note(number, extra?.(number)))

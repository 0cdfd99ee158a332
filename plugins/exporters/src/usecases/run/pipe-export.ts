import {badDataError, usageError} from '@ep23/sdk'

import type {ExportRequest} from '../../domain/export-request.js'
import {describeFinding, type Finding} from '../../domain/finding.js'
import type {FilePorts, RunPorts} from '../../domain/ports.js'
import type {RecordSink} from '../../domain/records/record-sink.js'
import {countLeftOut, describeLeftOut} from './count-left-out.js'
import {noRecords} from './produce-export.js'
import {recordValidator} from '../schemas/record-validator.js'
import {committedSchema} from '../schemas/schema-snapshot.js'
import {writeStoreRecords} from './write-store-export.js'

/**
 * Streams records into a pipe, checked as they pass; there is no manifest.
 * @returns what the query leaves out, in words; undefined when nothing
 * @throws Ep23Error as `runExport`, after the records before the bad one have gone
 */
export async function pipeExport(
  deps: RunPorts & {files: FilePorts},
  request: ExportRequest,
  sink: RecordSink,
): Promise<string | undefined> {
  const {registration, resolved} = request
  if (registration.kind === 'command')
    throw usageError(`${registration.name} is a command and writes files: name an --output`)
  const {expected, left_out} = await countLeftOut(registration.exporter, deps.store, resolved)
  if (expected === 0) throw noRecords(registration.name, left_out)
  const validate = recordValidator(await committedSchema(registration, deps.files), registration.name)
  const start = deps.clock.monotonic()
  try {
    const hooks = {validate, advance: () => undefined, onFinding: refuseRecord}
    const written = await writeStoreRecords({...deps, ...hooks, sink}, request, registration)
    await sink.close()
    deps.metrics.exportRecords.inc({exporter: registration.name}, written)
  } finally {
    deps.metrics.exportDuration.observe({exporter: registration.name}, deps.clock.monotonic() - start)
  }
  return left_out.total > 0 ? `${left_out.total} records are left out: ${describeLeftOut(left_out)}` : undefined
}

/** Ends an export at a record that is not as it should be. */
export function refuseRecord(finding: Finding): never {
  throw badDataError('EXPORT_BAD_RECORD', describeFinding(finding), [
    'see ep23 exporters:schema for what a record holds',
  ])
}

import {join} from 'node:path'

import {badDataError} from '@ep23/sdk'

import {fillPlaceholders, type CommandExporter, type ExportRequest} from '../domain/export-request.js'
import {recordsFileName} from '../domain/file-names.js'
import type {Finding} from '../domain/finding.js'
import type {QueryFacts, RecordFile} from '../domain/manifest.js'
import type {Advance, FilePorts, RunPorts} from '../domain/ports.js'
import type {ManifestBuilder} from './manifest-builder.js'
import type {RecordValidator} from './record-validator.js'
import {scanRecords, type ScannedLine} from './scan-records.js'
import {message} from '../words/words.js'

/** Runs a command without a shell; see adapters/run-command.ts. */
export type RunCommand = (run: {
  name: string
  command: readonly string[]
  cwd: string
  env: Readonly<Record<string, string>>
  timeoutSeconds: number
  outputLimitBytes: number
  outputPath: string
  signal: AbortSignal
}) => Promise<void>

interface CommandDeps extends Pick<RunPorts, 'tracer' | 'signal'> {
  files: FilePorts
  runCommand: RunCommand
  /** What the command is told of the store. */
  storeUrl: string
  manifest: ManifestBuilder
  validate: RecordValidator
  advance: Advance
  onFinding(finding: Finding): void
}

/**
 * Lets a command write its file and adds it to the manifest as it stands: each line checked, hashed and counted.
 * @returns the file
 * @throws Ep23Error of the command; EXPORT_NO_FILE (65) when it wrote none
 */
export async function writeCommandRecords(
  deps: CommandDeps,
  {resolved, stem}: ExportRequest,
  command: CommandExporter,
  folder: string,
): Promise<RecordFile> {
  const name = recordsFileName(stem, {format: 'jsonl', compression: 'none'})
  const outputPath = join(folder, name)
  await deps.tracer.span(`exporters.command`, {exporter: command.name}, () =>
    deps.runCommand({
      ...command,
      command: fillPlaceholders(command.command, placeholderValues(outputPath, resolved.facts)),
      env: {
        TRACEPARENT: deps.tracer.traceparent(),
        EP23_STORE: deps.storeUrl,
        ...(deps.storeUrl.startsWith('mongodb') && {MONGODB_URL: deps.storeUrl}),
      },
      outputPath,
      signal: deps.signal,
    }),
  )
  await addFile(deps, command.name, folder, name)
  const facts = await deps.files.hashFile(outputPath)
  return {...facts, records: deps.manifest.stats.total, content_bytes: facts.bytes, content_sha256: facts.sha256}
}

async function addFile(deps: CommandDeps, exporter: string, folder: string, name: string): Promise<void> {
  let read = 0
  try {
    for await (const scanned of scanRecords(deps.files, folder, [name])) {
      read += 1
      await addLine(deps, exporter, scanned)
      deps.advance(read)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw badDataError('EXPORT_NO_FILE', message('wroteNoOutput', {exporter}), [message('writeToOutput')])
  }
}

async function addLine(deps: CommandDeps, exporter: string, scanned: ScannedLine): Promise<void> {
  const {record, canonical, file, line, problem} = scanned
  const place = {exporter, file, line}
  if (!record || !canonical) return deps.onFinding({rule: 'schema', ...place, message: problem ?? message('notRecord')})
  const {sample_id} = record
  for (const broken of deps.validate(record)) deps.onFinding({rule: 'schema', ...place, sample_id, ...broken})
  const entry = deps.manifest.add(record, canonical)
  if (entry.misplaced) deps.onFinding({rule: 'order', ...place, sample_id, message: entry.misplaced})
  await deps.manifest.writeLeaf(record, entry)
}

function placeholderValues(output: string, facts: QueryFacts): Record<string, string> {
  const {window, channels, language, origin, limit} = facts
  return {
    output,
    from: window?.from ?? '',
    to: window?.to ?? '',
    channels: channels === 'any' ? '' : channels.join(','),
    language,
    origin,
    limit: limit === null ? '' : String(limit),
  }
}

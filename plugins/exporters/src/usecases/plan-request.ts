import {basename, dirname, join, resolve} from 'node:path'

import {usageError, ownField} from '@ep23/sdk'

import {
  placeholdersIn,
  type Layout,
  type CommandExporter,
  type Placeholder,
  type ExportRequest,
} from '../domain/export-request.js'
import {compressionOf, formatOf, stemOf} from '../domain/file-names.js'
import type {Compression, Format, QueryFacts} from '../domain/manifest.js'
import {TEAM_DATASETS} from '../domain/to-record.js'
import type {RunFlags} from '../flags.js'
import {message} from '../words/words.js'

type OutputFlags = Pick<RunFlags, 'compress' | 'format' | 'output' | 'split'>

interface ResolvedOutput {
  /** Absent for a pipe. */
  folder?: string
  stem: string
  layout: Layout
}

/**
 * Where an export goes: the team's tools look for `<dataset dir>/<dataset id>/latest.jsonl`; a file or a pipe that is named
 * stays as it is named.
 * @throws Ep23Error USAGE (64) for a contradiction
 */
export function placeOutput(
  flags: RunFlags,
  exporter: string,
  {cwd, datasetDir}: {cwd: string; datasetDir: string},
): ResolvedOutput {
  const {layout, output} = flags
  const resolved = resolveOutput(flags, {exporter, cwd, defaultFolder: join(datasetDir, 'exports')})
  const isNamed = output !== undefined && (output === '-' || formatOf(output) !== undefined)
  if (layout !== 'team' || isNamed) return resolved
  return {
    ...resolved,
    folder: resolve(output ?? datasetDir, ownField(TEAM_DATASETS, exporter) ?? exporter),
    stem: 'latest',
  }
}

/**
 * Where an export goes and in which form. A file's name decides what the flags leave open: `out.jsonl.gz` is gzip.
 * @param defaultFolder for an export that names no output
 * @throws Ep23Error USAGE (64) for a contradiction
 */
export function resolveOutput(
  flags: OutputFlags,
  {exporter, cwd, defaultFolder}: {exporter: string; cwd: string; defaultFolder: string},
): ResolvedOutput {
  const {output, split} = flags
  const file = output !== undefined && output !== '-' ? formatOf(output) && basename(output) : undefined
  const layout = layoutOf(flags, file)
  if (split !== undefined && layout.format === 'parquet') throw usageError(message('parquetNotSplit'))
  if (output === '-') {
    if (split !== undefined || layout.format === 'parquet') throw usageError(message('onlyLinesToStdout'))
    return {stem: exporter, layout}
  }
  if (file === undefined)
    return {folder: output === undefined ? defaultFolder : resolve(cwd, output), stem: exporter, layout}
  return {folder: resolve(cwd, dirname(output ?? '')), stem: stemOf(file), layout}
}

function layoutOf({format, compress, split}: OutputFlags, file: string | undefined): Layout {
  const byName = file === undefined ? undefined : {format: formatOf(file), compression: compressionOf(file)}
  const chosen = {
    format: (format ?? byName?.format ?? 'jsonl') as Format,
    compression: (compress ?? byName?.compression ?? 'none') as Compression,
  }
  const isParquet = chosen.format === 'parquet'
  if (
    file !== undefined &&
    (byName?.format !== chosen.format || (!isParquet && byName.compression !== chosen.compression))
  )
    throw usageError(
      message('notNameForFormat', {file: join(file), format: chosen.format, compression: chosen.compression}),
      [message('leaveOutFormat')],
    )
  return {...chosen, split}
}

/**
 * The request as its exporter can serve it. A command that is not told of days exports all it has, so no window is claimed.
 * @throws Ep23Error USAGE (64) for what a command cannot hear of, and for forms that it does not write
 */
export function planRequest(request: ExportRequest): ExportRequest {
  const {registration, resolved} = request
  if (registration.kind === 'store') return request
  const {command} = registration
  assertServable(command, request)
  const used = placeholdersIn(command.command)
  const hearsOfDays = used.has('from') || used.has('to')
  const facts = {...resolved.facts, window: hearsOfDays ? resolved.facts.window : null}
  return {...request, resolved: {...resolved, facts}}
}

// It would ignore the rest in silence.
function assertServable({name, command}: CommandExporter, {resolved, layout}: ExportRequest): void {
  if (layout.format !== 'jsonl' || layout.compression !== 'none' || layout.split !== undefined)
    throw usageError(message('commandWritesLines', {name}), [message('leaveOutSplit')])
  const used = placeholdersIn(command)
  const unheard = askedFor(resolved.facts).filter(wish => !used.has(wish))
  if (unheard.length === 0) return
  throw usageError(message('commandHasNo', {name, placeholders: unheard.map(wish => `{${wish}}`).join(', ')}), [
    message('leaveOutFlag'),
  ])
}

function askedFor({window, channels, language, origin, limit}: QueryFacts): Placeholder[] {
  return [
    ...(window?.source === 'flags' ? (['from', 'to'] as const) : []),
    ...(channels === 'any' ? [] : (['channels'] as const)),
    ...(language === 'any' ? [] : (['language'] as const)),
    ...(origin === 'any' ? [] : (['origin'] as const)),
    ...(limit === null ? [] : (['limit'] as const)),
  ]
}

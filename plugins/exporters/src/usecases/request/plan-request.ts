import {usageError} from '@ep23/sdk'

import {placeholdersIn, type CommandExporter, type Placeholder} from '../../domain/command-exporter.js'
import type {ExportRequest} from '../../domain/export-request.js'
import type {QueryFacts} from '../../domain/manifest/manifest.js'

/**
 * The request as its exporter can serve it. A command that is not told of days exports all it has, so no window is claimed.
 * @throws Ep23Error USAGE (64) for what a command cannot hear of, and for forms that it does not write
 */
export function planRequest(request: ExportRequest): ExportRequest {
  const {registration, resolved} = request
  if (registration.kind === 'store') return request
  const {command} = registration
  refuseUnheard(command, request)
  const used = placeholdersIn(command.command)
  const hearsOfDays = used.has('from') || used.has('to')
  const facts = {...resolved.facts, window: hearsOfDays ? resolved.facts.window : null}
  return {...request, resolved: {...resolved, facts}}
}

// It would ignore the rest in silence.
function refuseUnheard({name, command}: CommandExporter, {resolved, layout}: ExportRequest): void {
  if (layout.format !== 'jsonl' || layout.compression !== 'none' || layout.split !== undefined)
    throw usageError(`${name} is a command and writes JSON lines in one piece`, [
      'leave out --format, --compress and --split; exporters:split cuts the file afterwards',
    ])
  const used = placeholdersIn(command)
  const unheard = askedFor(resolved.facts).filter(wish => !used.has(wish))
  if (unheard.length === 0) return
  throw usageError(
    `the command of ${name} has no ${unheard.map(wish => `{${wish}}`).join(', ')}: it would not hear of it`,
    ['leave the flag out, or give the command in ep23.config.yaml the placeholder'],
  )
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

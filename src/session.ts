import type {RuntimeRequest} from '@ep23/sdk'

import type {OclifConfig} from './oclif-config.js'
import type {OpenRuntime} from './runtime.js'

// oclif loads each hook as a module of its own and gives them nothing in common (a command's config is not the one a
// hook saw), so the process's one open Runtime is kept here, between the hook that opens it and the one that closes it.
let open: Promise<OpenRuntime> | undefined

/** Opens the process's Runtime, or returns the one that is open: a command run by a command shares it. */
export async function openSession(request: RuntimeRequest, config: OclifConfig): Promise<OpenRuntime> {
  open ??= import('./runtime.js').then(({openRuntime}) => openRuntime(request, config))
  return open
}

/** Flushes and closes what was opened; does nothing after `--help` or `--version`. */
export async function closeSession(error: Error | undefined): Promise<void> {
  const closing = open
  open = undefined
  const runtime = await closing?.catch(ignoreFailedOpening)
  await runtime?.close({exit: exitOf(error), error})
}

// With --json a failed command ends without an error here; only the exit code tells.
function exitOf(error: (Error & {oclif?: {exit?: number}}) | undefined): number {
  return Number(error?.oclif?.exit ?? process.exitCode ?? 0)
}

// Opening failed, and the command has reported why.
function ignoreFailedOpening(): undefined {
  return undefined
}

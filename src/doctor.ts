import {access, constants, mkdir, statfs, stat} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {hasCode, type HealthCheck, type HealthFinding, type Runtime} from '@ep23/sdk'
import type {OclifConfig} from './oclif-config.js'
import {ownerProblem} from './telemetry/metric-owners.js'

const GIBIBYTE = 2 ** 30
const LEAST_FREE_BYTES = 0.5 * GIBIBYTE
/** No ep23 is older than this, so a clock that says so is wrong. */
const BUILT_AFTER = new Date('2026-01-01T00:00:00Z')

const ok = (detail: string): HealthFinding => ({status: 'ok', detail})

const node: HealthCheck = {name: 'node', run: async () => ok(`${process.version} at ${process.execPath}`)}

const icu: HealthCheck = {
  name: 'icu',
  async run() {
    const zones = Intl.supportedValuesOf('timeZone').length
    if (zones < 100)
      return {status: 'warning', detail: `only ${zones} time zones`, fix: 'use a Node built with full ICU'}
    return ok(`ICU ${process.versions['icu']}, time zones ${process.versions['tz']}`)
  },
}

const clock: HealthCheck = {
  name: 'clock',
  async run({clock}) {
    const now = clock.now()
    if (now < BUILT_AFTER)
      return {status: 'warning', detail: `the clock says ${now.toISOString()}`, fix: 'set the clock of this machine'}
    return ok(`${now.toISOString()}, zone ${Intl.DateTimeFormat().resolvedOptions().timeZone}`)
  },
}

const store: HealthCheck = {
  name: 'store',
  async run({store}) {
    try {
      await store.ping()
      return ok(store.location)
    } catch (error) {
      if (hasCode(error, 'STORE_MISSING')) return ok(`none yet at ${store.location}: dataset:seed makes it`)
      const {message, suggestions = []} = error as Error & {suggestions?: string[]}
      return {status: 'down', detail: message, fix: suggestions.join('; ') || 'check --store'}
    }
  },
}

/** How far the clocks of two machines may be apart. */
const CLOCK_SKEW_MS = 10 * 60 * 1000

/** Runs of a clock that was ahead: their gauges are not believed until their time has come. */
const storedTimes: HealthCheck = {
  name: 'stored times',
  async run({store: stored, clock: now}) {
    const latest = new Date(now.now().getTime() + CLOCK_SKEW_MS)
    const runs = stored.collection<{run_id: string; started_at: Date}>('ep23_runs')
    const ahead: string[] = []
    for await (const run of runs.find({started_at: {$gte: latest}}, {limit: 4})) ahead.push(run.run_id)
    if (ahead.length === 0) return ok('none is in the future')
    return {
      status: 'warning',
      detail: `runs of a time that has not come yet: ${ahead.slice(0, 3).join(', ')}${ahead.length > 3 ? ', …' : ''}`,
      fix: 'set the clock of the machine that made them; gauges that they set are left out of /metrics',
    }
  },
}

const disk: HealthCheck = {
  name: 'disk',
  async run({settings}) {
    const folder = dirname(settings.logDir)
    await mkdir(folder, {recursive: true, mode: 0o700})
    const {bavail, bsize} = await statfs(folder)
    const free = bavail * bsize
    const detail = `${(free / GIBIBYTE).toFixed(1)} GiB free at ${folder}`
    return free < LEAST_FREE_BYTES ? {status: 'warning', detail, fix: 'make room: at least 0.5 GiB'} : ok(detail)
  },
}

const folders: HealthCheck = {
  name: 'dataset folder',
  async run({settings}) {
    try {
      await mkdir(settings.datasetDir, {recursive: true})
      await access(settings.datasetDir, constants.W_OK)
      return ok(settings.datasetDir)
    } catch (error) {
      return {
        status: 'down',
        detail: (error as Error).message,
        fix: 'set EP23_DATASET_DIR to a folder you can write to',
      }
    }
  },
}

/** What the host itself can say about the machine. */
export const hostChecks: readonly HealthCheck[] = [node, icu, clock, store, storedTimes, disk, folders]

/** One line for every loaded plugin: its version, and whether its manifest is older than its compiled commands. */
export function pluginChecks(config: OclifConfig): HealthCheck[] {
  return [...config.plugins.values()].map(({name, version, root, type}) => ({
    name: `plugin ${name}`,
    run: () => checkManifest(`${version} (${type})`, root),
  }))
}

/** Whether every metric name has one owner. */
export const metricNames: HealthCheck = {
  name: 'metric names',
  async run(runtime) {
    const problem = ownerProblem(await runtime.contributions())
    if (problem === undefined) return {status: 'ok', detail: 'each has one owner'}
    return {
      status: 'warning',
      detail: problem,
      fix: 'rename the metric in the plugin, or unlink it: ep23 plugins unlink',
    }
  },
}

async function checkManifest(label: string, root: string): Promise<HealthFinding> {
  const [manifest, commands] = await Promise.all([
    modifiedAt(join(root, 'oclif.manifest.json')),
    modifiedAt(join(root, 'dist/.tsbuildinfo')),
  ])
  if (manifest === undefined)
    return {status: 'warning', detail: `${label}, no manifest: starts slowly`, fix: 'run npm run build'}
  if (commands !== undefined && commands > manifest)
    return {status: 'warning', detail: `${label}, manifest older than the compiled code`, fix: 'run npm run build'}
  return {status: 'ok', detail: `${label}, manifest of ${new Date(manifest).toISOString().slice(0, 10)}`}
}

async function modifiedAt(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs
  } catch {
    return undefined
  }
}

export interface Diagnosis extends HealthFinding {
  name: string
}

/** Runs all checks at once; a check that throws is itself a finding. */
export async function examine(checks: readonly HealthCheck[], runtime: Runtime): Promise<Diagnosis[]> {
  return Promise.all(checks.map(async check => ({name: check.name, ...(await runCheck(check, runtime))})))
}

async function runCheck(check: HealthCheck, runtime: Runtime): Promise<HealthFinding> {
  try {
    return await check.run(runtime)
  } catch (error) {
    return {
      status: 'warning',
      detail: `the check itself failed: ${(error as Error).message}`,
      fix: 'run again with --debug',
    }
  }
}

const MARKS = {ok: '✔', warning: '!', down: '✖'} as const

/** What a person reads of a finding: one line, and one more for its fix. */
export function formatDiagnosis({name, status, detail, fix}: Diagnosis): string[] {
  return [`${MARKS[status]} ${name}: ${detail}`, ...(fix === undefined ? [] : [`    fix: ${fix}`])]
}

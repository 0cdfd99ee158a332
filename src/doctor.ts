import {access, constants, mkdir, statfs, stat} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {
  CLOCK_SKEW_MS,
  hasCode,
  type HealthCheck,
  type HealthFinding,
  type Runtime,
  type Text,
  errorMessage,
} from '@ep23/sdk'
import {message} from './words/words.js'
import type {OclifConfig} from './oclif-config.js'
import {ownerProblem} from './telemetry/metric-owners.js'
import {whatToDo} from './findings.js'
import {FORMAT} from './store/format.js'
import {pendingMigrations} from './store/migrations.js'

const GIBIBYTE = 2 ** 30
const LEAST_FREE_BYTES = 0.5 * GIBIBYTE
/** No ep23 is older than this, so a clock that says so is wrong. */
const BUILT_AFTER = new Date('2026-01-01T00:00:00Z')

const ok = (detail: Text): HealthFinding => ({status: 'ok', detail})

const node: HealthCheck = {
  name: 'node',
  run: async () => ok(message('versionAt', {version: process.version, path: process.execPath})),
}

const icu: HealthCheck = {
  name: 'icu',
  async run() {
    const zones = Intl.supportedValuesOf('timeZone').length
    if (zones < 100) return {status: 'warning', detail: message('fewZones', {zones}), fix: message('useFullIcu')}
    return ok(message('icu', {icu: process.versions['icu'] ?? '', zones: process.versions['tz'] ?? ''}))
  },
}

const clock: HealthCheck = {
  name: 'clock',
  async run({clock}) {
    const now = clock.now()
    if (now < BUILT_AFTER)
      return {status: 'warning', detail: message('clockSays', {now: now.toISOString()}), fix: message('setClock')}
    return ok(message('clock', {now: now.toISOString(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone}))
  },
}

const store: HealthCheck = {
  name: 'store',
  async run({store}) {
    try {
      await store.ping()
      // One of a newer format is refused when it is opened.
      const told = {store: store.location, format: FORMAT}
      if ((await pendingMigrations(store)).length === 0) return ok(message('storeFormat', told))
      return {status: 'warning', detail: message('storeToUpgrade', told), fix: message('upgradeStore')}
    } catch (error) {
      if (hasCode(error, 'STORE_MISSING')) return ok(message('noStoreYet', {path: store.location}))
      return {status: 'down', ...whatToDo(error, message('checkStore'))}
    }
  },
}

async function isMissing(stored: Runtime['store']): Promise<boolean> {
  return stored.ping().then(
    () => false,
    (error: unknown) => hasCode(error, 'STORE_MISSING'),
  )
}

/** Runs of a clock that was ahead: their gauges are not believed until their time has come. */
const storedTimes: HealthCheck = {
  name: 'stored times',
  async run({store: stored, clock: now}) {
    if (await isMissing(stored)) return ok(message('noneInFuture'))
    const latest = new Date(now.now().getTime() + CLOCK_SKEW_MS)
    const runs = stored.collection<{run_id: string; started_at: Date}>('ep23_runs')
    const ahead: string[] = []
    for await (const run of runs.find({started_at: {$gte: latest}}, {limit: 4})) ahead.push(run.run_id)
    if (ahead.length === 0) return ok(message('noneInFuture'))
    return {
      status: 'warning',
      detail: message('runsInFuture', {runs: `${ahead.slice(0, 3).join(', ')}${ahead.length > 3 ? ', …' : ''}`}),
      fix: message('setTheirClock'),
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
    const detail = message('freeAt', {gibibytes: free / GIBIBYTE, folder})
    return free < LEAST_FREE_BYTES ? {status: 'warning', detail, fix: message('makeRoom')} : ok(detail)
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
        detail: errorMessage(error),
        fix: message('setDatasetDir'),
      }
    }
  },
}

/** What the host itself can say about the machine. */
export const hostChecks: readonly HealthCheck[] = [node, icu, clock, store, storedTimes, disk, folders]

/** One line for every loaded plugin: its version, and whether its manifest is older than its compiled commands. */
export function pluginChecks(config: OclifConfig): HealthCheck[] {
  return [...config.plugins.values()].map(({name, version, root, type, pjson}) => ({
    name: `plugin ${name}`,
    run: () => checkManifest(`${version} (${type})`, {root, hasBuild: pjson.scripts?.['build'] !== undefined}),
  }))
}

/** Whether every metric name has one owner. */
export const metricNames: HealthCheck = {
  name: 'metric names',
  async run(runtime) {
    const problem = ownerProblem(await runtime.contributions())
    if (problem === undefined) return ok(message('oneOwner'))
    return {
      status: 'warning',
      detail: problem,
      fix: message('renameMetric'),
    }
  },
}

/** Whether every command is reached by its name. */
export function commandNames(config: OclifConfig): HealthCheck {
  return {
    name: 'command names',
    async run() {
      const shadowed = [...config.plugins.values()].flatMap(({name, commandIDs}) =>
        commandIDs.flatMap(id => {
          const owner = config.findCommand(id)?.pluginName
          return owner === undefined || owner === name ? [] : [`${id} (${name}; ${owner})`]
        }),
      )
      if (shadowed.length === 0) return ok(message('everyCommandReached'))
      const detail = message('commandsShadowed', {commands: shadowed.join(', ')})
      return {status: 'warning', detail, fix: message('renameCommand')}
    },
  }
}

async function checkManifest(
  label: string,
  {root, hasBuild}: {root: string; hasBuild: boolean},
): Promise<HealthFinding> {
  const [manifest, commands] = await Promise.all([
    modifiedAt(join(root, 'oclif.manifest.json')),
    modifiedAt(join(root, 'dist/.tsbuildinfo')),
  ])
  if (manifest === undefined)
    return {
      status: 'warning',
      detail: message('noManifest', {label}),
      fix: hasBuild ? message('runBuild') : message('writeManifest', {root}),
    }
  if (commands !== undefined && commands > manifest)
    return {status: 'warning', detail: message('oldManifest', {label}), fix: message('runBuild')}
  return ok(message('manifestOf', {label, day: new Date(manifest).toISOString().slice(0, 10)}))
}

async function modifiedAt(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs
  } catch {
    return undefined
  }
}

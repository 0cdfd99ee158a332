import {join} from 'node:path'
import {
  EXIT,
  errorEnvelope,
  toEp23Error,
  type Clock,
  type Ep23Error,
  type PluginContribution,
  type Runtime,
  type RuntimeRequest,
  type Settings,
  type Store,
} from '@ep23/sdk'
import {languageHere} from './language/language-of.js'
import {translator} from './language/static-words.js'
import {warnOnStderr} from './language/warn.js'
import {catalogue} from './words/words.js'
import {collectContributions, refuseOtherSdk} from './contributions.js'
import {endWhenLate, listenForInterruption} from './interruption.js'
import type {OclifConfig} from './oclif-config.js'
import {createProgress} from './progress/create-progress.js'
import {checkEnvironment, declaredSections} from './check-settings.js'
import {SETTING_VARIABLES} from './setting-definitions.js'
import {loadSettings} from './settings.js'
import {lazyStore} from './store/lazy-store.js'
import {lazySharedMetrics, lazySpanArchive} from './telemetry/lazy-stored-telemetry.js'
import type {Telemetry, TelemetryOptions} from './telemetry/telemetry.js'

export interface OpenRuntime extends Runtime {
  /** Writes telemetry and the run's document, closes the store; bounded in time, never throws. */
  close(end: {exit: number; error: Error | undefined}): Promise<void>
}

const clock: Clock = {now: () => new Date(), monotonic: () => performance.now() / 1000}

/** The one place where adapters are chosen and put together. */
export async function openRuntime(request: RuntimeRequest, config: OclifConfig): Promise<OpenRuntime> {
  refuseOtherSdk(request)
  checkEnvironment(process.env, config, SETTING_VARIABLES)
  const settings = await loadSettings({
    flags: request.flags,
    env: process.env,
    cwd: process.cwd(),
    shippedFile: join(config.root, 'ep23.config.yaml'),
    sections: declaredSections(config),
  })
  const {signal, dispose: stopListening} = listenForInterruption()
  const service = request.service ?? 'ep23-cli'
  // Servers wait for what others store.
  const mustExist = !request.makesStore && service === 'ep23-cli'
  const store = lazyStore(settings.store, {signal, readOnly: request.readOnly, mustExist})
  const telemetry = await telemetryOf({
    settings,
    clock,
    command: request.command,
    version: config.version,
    service,
    mustExist: request.readOnly,
  })
  const stopWatching = onFatalError(error => telemetry.close({exit: EXIT.unexpected, error}, store))
  const {metrics, tracer, logger} = telemetry
  // Servers and workers end what runs before they end, and have their own limits for it.
  const isServer = request.endsItself === true || service !== 'ep23-cli'
  const stopWaiting = isServer
    ? () => undefined
    : endWhenLate(signal, error => endNow(error, request, telemetry, store))
  const translate = translator(settings.lang, config)
  const progress = createProgress({
    mode: progressMode(request),
    language: settings.lang,
    translate,
    tracer,
    logger,
    clock,
    signal,
  })
  let asked: Promise<PluginContribution[]> | undefined
  const contributions = () => (asked ??= collectContributions(config, warnOnStderr))
  return {
    run: telemetry.run,
    settings,
    store: isServer ? store : store.until(signal),
    openStore: location => (isServer ? lazyStore(location, {signal}) : lazyStore(location, {signal}).until(signal)),
    metrics,
    sharedMetrics: lazySharedMetrics({
      metrics,
      run: telemetry.run,
      store,
      settings,
      clock,
      service,
      contributions,
    }),
    tracer,
    spanArchive: lazySpanArchive(store, settings),
    logger,
    progress,
    clock,
    signal,
    version: config.version,
    contributions,
    render: async text =>
      (await import('./display/render-text.js')).renderText(text, process.stdout, settings.lang, translate),
    hideSecrets: async text => (await import('./telemetry/secret-shapes.js')).redactShapes(text),
    describeRun: facts => telemetry.describeRun(facts),
    async close(end) {
      stopListening()
      stopWaiting()
      stopWatching()
      await telemetry.close(end, store)
      await store.dispose()
    },
  }
}

const LAST_MS = 400

/** Says what the command would have said, gives telemetry a moment, and ends the process. */
function endNow(thrown: Error, request: RuntimeRequest, telemetry: Telemetry, store: Store): void {
  const error = toEp23Error(thrown)
  const {run_id, trace_id} = telemetry.run
  if (request.json)
    process.stdout.write(
      `${JSON.stringify(errorEnvelope({command: request.command, run_id, trace_id}, error), undefined, 2)}\n`,
    )
  else void sayLast(error)
  // oxlint-disable-next-line unicorn/no-process-exit -- what the command waits for may never come
  const exit = (): void => process.exit(error.exit)
  setTimeout(exit, LAST_MS)
  telemetry.close({exit: error.exit, error}, store).then(exit, exit)
}

async function sayLast(error: Ep23Error): Promise<void> {
  const language = languageHere()
  const [{error: label}, {message}] = await Promise.all([catalogue(language), error.in(language)])
  process.stderr.write(`${label}: ${message}\n`)
}

// Only what is asked for is loaded.
async function telemetryOf(options: TelemetryOptions & {settings: Pick<Settings, 'telemetry'>}): Promise<Telemetry> {
  if (!options.settings.telemetry) return (await import('./telemetry/no-telemetry.js')).startNoTelemetry(options)
  return (await import('./telemetry/start-telemetry.js')).startTelemetry(options)
}

function progressMode({flags, json}: RuntimeRequest): 'terminal' | 'lines' | 'silent' {
  if (flags['quiet']) return 'silent'
  const {CI, TERM} = process.env
  // A dumb terminal cannot draw over what it has.
  return process.stderr.isTTY && !json && !CI && TERM !== 'dumb' ? 'terminal' : 'lines'
}

/**
 * Gives telemetry its last chance when an error was caught by nobody (rejections included): `close` is awaited, then
 * the error is thrown again, so that Node prints it and ends the process as ever. Returns what stops listening.
 */
export function onFatalError(close: (error: Error) => Promise<void>): () => void {
  const handle = (thrown: unknown): void => {
    stop()
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    const rethrow = (): void => {
      setImmediate(() => {
        throw thrown
      })
    }
    close(error).then(rethrow, rethrow)
  }
  const stop = (): void => void process.off('uncaughtException', handle)
  process.on('uncaughtException', handle)
  return stop
}

import {Command} from '@oclif/core/command'
import {settings as oclifSettings} from '@oclif/core/settings'
import {ux} from '@oclif/core/ux'
import type {FlagInput, ArgInput, InferredArgs, InferredFlags} from '@oclif/core/interfaces'

import {errorEnvelope, type ErrorEnvelope, SCHEMA_VERSION, statusOf, type SuccessEnvelope} from './envelope.js'
import {Ep23Error} from './errors.js'
import {EXIT, type ExitCode} from './exit-codes.js'
import {flagRefusal} from './flag-refusal.js'
import {commonFlags} from './flags.js'
import {asPrintable, toEp23Error} from './normalise-error.js'
import type {TextBlock} from './text-block.js'
import {verbatim, type Message} from '../messages.js'
import {printableJson, printableText} from '../printable.js'
import {RUNTIME_EVENT, type Runtime, type RuntimeRequest} from '../runtime.js'
import type {Service} from '../telemetry/telemetry.js'
import {SDK_VERSION} from '../version.js'
import {words} from '../words/words.js'

type CommandClass = {flags: FlagInput; args: ArgInput}

/** Parsed flags and arguments of a command class, `Input<typeof DatasetSeed>`. */
export interface Input<C extends CommandClass> {
  flags: InferredFlags<C['flags'] & typeof commonFlags>
  args: InferredArgs<C['args']>
}

/** What a command hands back: the `--json` data, its text for people, and how the process ends. */
export interface CommandResult<D> {
  data: D
  /** For stdout when `--json` is not given. */
  text: readonly TextBlock[]
  warnings?: readonly Message[]
  exit?: ExitCode
}

/** The one base of all commands: parses, gets the Runtime from the host, runs, prints, and sets the exit code. */
export abstract class BaseCommand<C extends CommandClass> extends Command {
  static override enableJsonFlag = true
  static override baseFlags = commonFlags
  /** Changes nothing: its store is opened for reading, and never made. */
  static readOnly = false
  /** Fills a store, and makes it where there is none; any other command says that there is none before it reads. */
  static makesStore = false
  /** Removes or overwrites something that a second run does not bring back. */
  static destructive = false
  /** Running it twice leaves the same state as running it once. */
  static idempotent = false
  /** Ends what it has begun after an interruption, within a limit of its own: nobody ends it after two seconds. */
  static endsItself = false
  /** Which runtime its process is, in logs, metrics and traces. */
  static service: Service = 'ep23-cli'

  protected runtime!: Runtime

  protected abstract execute(input: Input<C>): Promise<CommandResult<unknown>>

  override async run(): Promise<SuccessEnvelope<unknown>> {
    const {flags, args} = await this.parseInput()
    oclifSettings.debug ||= Boolean(flags['debug'])
    this.runtime = await this.requestRuntime(flags)
    const result = await this.execute({flags, args} as unknown as Input<C>)
    // No success is claimed of a store that is gone.
    await this.runtime.store.confirm()
    return this.conclude(result)
  }

  private async parseInput(): Promise<{flags: Readonly<Record<string, unknown>>; args: unknown}> {
    try {
      return await this.parse(this.ctor)
    } catch (thrown) {
      throw flagRefusal(thrown, {flags: {...this.ctor.baseFlags, ...this.ctor.flags}, argv: this.argv})
    }
  }

  private async requestRuntime(flags: Readonly<Record<string, unknown>>): Promise<Runtime> {
    const {readOnly, makesStore, endsItself, service} = this.ctor as unknown as Pick<
      typeof BaseCommand,
      'readOnly' | 'makesStore' | 'endsItself' | 'service'
    >
    const request: RuntimeRequest = {
      sdkVersion: SDK_VERSION,
      command: this.commandName,
      flags,
      json: this.jsonEnabled(),
      readOnly,
      makesStore,
      endsItself,
      service,
    }
    const {successes, failures} = await this.config.runHook(RUNTIME_EVENT, {request})
    const failure = failures[0]
    if (failure) throw failure.error
    const answer = successes[0]
    if (!answer)
      throw new Ep23Error(words.message('noHost'), {
        code: 'NO_HOST',
        exit: EXIT.unavailable,
        suggestions: [verbatim('ep23 plugins link .')],
      })
    return answer.result as Runtime
  }

  private async conclude({
    data,
    text,
    warnings = [],
    exit = EXIT.ok,
  }: CommandResult<unknown>): Promise<SuccessEnvelope<unknown>> {
    process.exitCode = exit
    if (!this.jsonEnabled()) for (const line of await this.runtime.render(text)) ux.stdout(line)
    await this.showWarnings(warnings)
    const {run_id, trace_id} = this.runtime.run
    return {
      schema_version: SCHEMA_VERSION,
      command: this.commandName,
      status: statusOf(exit),
      run_id,
      trace_id,
      data,
      warnings: await Promise.all(warnings.map(({english}) => this.withoutSecrets(english))),
    }
  }

  private async showWarnings(warnings: readonly Message[]): Promise<void> {
    if (warnings.length === 0) return
    const {lang} = this.runtime.settings
    const {warning: label} = await words.catalogue(lang)
    for (const warning of warnings) this.logToStderr(`${label}: ${await this.withoutSecrets(await warning.in(lang))}`)
  }

  /** What is told of an error or a warning, which may quote a command or an answer with a secret in it. */
  private async withoutSecrets(text: string): Promise<string> {
    return (await this.runtime?.hideSecrets(text)) ?? text
  }

  /** Normalises every error once, so that text, JSON and exit code agree. */
  override async catch(thrown: Error): Promise<void> {
    const error = toEp23Error(thrown, this.maker)
    process.exitCode = error.exit
    if (this.jsonEnabled()) {
      const envelope = this.toErrorJson(error)
      envelope.error.message = await this.withoutSecrets(error.message)
      return this.logJson(envelope)
    }
    throw Object.assign(asPrintable(error), {oclif: {exit: error.exit}})
  }

  override log(message = ''): void {
    super.log(printableText(message))
  }

  override logToStderr(message = ''): void {
    super.logToStderr(printableText(message))
  }

  override logJson(json: unknown): void {
    ux.stdout(printableJson(ux.colorizeJson(json, {pretty: true, theme: this.config.theme?.json})))
  }

  protected override toErrorJson(thrown: unknown): ErrorEnvelope {
    const run = this.runtime?.run
    return errorEnvelope(
      {command: this.commandName, run_id: run?.run_id, trace_id: run?.trace_id},
      toEp23Error(thrown, this.maker),
    )
  }

  /** Who has to mend it: ep23, or a plugin of a team's own. */
  private get maker(): string {
    const plugin = this.ctor.plugin?.name ?? 'ep23'
    return plugin.startsWith('@ep23/plugin-') ? 'ep23' : plugin
  }

  /** `dataset:seed`, whatever separator the user typed. */
  protected get commandName(): string {
    return this.id ?? this.ctor.name
  }
}

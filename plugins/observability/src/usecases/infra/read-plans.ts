import {usageError, type Message} from '@ep23/sdk'

import {
  INFRA_PROVIDERS,
  INFRA_STEPS,
  type InfraProvider,
  type InfraStep,
  type RunningStep,
  type StepPlan,
} from '../../domain/infra.js'
import type {PlanFlags, StackFlags} from '../../flags.js'
import {message} from '../../words/words.js'

/**
 * The plan of each wanted part. Where parts run already, what the flags do not say is as it is with them.
 * @throws USAGE (64) for an unknown part or provider, and for a value that belongs to no wanted part
 */
export function readPlans(flags: PlanFlags, running: readonly RunningStep[] = []): StepPlan[] {
  const others = running.length > 0 ? running.map(({step}) => step) : INFRA_STEPS
  const steps = (flags.step ?? others).map(asStep)
  const [named, general] = separateProviders(flags.provider)
  const values = {
    provider: byStep('provider', named, steps),
    url: byStep('url', flags.url, steps),
    port: byStep('port', flags.port, steps),
    up: byStep('up-command', flags['up-command'], steps),
    down: byStep('down-command', flags['down-command'], steps),
  }
  return [...new Set(steps)].map(step => {
    const before = running.find(part => part.step === step)
    const provider = asProvider(values.provider.get(step) ?? general ?? before?.provider ?? 'process')
    const url = (values.url.get(step) ?? addressToAsk(before))?.replace(/\/+$/u, '')
    const port = values.port.get(step)
    const upCommand = values.up.get(step)
    const downCommand = values.down.get(step) ?? before?.down_command
    return {
      step,
      provider,
      ...(url !== undefined && {url}),
      ...(port !== undefined && {port: asPort(step, port)}),
      ...(upCommand !== undefined && {upCommand}),
      ...(downCommand !== undefined && {downCommand}),
    }
  })
}

/** Of a part that ep23 gives no address. */
function addressToAsk(part: RunningStep | undefined): string | undefined {
  return part?.provider === 'external' || part?.provider === 'command' ? part.url : undefined
}

/** `STEP=PROVIDER` texts, and the provider of all other parts. */
function separateProviders(texts: readonly string[] = []): [named: string[], general: string | undefined] {
  const general = texts.filter(text => !text.includes('='))
  if (new Set(general).size > 1) throw usageError(message('providerTwice', {providers: general.join(', ')}))
  return [texts.filter(text => text.includes('=')), general[0]]
}

function byStep(flag: string, texts: readonly string[] = [], steps: readonly InfraStep[]): Map<InfraStep, string> {
  return new Map(
    texts.map(text => {
      const [, name, value] = /^([^=]+)=(.+)$/su.exec(text) ?? []
      if (name === undefined || value === undefined) throw usageError(message('expectsStepValue', {flag, text}))
      const step = asStep(name)
      if (!steps.includes(step)) throw usageError(message('notWanted', {flag, text, step}))
      return [step, value]
    }),
  )
}

function asStep(name: string): InfraStep {
  const step = INFRA_STEPS.find(known => known === name)
  if (step === undefined)
    throw usageError(message('noPart', {name}), [message('partsAre', {parts: INFRA_STEPS.join(', ')})])
  return step
}

function asProvider(name: string): InfraProvider {
  const provider = INFRA_PROVIDERS.find(known => known === name)
  if (provider === undefined)
    throw usageError(message('noProvider', {name}), [message('providersAre', {providers: INFRA_PROVIDERS.join(', ')})])
  return provider
}

function asPort(step: string, text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw usageError(message('badPort', {step, text}))
  return port
}

/** What a Prometheus that is started with a generated configuration does not do, because nobody named it. */
export function idlePrometheus(plans: readonly StepPlan[], flags: StackFlags): Message[] {
  const starts = plans.some(
    ({step, provider}) => step === 'prometheus' && (provider === 'process' || provider === 'docker'),
  )
  if (!starts || flags['prometheus-config'] !== undefined) return []
  return [...(flags.scrape ? [] : [message('scrapesNothing')]), ...(flags.rules ? [] : [message('evaluatesNothing')])]
}

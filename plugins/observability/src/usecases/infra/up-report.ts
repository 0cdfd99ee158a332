import {maskPassword, type RunningStep} from '../../domain/infra-state.js'
import {STEP_VARIABLES} from '../../domain/infra-step.js'
import type {BroughtUp} from './bring-up.js'

export interface UpReport {
  already_up: boolean
  recovered: number
  steps: {step: string; provider: string; url: string; pid: number | null}[]
  /** Passwords are masked. */
  variables: Record<string, string>
}

/** Where each part answers, by the variables' names; with passwords. */
export function variablesOf(steps: readonly RunningStep[]): Record<string, string> {
  return Object.fromEntries(steps.map(({step, url}) => [STEP_VARIABLES[step], url]))
}

/** What `infra:up` tells: for people the variables, as a shell reads them. */
export function reportUp({steps, already_up, recovered}: BroughtUp): {
  data: UpReport
  text: string[]
  warnings: string[]
} {
  const shown = steps.map(part => ({...part, url: maskPassword(part.url)}))
  const variables = variablesOf(shown)
  return {
    data: {
      already_up,
      recovered,
      steps: shown.map(({step, provider, url, process}) => ({step, provider, url, pid: process?.pid ?? null})),
      variables,
    },
    text: Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    warnings:
      recovered > 0 ? [`${recovered} ${recovered === 1 ? 'part' : 'parts'} of an earlier run taken down first`] : [],
  }
}

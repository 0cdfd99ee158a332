import {
  englishOf,
  inLanguage,
  type HealthCheck,
  type HealthFinding,
  type Language,
  type Runtime,
  type Text,
  errorMessage,
  errorAdvice,
  joined,
  type Message,
  type Prose,
} from '@ep23/sdk'

import type {Translate} from './language/static-words.js'
import {catalogue, message} from './words/words.js'

export interface Finding extends HealthFinding {
  name: string
}

/** A finding in English, as `--json` gives it. */
export interface Diagnosis extends Omit<Finding, 'detail' | 'fix'> {
  detail: string
  fix?: string
}

export function toDiagnosis({detail, fix, ...rest}: Finding): Diagnosis {
  return {...rest, detail: englishOf(detail), ...(fix !== undefined && {fix: englishOf(fix)})}
}

/** A finding's words about an error: its own, and its advice. */
export function whatToDo(error: unknown, otherwise: Message): Pick<HealthFinding, 'detail' | 'fix'> {
  const advice = errorAdvice(error)
  return {detail: errorMessage(error), fix: advice.length > 0 ? joined(advice, '; ') : otherwise}
}

/** Runs all checks at once; a check that throws is itself a finding. */
export async function examine(checks: readonly HealthCheck[], runtime: Runtime): Promise<Finding[]> {
  return Promise.all(checks.map(async check => ({name: check.name, ...(await runCheck(check, runtime))})))
}

async function runCheck(check: HealthCheck, runtime: Runtime): Promise<HealthFinding> {
  try {
    return await check.run(runtime)
  } catch (error) {
    return {
      status: 'warning',
      detail: message('checkFailed', {problem: errorMessage(error)}),
      fix: message('runWithDebug'),
    }
  }
}

const MARKS = {ok: '✔', warning: '!', down: '✖'} as const

/** What a person reads of findings: one line each, and one more for a fix. */
export async function formatFindings(
  found: readonly Finding[],
  language: Language,
  translate: Translate = english => english,
): Promise<Prose<string>[]> {
  const words = await catalogue(language)
  const shown = async (text: Text): Promise<string> => translate(await inLanguage(text, language))
  const lines = await Promise.all(
    found.map(async ({name, status, detail, fix}) => [
      `${MARKS[status]} ${translate(name)}: ${await shown(detail)}`,
      ...(fix === undefined ? [] : [`    ${words.fix}: ${await shown(fix)}`]),
    ]),
  )
  return lines.flat().map(text => ({text}))
}

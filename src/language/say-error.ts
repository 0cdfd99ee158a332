import {printableText, type Ep23Error, type Language, type SaidError} from '@ep23/sdk'
import {catalogue} from '../words/words.js'
import type {OclifConfig} from '../oclif-config.js'
import {languageHere} from './language-of.js'
import {russianOfOclif} from './oclif-in-russian.js'
import {oclifRefusal} from './oclif-refusals.js'
import {translator, type Translate} from './static-words.js'

type Thrown = Error & Partial<Pick<Ep23Error, 'in' | 'code'>> & {suggestions?: string[]; oclif?: {exit?: number}}

const said = new WeakSet<Error>()

/**
 * Hides the secrets of an error that is about to be printed, such as those of a command or an answer that it quotes, and puts it into
 * Russian, where a person reads Russian. oclif prints it, wrapped to the terminal, but knows its labels in English alone: so they become
 * a part of the message. With --debug the English stack tells more.
 */
export async function sayInLanguage(error: Thrown, config: OclifConfig): Promise<void> {
  if (said.has(error)) return
  said.add(error)
  explainRefusal(error)
  const {redactShapes} = await import('../telemetry/secret-shapes.js')
  hideSecrets(error, redactShapes)
  if (languageHere() === 'en' || error.code === 'EEXIT' || process.argv.includes('--debug')) return
  const words = await catalogue('ru')
  const {message: told, suggestions} = await texts(error)
  const causes = causesOf(error).map(cause => `${words.cause}: ${cause.message}`)
  const lines = [
    withArguments(redactShapes(told), translator('ru', config)),
    ...(error.code === undefined ? [] : [`${words.code}: ${error.code}`]),
    ...advice(words.tryThis, suggestions),
    ...causes,
  ]
  Object.assign(error, {name: words.error, message: printableText(lines.join('\n'))})
  for (const key of ['code', 'suggestions', 'cause'])
    Object.defineProperty(error, key, {value: undefined, configurable: true})
}

/** In what it says and what led to it; what it advises are our own words. */
function hideSecrets(error: Error, redacted: (text: string) => string): void {
  for (const each of [error, ...causesOf(error)]) {
    each.message = redacted(each.message)
    if (each.stack !== undefined) each.stack = redacted(each.stack)
  }
}

/** oclif throws objects of its own. */
function explainRefusal(error: Thrown): void {
  const known = error.in === undefined ? oclifRefusal(error) : undefined
  if (known === undefined) return
  Object.assign(error, {
    message: known.message,
    code: known.code,
    suggestions: known.suggestions,
    in: async (language: Language) => known.in(language),
    // oclif would print a page of help below it.
    showHelp: false,
    oclif: {exit: known.exit},
  })
}

// What another copy of the sdk, or oclif itself, has thrown may be known in English only.
async function texts(error: Thrown): Promise<SaidError<string>> {
  const {message: told, suggestions = []} = error
  return error.in?.('ru') ?? {message: russianOfOclif(told), suggestions: suggestions.map(russianOfOclif)}
}

/** oclif lists missing arguments by name and description, broken at the terminal's width. */
function withArguments(message: string, t: Translate): string {
  return message.replaceAll(
    /(?<=\n\w+ {2,})(\([^)\n]+\) )?(\S.*(?:\n +\S.*)*)/gu,
    (_, options: string | undefined, description: string) =>
      `${options ?? ''}${t(description.replaceAll(/\n +/gu, ' '))}`,
  )
}

function advice(label: string, suggestions: readonly string[]): string[] {
  if (suggestions.length < 2) return suggestions.map(only => `${label}: ${only}`)
  return [`${label}:`, ...suggestions.map(each => `  * ${each}`)]
}

function causesOf({cause}: Error): Error[] {
  return cause instanceof Error ? [cause, ...causesOf(cause)] : []
}

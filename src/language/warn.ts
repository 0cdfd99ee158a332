import {inLanguage, type Text} from '@ep23/sdk'
import {catalogue} from '../words/words.js'
import {languageHere} from './language-of.js'

/** A warning on stderr, beside what a command prints. */
export async function warnOnStderr(problem: Text): Promise<void> {
  const language = languageHere()
  const {warning} = await catalogue(language)
  process.stderr.write(`${warning}: ${await inLanguage(problem, language)}\n`)
}

import type {OclifConfig} from '../../oclif-config.js'
import {closeSession} from '../../session.js'

/** Runs after every command, failed or not, and before its error is printed. */
export default async function closeRuntime({error, config}: {error?: Error; config: OclifConfig}): Promise<void> {
  await closeSession(error)
  if (error === undefined) return
  const {sayInLanguage} = await import('../../language/say-error.js')
  await sayInLanguage(error, config)
}

import {createHash} from 'node:crypto'
import {type ConfigValues, OWNER_KEY, effectiveValues} from '../../domain/config-keys.js'

/**
 * SHA-256, lower-case hex, of the values that everybody gets: what a tuning run starts from. Comments, the owner and a canary
 * are no part of it, so that a canary can be widened on the strength of the run that began it.
 */
export function baseHash(values: ConfigValues): string {
  const {[OWNER_KEY]: _owner, ...rest} = effectiveValues(values)
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex')
}

import {createHash} from 'node:crypto'

import {usageError} from '@ep23/sdk'

import type {ConfigValue} from '../../domain/config-keys.js'

const FINGERPRINT = /^SHA256:[A-Za-z0-9+/]{43}=?$/u
const PUBLIC_KEY = /^[A-Za-z0-9+/]{59}=$/u

/** What somebody knows about a configuration from elsewhere than its own folder. */
export interface OwnerPin {
  /** Fingerprint or public key of its owner. */
  owner?: string | undefined
  /** The version that it has reached at least. */
  leastVersion?: number | undefined
}

/** SHA-256 of a public key as OpenSSH writes it: `SHA256:` and Base64 without padding. */
export function fingerprintOf(publicKey: string): string {
  const hash = createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('base64')
  return `SHA256:${hash.replace(/=+$/u, '')}`
}

/**
 * What speaks against the files that the files themselves cannot show: another owner has taken over with a history of their
 * own, or an earlier state of all files was put back.
 * @throws Ep23Error USAGE (64) for a pin that is neither a fingerprint nor a public key
 */
export function checkPin(owner: ConfigValue | undefined, reached: number, pin: OwnerPin): string[] {
  // An empty secret of a CI must not pass for a pin that is not wanted, nor for a wrong owner.
  if (pin.owner !== undefined && !FINGERPRINT.test(pin.owner) && !PUBLIC_KEY.test(pin.owner))
    throw usageError(`"${pin.owner}" is no fingerprint of an owner`, ['take what rag:owner:show prints: SHA256:…'])
  const findings: string[] = []
  if (pin.owner !== undefined && !isPinned(owner, pin.owner))
    findings.push(
      `the owner is ${typeof owner === 'string' ? fingerprintOf(owner) : 'nobody'}, but ${pin.owner} is expected`,
    )
  if (pin.leastVersion !== undefined && reached < pin.leastVersion)
    findings.push(`the history ends at version ${reached}, but version ${pin.leastVersion} was there: it was put back`)
  return findings
}

function isPinned(owner: ConfigValue | undefined, pinned: string): boolean {
  return typeof owner === 'string' && (pinned === owner || pinned.replace(/=+$/u, '') === fingerprintOf(owner))
}

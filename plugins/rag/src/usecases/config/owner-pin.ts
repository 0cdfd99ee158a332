import {createHash} from 'node:crypto'

import type {ConfigValue} from '../../domain/config-keys.js'

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
 */
export function checkPin(owner: ConfigValue | undefined, reached: number, pin: OwnerPin): string[] {
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

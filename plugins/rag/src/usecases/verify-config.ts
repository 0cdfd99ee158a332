import {type ConfigChange, diffValues, OWNER_KEY, PUBLIC_KEY, type ConfigValue} from '../domain/config-keys.js'
import {type HistoryEntry, recordToSign, type SeenOwner} from '../domain/config-history.js'
import {type ConfigText, readConfigYaml} from '../domain/config-yaml.js'
import {lineHash} from './config-versions.js'
import {createHash} from 'node:crypto'
import {usageError, joined, type Message} from '@ep23/sdk'
import {message} from '../words/words.js'

export interface VerifiedHistory {
  lines: readonly string[]
  entries: readonly HistoryEntry[]
}

export type IsSignedBy = (publicKey: string, text: string, signature: string) => boolean

export interface ConfigVerification {
  verdict: 'signed' | 'not signed'
  /** Fingerprint of the owner whom the file names, as `rag:owner:show` prints it. */
  owner: string | null
  /** The version that the file stands at; null when it stands at none. */
  version: number | null
  findings: Message[]
  /** Keys whose values differ from what was signed last. */
  changed: ConfigChange[]
}

/**
 * Holds the file against its history: every entry signed by the one owner, none left out, and the file as the last entry wrote
 * it. Whoever can write all files can also start a new history with a new key: that shows against a pin, and in the repository.
 */
export function verifyConfig(
  config: ConfigText,
  {lines, entries}: VerifiedHistory,
  isSignedBy: IsSignedBy,
  pin: OwnerPin = {},
): ConfigVerification {
  const owner = config.values.get(OWNER_KEY)
  const pinned = checkPin(owner, entries.length, pin)
  const last = entries.at(-1)
  if (typeof owner !== 'string' || last === undefined) {
    const reason =
      entries.length === 0 ? message('hasNoHistory', {file: config.file}) : message('namesNoOwner', {file: config.file})
    return {verdict: 'not signed', owner: null, version: null, findings: [reason, ...pinned], changed: []}
  }
  const {changed, finding} = compareWithLast(config, last, entries)
  const findings = [...checkHistory(owner, {lines, entries}, isSignedBy), ...finding, ...pinned]
  const version = entries.findLast(({content}) => content === config.text)?.version ?? null
  const verdict = findings.length === 0 ? 'signed' : 'not signed'
  return {verdict, owner: fingerprintOf(owner), version, findings, changed}
}

/** What is wrong with a history that this owner is to have signed, whole and in order. */
export function checkHistory(owner: string, {lines, entries}: VerifiedHistory, isSignedBy: IsSignedBy): Message[] {
  return [...checkChain(lines, entries, isSignedBy), ...checkOwner(owner, entries)]
}

function checkChain(lines: readonly string[], entries: readonly HistoryEntry[], isSignedBy: IsSignedBy): Message[] {
  return entries.flatMap((entry, i) => {
    const before = lines[i - 1]
    const previous = before === undefined ? null : lineHash(before)
    const name = message('entryOf', {entry: i + 1})
    return [
      // Written as it was read: a key that stands twice shows a reader something else than the parser.
      ...(lines[i] === JSON.stringify(entry) && isSignedBy(entry.public_key, recordToSign(entry), entry.signature)
        ? []
        : [message('notSignedByKey', {name})]),
      ...(entry.previous === previous && entry.version === i + 1 ? [] : [message('doesNotFollow', {name})]),
    ]
  })
}

function checkOwner(owner: string, entries: readonly HistoryEntry[]): Message[] {
  const other = entries.find(entry => entry.public_key !== owner)
  return other === undefined ? [] : [message('signedByOther', {version: other.version})]
}

function compareWithLast(
  config: ConfigText,
  last: HistoryEntry,
  entries: readonly HistoryEntry[],
): {changed: ConfigChange[]; finding: Message[]} {
  if (last.content === config.text) return {changed: [], finding: []}
  const changed = diffValues(readConfigYaml(`version ${last.version}`, last.content).values, config.values)
  const keys = changed.map(({key, from, to}) => message('keyFromTo', {key, from: String(from), to: String(to)}))
  const older = entries.findLast(({content}) => content === config.text)
  if (older !== undefined)
    return {
      changed,
      finding: [message('oldVersion', {file: config.file, version: older.version, last: last.version})],
    }
  return {
    changed,
    finding: [
      changed.length === 0
        ? message('editedForm', {file: config.file})
        : message('editedByHand', {file: config.file, keys: joined(keys)}),
    ],
  }
}

const FINGERPRINT = /^SHA256:[A-Za-z0-9+/]{43}=?$/u

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
function checkPin(owner: ConfigValue | undefined, reached: number, pin: OwnerPin): Message[] {
  // An empty secret of a CI must not pass for a pin that is not wanted, nor for a wrong owner.
  if (pin.owner !== undefined && !FINGERPRINT.test(pin.owner) && !PUBLIC_KEY.test(pin.owner))
    throw usageError(message('notFingerprint', {owner: pin.owner}), [message('takeFingerprint')])
  const findings: Message[] = []
  if (pin.owner !== undefined && !isPinned(owner, pin.owner))
    findings.push(
      message('otherOwner', {
        owner: typeof owner === 'string' ? fingerprintOf(owner) : message('nobody'),
        expected: pin.owner,
      }),
    )
  if (pin.leastVersion !== undefined && reached < pin.leastVersion)
    findings.push(message('historyEnds', {reached, least: pin.leastVersion}))
  return findings
}

function isPinned(owner: ConfigValue | undefined, pinned: string): boolean {
  return typeof owner === 'string' && (pinned === owner || pinned.replace(/=+$/u, '') === fingerprintOf(owner))
}

/** A configuration as it is now; without an owner where the file names none. */
export type Sighting = Omit<SeenOwner, 'owner'> & {owner: string | null}

/**
 * What speaks against the files by what this user has seen before: the owner of this configuration was another one, its history
 * went further, here or (where nothing was seen yet) in another copy of it, or the owner is none of those whose configurations were
 * seen. A pin says what is right now, and goes first.
 */
export function checkSeen(now: Sighting, seen: readonly SeenOwner[], pin: OwnerPin = {}): Message[] {
  const before = seen.find(({config}) => config === now.config)
  return [
    ...(pin.owner === undefined ? checkSeenOwner(now.owner, before, seen) : []),
    ...(pin.leastVersion === undefined ? checkSeenVersion(now, before, seen) : []),
  ]
}

function checkSeenVersion(now: Sighting, before: SeenOwner | undefined, seen: readonly SeenOwner[]): Message[] {
  const known = before ? [before] : seen.filter(({history}) => history !== undefined && history === now.history)
  const further = known
    .filter(({owner, version}) => owner === now.owner && version > now.version)
    .toSorted((a, b) => b.version - a.version)[0]
  if (!further) return []
  const {config, version} = further
  const told = {reached: now.version, seen: version}
  return [before ? message('historyEndsSeen', told) : message('olderCopy', {...told, config, copy: now.config})]
}

function checkSeenOwner(owner: string | null, before: SeenOwner | undefined, seen: readonly SeenOwner[]): Message[] {
  const expected = before ? [before.owner] : [...new Set(seen.map(known => known.owner))]
  if (expected.length === 0 || (owner !== null && expected.includes(owner))) return []
  if (owner === null) return before ? [message('ownerNobody', {owner: before.owner})] : []
  const known = before ? message('wasOwner', {owner: before.owner}) : message('onlySeen', {owners: expected.join(', ')})
  return [message('newOwner', {owner, known})]
}

import {sign, verify, type KeyObject} from 'node:crypto'

import type {FileFacts, Manifest} from '../domain/manifest.js'
import {message} from '../words/words.js'
import type {Message} from '@ep23/sdk'

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
const PREDICATE_TYPE = 'urn:ep23:export-evidence:v1'
const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

/** What the signer vouches for, beside the files' hashes. */
interface EvidencePredicate {
  run_id: string
  ep23_version: string
  command: string
  finished_at: string
  exports: readonly {exporter: string; records: number; merkle_root: string}[]
}

/** An in-toto Statement (v1): these files, by hash, are the evidence described by the predicate. */
export interface Statement {
  _type: typeof STATEMENT_TYPE
  subject: readonly {name: string; digest: {sha256: string}}[]
  predicateType: string
  predicate: EvidencePredicate | Readonly<Record<string, string | number>>
}

/**
 * The statement for a manifest and all files that it names.
 * @param manifestFile the manifest's own file, which names the others by hash
 */
export function statementFor(manifest: Manifest, manifestFile: FileFacts, files: readonly FileFacts[]): Statement {
  const {run_id, ep23_version, command, finished_at, exports} = manifest
  return {
    _type: STATEMENT_TYPE,
    subject: [manifestFile, ...files].map(({name, sha256}) => ({name, digest: {sha256}})),
    predicateType: PREDICATE_TYPE,
    predicate: {
      run_id,
      ep23_version,
      command,
      finished_at,
      exports: exports.map(({exporter, records, merkle}) => ({
        exporter,
        records: records.total,
        merkle_root: merkle.root,
      })),
    },
  }
}

/** DSSE envelope (v1.0.0): a payload in Base64 and signatures over its pre-authentication encoding. */
interface Envelope {
  payload: string
  payloadType: string
  signatures: readonly {keyid: string; sig: string}[]
}

/** DSSE v1's pre-authentication encoding: `DSSEv1 SP LEN(type) SP type SP LEN(body) SP body`, lengths in bytes. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType)
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload])
}

/** A statement in a DSSE envelope with one Ed25519 signature, as it stands in its file. */
export function signStatement(statement: Statement, key: KeyObject, keyid: string): string {
  const payload = Buffer.from(JSON.stringify(statement))
  const sig = sign(null, preAuthenticationEncoding(PAYLOAD_TYPE, payload), key).toString('base64')
  return renderEnvelope({payload: payload.toString('base64'), payloadType: PAYLOAD_TYPE, signatures: [{keyid, sig}]})
}

/** The statement of an envelope if the key signed it, or why it is not to be believed. */
export function verifyEnvelope(envelope: Envelope, key: KeyObject, keyid: string): Statement | Message {
  const encoded = preAuthenticationEncoding(envelope.payloadType, Buffer.from(envelope.payload, 'base64'))
  const isSigned = envelope.signatures.some(({sig}) => verify(null, encoded, key, Buffer.from(sig, 'base64')))
  if (isSigned) return statementIn(envelope)
  return message('notSignedByKey', {key: keyid, keys: envelope.signatures.map(s => s.keyid).join(', ') || '—'})
}

/** The statement of an envelope, unverified, or what is wrong with it. */
export function statementIn({payload}: Envelope): Statement | Message {
  try {
    const statement = JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as Statement
    const isStatement = statement._type === STATEMENT_TYPE && Array.isArray(statement.subject)
    return isStatement ? statement : message('noStatement', {type: STATEMENT_TYPE})
  } catch {
    return message('noStatementAtAll')
  }
}

/** The envelope of a text, or what is wrong with it; a text that differs from what was written in any byte is wrong. */
export function readEnvelope(text: string): Envelope | Message {
  try {
    const envelope = JSON.parse(text) as Envelope
    const {payload, payloadType, signatures} = envelope
    if (payloadType !== PAYLOAD_TYPE || !Array.isArray(signatures)) return message('notEnvelopeOf')
    const isIntact = [payload, ...signatures.map(({sig}) => sig)].every(isBase64) && renderEnvelope(envelope) === text
    return isIntact ? envelope : message('wasChanged')
  } catch {
    return message('notEnvelope')
  }
}

function renderEnvelope(envelope: Envelope): string {
  return `${JSON.stringify(envelope, null, 2)}\n`
}

// Base64 decoders skip what they do not know: only the one encoding of the bytes is accepted.
function isBase64(text: unknown): boolean {
  return typeof text === 'string' && Buffer.from(text, 'base64').toString('base64') === text
}

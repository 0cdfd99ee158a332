import {sign, verify, type KeyObject} from 'node:crypto'

import {
  PAYLOAD_TYPE,
  preAuthenticationEncoding,
  STATEMENT_TYPE,
  type Envelope,
  type Statement,
} from '../../domain/manifest/in-toto.js'

/** A statement in a DSSE envelope with one Ed25519 signature, as it stands in its file. */
export function signStatement(statement: Statement, key: KeyObject, keyid: string): string {
  const payload = Buffer.from(JSON.stringify(statement))
  const sig = sign(null, preAuthenticationEncoding(PAYLOAD_TYPE, payload), key).toString('base64')
  return renderEnvelope({payload: payload.toString('base64'), payloadType: PAYLOAD_TYPE, signatures: [{keyid, sig}]})
}

/** The statement of an envelope if the key signed it, or why it is not to be believed. */
export function verifyEnvelope(envelope: Envelope, key: KeyObject, keyid: string): Statement | string {
  const encoded = preAuthenticationEncoding(envelope.payloadType, Buffer.from(envelope.payload, 'base64'))
  const isSigned = envelope.signatures.some(({sig}) => verify(null, encoded, key, Buffer.from(sig, 'base64')))
  if (isSigned) return statementIn(envelope)
  return `is not signed by the key ${keyid}; it names ${envelope.signatures.map(s => s.keyid).join(', ') || 'none'}`
}

/** The statement of an envelope, unverified, or what is wrong with it. */
export function statementIn({payload}: Envelope): Statement | string {
  try {
    const statement = JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as Statement
    const isStatement = statement._type === STATEMENT_TYPE && Array.isArray(statement.subject)
    return isStatement ? statement : `holds no in-toto statement of type ${STATEMENT_TYPE}`
  } catch {
    return 'holds no in-toto statement'
  }
}

/** The envelope of a text, or what is wrong with it; a text that differs from what was written in any byte is wrong. */
export function readEnvelope(text: string): Envelope | string {
  try {
    const envelope = JSON.parse(text) as Envelope
    const {payload, payloadType, signatures} = envelope
    if (payloadType !== PAYLOAD_TYPE || !Array.isArray(signatures)) return 'is no DSSE envelope of an in-toto statement'
    const isIntact = [payload, ...signatures.map(({sig}) => sig)].every(isBase64) && renderEnvelope(envelope) === text
    return isIntact ? envelope : 'was changed'
  } catch {
    return 'is no DSSE envelope'
  }
}

function renderEnvelope(envelope: Envelope): string {
  return `${JSON.stringify(envelope, null, 2)}\n`
}

// Base64 decoders skip what they do not know: only the one encoding of the bytes is accepted.
function isBase64(text: unknown): boolean {
  return typeof text === 'string' && Buffer.from(text, 'base64').toString('base64') === text
}

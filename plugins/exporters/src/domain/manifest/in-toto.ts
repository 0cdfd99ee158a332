import type {FileFacts, Manifest} from './manifest.js'

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
export const PREDICATE_TYPE = 'urn:ep23:export-evidence:v1'
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

/** What the signer vouches for, beside the files' hashes. */
export interface EvidencePredicate {
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
export interface Envelope {
  payload: string
  payloadType: string
  signatures: readonly {keyid: string; sig: string}[]
}

/** DSSE v1's pre-authentication encoding: `DSSEv1 SP LEN(type) SP type SP LEN(body) SP body`, lengths in bytes. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType)
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload])
}

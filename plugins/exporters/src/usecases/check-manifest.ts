import type {KeyObject} from 'node:crypto'
import {join} from 'node:path'

import {type JsonSchemaDocument, type Message, isMessage, badDataError, joined} from '@ep23/sdk'

import {EVIDENCE_MANIFEST} from '../domain/file-names.js'
import {FindingList, type Finding} from '../domain/finding.js'
import {openManifest, type Manifest} from '../domain/manifest.js'
import type {FilePorts} from '../domain/ports.js'
import {checkExport, checkFile, type ExportCheck} from './check-export.js'
import {recordValidator} from './record-validator.js'
import {readEnvelope, statementIn, verifyEnvelope, type Statement} from './sign-manifest.js'
import {errorMessage} from '@ep23/sdk'
import {message as say} from '../words/words.js'

export interface ManifestCheck {
  file: string
  manifest: Manifest | null
  exports: ExportCheck[]
  signature: {file: string; key_id: string | null; verified: boolean} | null
  findings: FindingList
}

export interface CheckManifestDeps {
  files: FilePorts
  /** JSON Schema of a manifest. */
  manifestSchema: JsonSchemaDocument
  /** Whose signature is wanted. */
  publicKey?: {key: KeyObject; keyId: string} | undefined
}

/** Checks one manifest of a folder: its own form, its signature, and every export that it vouches for. */
export async function checkManifest(deps: CheckManifestDeps, folder: string, file: string): Promise<ManifestCheck> {
  const findings = new FindingList()
  const check: ManifestCheck = {file, manifest: null, exports: [], signature: null, findings}
  const add = (finding: Finding): void => findings.add(finding)
  const text = await deps.files.readText(join(folder, file))
  check.manifest = readManifest(deps, file, text, add)
  if (!check.manifest) return check
  for (const facts of check.manifest.exports) {
    const exportCheck = await checkExport(deps.files, folder, facts)
    check.exports.push(exportCheck)
    findings.addAll(exportCheck.findings)
  }
  for (const report of check.manifest.reports) await checkFile(deps.files, folder, report, add)
  check.signature = await checkSignature(deps, folder, {file, manifest: check.manifest}, add)
  return check
}

function readManifest(
  {files, manifestSchema}: CheckManifestDeps,
  file: string,
  text: string,
  add: (finding: Finding) => void,
): Manifest | null {
  try {
    const [problem] = recordValidator(manifestSchema, say('manifestSchema'), true)(JSON.parse(text))
    if (problem) throw badDataError('EXPORT_BAD_MANIFEST', joined([problem.pointer, problem.message], ' '))
    const {manifest, intact} = openManifest(text, data => files.hashing.sha256(data))
    if (!intact) add({rule: 'manifest', file, message: say('manifestChanged')})
    return manifest
  } catch (error) {
    add({rule: 'manifest', file, message: say('notManifest', {problem: errorMessage(error)})})
    return null
  }
}

async function checkSignature(
  {files, publicKey}: CheckManifestDeps,
  folder: string,
  {file, manifest}: {file: string; manifest: Manifest},
  add: (finding: Finding) => void,
): Promise<ManifestCheck['signature']> {
  const name = manifest.signature
  if (name === null) {
    if (publicKey) add({rule: 'signature', file, message: say('notSigned')})
    return null
  }
  const problem = (message: Message): void => add({rule: 'signature', file: name, message})
  const text = await files.readText(join(folder, name)).catch(() => undefined)
  if (text === undefined) {
    problem(say('isMissing'))
    return {file: name, key_id: null, verified: false}
  }
  const envelope = readEnvelope(text)
  if (isMessage(envelope)) {
    problem(envelope)
    return {file: name, key_id: null, verified: false}
  }
  const answer = publicKey ? verifyEnvelope(envelope, publicKey.key, publicKey.keyId) : statementIn(envelope)
  if (isMessage(answer)) problem(answer)
  else await checkSubjects(files, folder, {name, file, statement: answer}, add)
  return {
    file: name,
    key_id: envelope.signatures[0]?.keyid ?? null,
    verified: publicKey !== undefined && !isMessage(answer),
  }
}

// What was signed are hashes: they must be those of the files that lie here, the manifest first.
async function checkSubjects(
  files: FilePorts,
  folder: string,
  {name, file, statement}: {name: string; file: string; statement: Statement},
  add: (finding: Finding) => void,
): Promise<void> {
  const signed = statement.subject.find(subject => subject.name === file)
  const found = await files.hashFile(join(folder, file))
  if (signed?.digest?.sha256 !== found.sha256) add({rule: 'signature', file: name, message: say('signsOther', {file})})
}

/** The manifests among a folder's files, the archive's first. */
export function manifestsAmong(names: readonly string[]): string[] {
  const found = names.filter(name => name === EVIDENCE_MANIFEST || name.endsWith('.manifest.json')).sort()
  return found.includes(EVIDENCE_MANIFEST)
    ? [EVIDENCE_MANIFEST, ...found.filter(name => name !== EVIDENCE_MANIFEST)]
    : found
}

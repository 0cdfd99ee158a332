import {keepMemoryFlat, EXIT, countOf, type CommandResult} from '@ep23/sdk'

import {listArchive} from '../adapters/archive.js'
import {keyId, readVerificationKey} from '../adapters/ed25519-keys.js'
import {filePorts, readSchema} from '../adapters/file-ports.js'
import {openEvidence} from '../adapters/open-evidence.js'
import {describeFinding, type Finding} from '../domain/finding.js'
import {checkEvidence, type EvidenceCheck} from '../usecases/check-evidence.js'
import type {ManifestCheck} from '../usecases/check-manifest.js'
import {obsoleteFiles} from '../usecases/write-manifest.js'

/** `exporters:check`. */
export async function checkExports(path: string, keyPath: string | undefined): Promise<CommandResult<CheckReport>> {
  keepMemoryFlat()
  const key = keyPath === undefined ? undefined : await readVerificationKey(keyPath)
  const check = await checkEvidence(
    {
      files: filePorts,
      manifestSchema: await readSchema('manifest.schema.json'),
      publicKey: key && {key, keyId: keyId(key)},
      openEvidence: wanted => openEvidence(wanted, places => obsoleteFiles(filePorts, places)),
      listArchive,
    },
    path,
  )
  return renderCheck(check)
}

/** The `data` of `exporters:check --json`. */
export interface CheckReport {
  path: string
  manifests: {
    file: string
    command: string | null
    run_id: string | null
    finished_at: string | null
    exports: {exporter: string; records_checked: number; records_valid: number; merkle_root: string; findings: number}[]
    signature: ManifestCheck['signature']
  }[]
  findings: Finding[]
  findings_total: number
}

/** A check as data, text and exit code. */
function renderCheck({path, manifests, findings}: EvidenceCheck): CommandResult<CheckReport> {
  const data: CheckReport = {
    path,
    manifests: manifests.map(reportOf),
    findings: findings.kept,
    findings_total: findings.total,
  }
  const isSound = findings.total === 0
  return {
    data,
    text: [...manifests.flatMap(manifestText), ...findingsText(findings.kept, findings.total)],
    exit: isSound ? EXIT.ok : EXIT.gateFailed,
  }
}

function reportOf({file, manifest, exports, signature}: ManifestCheck): CheckReport['manifests'][number] {
  return {
    file,
    command: manifest?.command ?? null,
    run_id: manifest?.run_id ?? null,
    finished_at: manifest?.finished_at ?? null,
    exports: exports.map(({exporter, checked, valid, merkle_root, findings}) => ({
      exporter,
      records_checked: checked,
      records_valid: valid,
      merkle_root,
      findings: findings.total,
    })),
    signature,
  }
}

function manifestText({file, manifest, exports, signature, findings}: ManifestCheck): string[] {
  if (!manifest) return [`✖ ${file}`]
  const {command, finished_at, ep23_version} = manifest
  return [
    `${findings.total === 0 ? '✔' : '✖'} ${file}: ${command} of ep23 ${ep23_version}, ${finished_at}`,
    ...exports.flatMap(({exporter, checked, merkle_root, findings: {total}}) => [
      `  ${total === 0 ? '✔' : '✖'} ${exporter}: ${countOf(checked, 'record')}`,
      `    root ${merkle_root}`,
    ]),
    ...(signature ? [`  ${signatureText(signature)}`] : []),
  ]
}

function signatureText({key_id, verified}: NonNullable<ManifestCheck['signature']>): string {
  if (verified) return `✔ signed by the key ${shortened(key_id)}; the signature covers all files named here`
  return `? says it is signed by the key ${shortened(key_id)}: not verified (pass --verify-key)`
}

// Enough to tell keys apart; --json has it whole.
function shortened(keyId: string | null): string {
  return keyId === null ? '(none named)' : `${keyId.slice(0, 16)}…`
}

/** What differs, for people, the first difference first. */
export function findingsText(kept: readonly Finding[], total: number): string[] {
  if (total === 0) return []
  const more = total > kept.length ? [`… and ${total - kept.length} more`] : []
  return [`${countOf(total, 'finding')}:`, ...kept.map(finding => `  ${describeFinding(finding)}`), ...more]
}

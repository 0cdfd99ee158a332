import {keepMemoryFlat, EXIT, type CommandResult, type Message, joined, verbatim, type Text} from '@ep23/sdk'

import {listArchive} from '../adapters/archive.js'
import {keyId, readVerificationKey} from '../adapters/ed25519-keys.js'
import {filePorts, readSchema} from '../adapters/file-ports.js'
import {openEvidence} from '../adapters/open-evidence.js'
import {describeFinding, type Finding} from '../domain/finding.js'
import {checkEvidence, type EvidenceCheck} from '../usecases/check-evidence.js'
import type {ManifestCheck} from '../usecases/check-manifest.js'
import {obsoleteFiles} from '../usecases/write-manifest.js'
import {message} from '../words/words.js'

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

function manifestText({file, manifest, exports, signature, findings}: ManifestCheck): Message[] {
  if (!manifest) return [verbatim(`✖ ${file}`)]
  const {command, finished_at, ep23_version} = manifest
  return [
    message('checkedManifest', {
      mark: findings.total === 0 ? '✔' : '✖',
      file,
      command,
      version: ep23_version,
      finished: finished_at,
    }),
    ...exports.flatMap(({exporter, checked, merkle_root, findings: {total}}) => [
      message('exporterRecords', {mark: total === 0 ? '✔' : '✖', exporter, records: checked}),
      message('rootOf', {root: merkle_root}),
    ]),
    ...(signature ? [joined(['  ', signatureText(signature)], '')] : []),
  ]
}

function signatureText({key_id, verified}: NonNullable<ManifestCheck['signature']>): Message {
  if (verified) return message('signedByKey', {key: shortened(key_id)})
  return message('saysSigned', {key: shortened(key_id)})
}

// Enough to tell keys apart; --json has it whole.
function shortened(keyId: string | null): Text {
  return keyId === null ? message('noneNamed') : `${keyId.slice(0, 16)}…`
}

/** What differs, for people, the first difference first. */
export function findingsText(kept: readonly Finding[], total: number): Message[] {
  if (total === 0) return []
  const more = total > kept.length ? [message('moreFindings', {more: total - kept.length})] : []
  const findings = kept.map(finding => joined(['  ', describeFinding(finding)], ''))
  return [message('findings', {findings: total}), ...findings, ...more]
}

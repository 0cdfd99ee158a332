import type {CommandResult} from '@ep23/sdk'

import {keyId, readVerificationKey} from '../adapters/ed25519-keys.js'
import {listArchive} from '../adapters/archive/read-archive.js'
import {openEvidence} from '../adapters/evidence/open-evidence.js'
import {checkEvidence} from '../usecases/check/check-evidence.js'
import {obsoleteFiles} from '../usecases/run/obsolete-files.js'
import {renderCheck, type CheckReport} from '../usecases/check/render-check.js'
import {filePorts} from './file-ports.js'
import {keepMemoryFlat} from './keep-memory-flat.js'
import {readSchema} from './package-schemas.js'

/** `exporters:check`. */
export async function checkAsAsked(path: string, keyPath: string | undefined): Promise<CommandResult<CheckReport>> {
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

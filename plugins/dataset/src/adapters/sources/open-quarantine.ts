import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'

import {QuarantineFile} from './quarantine-file.js'

/** `<datasetDir>/quarantine/<run id>.jsonl`: where a run puts the records that it could not use. */
export async function openQuarantine(datasetDir: string, runId: string): Promise<QuarantineFile> {
  const folder = join(datasetDir, 'quarantine')
  await mkdir(folder, {recursive: true})
  return new QuarantineFile(join(folder, `${runId}.jsonl`))
}

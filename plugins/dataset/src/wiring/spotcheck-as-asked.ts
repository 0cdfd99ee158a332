import {join} from 'node:path'

import type {CommandResult, Runtime} from '@ep23/sdk'

import {lastSnapshotWindow, openSnapshot} from '../adapters/evidence/snapshot-folder.js'
import {resolveAuditWindow, type WindowFlags} from '../usecases/audit/audit-dataset.js'
import {spotcheckDataset} from '../usecases/look/spotcheck-dataset.js'

const FILE = 'ru_spotcheck.md'

interface SpotcheckFlags extends WindowFlags {
  count: number
  'per-channel'?: boolean | undefined
  seed: number
}

export interface SpotcheckData {
  path: string
  digest_ids: string[]
}

/** `dataset:spotcheck`: the checklist goes into today's evidence. */
export async function spotcheckAsAsked(runtime: Runtime, flags: SpotcheckFlags): Promise<CommandResult<SpotcheckData>> {
  const {settings, store, clock} = runtime
  const window = resolveAuditWindow(flags, await lastSnapshotWindow(settings.datasetDir))
  const {markdown, digest_ids} = await spotcheckDataset(
    {store, clock},
    {
      ...{window, count: flags.count, seed: flags.seed},
      perChannel: flags['per-channel'],
    },
  )
  const snapshot = openSnapshot(settings.datasetDir, clock.now())
  await snapshot.write(FILE, markdown)
  const path = join(snapshot.folder, FILE)
  return {data: {path, digest_ids}, text: [`${digest_ids.length} digests to check: ${path}`]}
}

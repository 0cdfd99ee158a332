import {existsSync} from 'node:fs'
import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {usageError} from '@ep23/sdk'

import {RUN_FILES, RUNS_FOLDER} from '../../domain/run-files.js'
import type {RunPlan} from '../../domain/run-folder.js'

/**
 * The newest run of a scenario that was killed or stopped: what `--resume` goes on with.
 * @throws Ep23Error USAGE (64) when there is none
 */
export async function findUnfinished(datasetDir: string, scenario: string): Promise<string> {
  const shelf = join(datasetDir, RUNS_FOLDER)
  const names = existsSync(shelf) ? await readdir(shelf) : []
  for (const name of names.toSorted().toReversed()) {
    const folder = join(shelf, name)
    if (await isUnfinished(folder, scenario)) return folder
  }
  throw usageError(`there is no unfinished run of ${scenario} in ${shelf}`, ['run without --resume'])
}

// The journal goes when the run is complete, and stays beside the results of one that was stopped early.
async function isUnfinished(folder: string, scenario: string): Promise<boolean> {
  if (!existsSync(join(folder, RUN_FILES.plan)) || !existsSync(join(folder, RUN_FILES.journal))) return false
  const plan = JSON.parse(await readFile(join(folder, RUN_FILES.plan), 'utf8')) as RunPlan
  return plan.identity.scenario.name === scenario
}

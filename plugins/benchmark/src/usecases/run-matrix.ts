import type {Progress} from '@ep23/sdk'

import {flagsOf, folderNameOf, type MatrixRun} from '../domain/matrix-plan.js'

/** Where a run of the matrix stands. */
export type CellState = 'finished' | 'unfinished' | 'missing'

export interface MatrixPorts {
  progress: Progress
  /** Where the run of this folder name stands. */
  stateOf(folder: string): Promise<CellState>
  /** Runs `benchmark:run` with these flags into that folder; its cost, null when it is not known. */
  run(flags: readonly string[], folder: string): Promise<{cost: number | null}>
  hash(text: string): string
}

export interface MatrixRequest {
  runs: readonly MatrixRun[]
  /** Flags that every run has. */
  common: readonly string[]
  /** For all runs of this call together; undefined without a limit. */
  maxCost: number | undefined
}

export interface RanMatrix {
  /** Folder names in the order of the runs. */
  folders: string[]
  ran: number
  kept: number
  /** Not begun, because the budget was spent, or a run's cost is not known. */
  left: number
}

/**
 * Runs what is missing of a matrix, one run after the other: finished runs stay as they are, a stopped one goes on, and one budget is for
 * all. Calling it again goes on where it was stopped.
 */
export async function runMatrix(ports: MatrixPorts, {runs, common, maxCost}: MatrixRequest): Promise<RanMatrix> {
  const cells = runs.map(run => {
    const flags = [...flagsOf(run), ...common]
    return {run, flags, folder: folderNameOf(run, ports.hash(JSON.stringify(flags)))}
  })
  const result: RanMatrix = {folders: cells.map(({folder}) => folder), ran: 0, kept: 0, left: 0}
  let spent = 0
  await ports.progress.steps(
    cells.map(({run}) => titleOf(run)),
    async steps => {
      for (const {run, flags, folder} of cells)
        await steps.step(titleOf(run), async () => {
          const state = await ports.stateOf(folder)
          if (state === 'finished') result.kept += 1
          else if (maxCost !== undefined && spent >= maxCost) result.left += 1
          else {
            const limits = maxCost === undefined ? [] : ['--max-cost', String(maxCost - spent)]
            const {cost} = await ports.run(
              [...flags, ...limits, ...(state === 'unfinished' ? ['--resume'] : [])],
              folder,
            )
            // What may have cost anything leaves nothing to spend.
            spent += cost ?? Number.POSITIVE_INFINITY
            result.ran += 1
          }
        })
    },
  )
  return result
}

function titleOf({scenario, writer, judge}: MatrixRun): string {
  return `${writer} by ${judge}, ${scenario}`
}

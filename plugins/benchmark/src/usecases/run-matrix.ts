import type {Progress} from '@ep23/sdk'

import {flagsOf, folderNameOf, type MatrixRun} from '../domain/matrix-plan.js'

/** Where a run of the matrix stands, with its cost so far where it is told; null when that is not known. */
type CellState = {state: 'finished' | 'stopped'; cost: number | null} | {state: 'unfinished' | 'missing'}

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
  /** For all runs together; undefined without a limit. */
  maxCost: number | undefined
  /** Whether runs of earlier calls count against it, or those of this call only. */
  countsEarlier: boolean
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
export async function runMatrix(
  ports: MatrixPorts,
  {runs, common, maxCost, countsEarlier}: MatrixRequest,
): Promise<RanMatrix> {
  const cells = runs.map(run => {
    const flags = [...flagsOf(run), ...common]
    return {run, flags, folder: folderNameOf(run, ports.hash(JSON.stringify(flags)))}
  })
  const folders = cells.map(({folder}) => folder)
  const result: RanMatrix = {folders, ran: 0, kept: 0, left: 0}
  let spent = countsEarlier && maxCost !== undefined ? await earlierCost(ports, folders) : 0
  await ports.progress.steps(
    cells.map(({run}) => titleOf(run)),
    async steps => {
      for (const {run, flags, folder} of cells)
        await steps.step(titleOf(run), async () => {
          const found = await ports.stateOf(folder)
          if (found.state === 'finished') result.kept += 1
          else if (maxCost !== undefined && spent >= maxCost) result.left += 1
          else {
            const limits = maxCost !== undefined ? ['--max-cost', String(maxCost - spent)] : []
            const resume = found.state === 'missing' ? [] : ['--resume']
            const {cost} = await ports.run([...flags, ...limits, ...resume], folder)
            // What may have cost anything leaves nothing to spend; what a stopped run had cost before is in its cost once more.
            spent += (cost ?? Infinity) - (('cost' in found ? found.cost : 0) ?? 0)
            result.ran += 1
          }
        })
    },
  )
  return result
}

async function earlierCost(ports: MatrixPorts, folders: readonly string[]): Promise<number> {
  let cost = 0
  for (const folder of folders) {
    const found = await ports.stateOf(folder)
    if ('cost' in found) cost += found.cost ?? Infinity
  }
  return cost
}

function titleOf({scenario, writer, judge}: MatrixRun): string {
  return `${writer.name} by ${judge.name}, ${scenario}`
}

import type {RunResult} from '../../domain/run-result.js'
import {mergeRows, rowsOf} from './benchmark-rows.js'
import {newPage, parsePage, renderPage} from './marked-table.js'

export interface Publication {
  /** The page's text to be. */
  text: string
  changed: boolean
  rows: number
  /** Ids of the runs that stand in the table now. */
  run_ids: string[]
}

/**
 * Puts runs into the table between the page's markers; everything else stays byte for byte.
 * @param text the page as it is, undefined when there is none
 * @throws Ep23Error BENCHMARK_BAD_PAGE (65)
 */
export function publishRuns(text: string | undefined, runs: readonly RunResult[], path: string): Publication {
  const page = parsePage(text ?? newPage(), path)
  const rows = mergeRows(page.rows, runs.flatMap(rowsOf))
  const updated = renderPage({...page, rows})
  return {
    text: updated,
    changed: updated !== text,
    rows: rows.length,
    run_ids: [...new Set(rows.map(row => (row.at(-1) ?? '').replaceAll('`', '')))],
  }
}

import {readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {writeFileAtomically} from '@ep23/sdk'

export interface DocsReport {
  /** Files that differ from what the declarations say, or did before they were written. */
  changed: string[]
  unchanged: string[]
}

/** Writes the pages that differ; with `check` it only says which. */
export async function writeDocs(
  pages: ReadonlyMap<string, string>,
  {folder, check}: {folder: string; check: boolean},
): Promise<DocsReport> {
  const report: DocsReport = {changed: [], unchanged: []}
  for (const [name, text] of pages) {
    const path = join(folder, name)
    const isSame = (await readFile(path, 'utf8').catch(ignoreMissing)) === text
    report[isSame ? 'unchanged' : 'changed'].push(name)
    if (!isSame && !check) await writeFileAtomically(path, text)
  }
  return report
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}

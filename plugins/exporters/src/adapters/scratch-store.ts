import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {Store} from '@ep23/sdk'

/** An empty embedded store in a folder of its own, gone when it is closed. */
export async function openScratchStore(
  openStore: (location: string) => Store,
): Promise<{store: Store; close(): Promise<void>}> {
  const folder = await mkdtemp(join(tmpdir(), 'ep23-scratch-'))
  const store = openStore(join(folder, 'scratch.sqlite'))
  return {
    store,
    async close() {
      await store.dispose()
      await rm(folder, {recursive: true, force: true})
    },
  }
}

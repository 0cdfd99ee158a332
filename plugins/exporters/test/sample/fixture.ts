import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {Contribution, Runtime, Store} from '@ep23/sdk'
import {fakeRuntime, memoryStore, type RecordedCalls} from '@ep23/sdk/testing'

import {builtInExporters} from '#src/usecases/built-in-exporters.js'

export interface Laboratory {
  /** A folder of its own, with the dataset folder in it. */
  folder: string
  store: Store
  runtime: Runtime & {recorded: RecordedCalls}
  remove(): void
}

interface Given {
  exporters?: Contribution['exporters']
  /** The exporters section of the settings file. */
  section?: unknown
  now?: Date
  signal?: AbortSignal
}

/** A runtime with the built-in exporters over a store in memory, and a folder for files. */
export function openLaboratory({exporters = builtInExporters, section, now, signal}: Given = {}): Laboratory {
  const folder = mkdtempSync(join(tmpdir(), 'ep23-exporters-'))
  const store = memoryStore()
  const base = fakeRuntime()
  const runtime = fakeRuntime({
    store,
    openStore: () => memoryStore(),
    contributions: async () => [{plugin: '@ep23/plugin-exporters', exporters}],
    settings: {
      ...base.settings,
      datasetDir: join(folder, 'datasets'),
      configDir: folder,
      section: name => (name === 'exporters' ? section : undefined),
    },
    ...(now && {clock: {now: () => now, monotonic: () => 0}}),
    ...(signal && {signal}),
  })
  return {folder, store, runtime, remove: () => rmSync(folder, {recursive: true, force: true})}
}

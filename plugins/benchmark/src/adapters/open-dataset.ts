import {dirname, resolve} from 'node:path'

import {proveFile, readLines} from '@ep23/plugin-exporters'
import {
  badDataError,
  type Exporter,
  hasCode,
  type PluginContribution,
  type Store,
  usageError,
  errorMessage,
} from '@ep23/sdk'

import type {DatasetProof, DatasetSource} from '../domain/dataset-source.js'
import {injectionDataset} from './injection-dataset.js'
import {message} from '../words/words.js'

/**
 * The records to judge: those of a file that `exporters:run` wrote, or the store's own through the scenario's exporter.
 * @param from `--dataset`: a file, or `store`
 * @throws Ep23Error USAGE (64) when no plugin brings the exporter
 */
export function openDataset(
  from: string,
  exporterName: string,
  {store, contributions}: {store: Store; contributions: readonly PluginContribution[]},
): DatasetSource {
  if (from !== 'store') return fileDataset(resolve(from), exporterName)
  const shipped = injectionDataset(exporterName)
  if (shipped) return shipped
  const exporters = contributions.flatMap(plugin => plugin.exporters ?? [])
  const exporter = exporters.find(({name}) => name === exporterName)
  if (!exporter)
    throw usageError(message('noExporterPlugin', {exporterName}), [
      message('knownAre', {names: exporters.map(({name}) => name).join(', ')}),
    ])
  return storeDataset(store, exporter)
}

function fileDataset(file: string, exporter: string): DatasetSource {
  return {
    kind: 'file',
    location: file,
    exporter,
    prove: () => proveDataset(file),
    async *records() {
      let line = 0
      for await (const text of readLines(file)) {
        line += 1
        const place = `${file}:${line}`
        yield {record: parseLine(text, place), place}
      }
    },
  }
}

function storeDataset(store: Store, exporter: Exporter): DatasetSource {
  return {
    kind: 'store',
    location: store.location,
    exporter: exporter.name,
    prove: async () => ({by: 'store', manifest: null}),
    async *records() {
      for await (const record of exporter.records(store, {}))
        yield {record, place: `${exporter.name}, record ${record.sample_id}`}
    },
  }
}

function parseLine(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw badDataError(
      'BENCHMARK_BAD_SAMPLE',
      message('placeNotJson', {place, problem: errorMessage(error)}),
      [],
      error,
    )
  }
}

async function proveDataset(file: string): Promise<DatasetProof> {
  // A file that is not there is told when it is read.
  const {manifest, problem} = await proveFile(file).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return {manifest: null, problem: null}
    throw error
  })
  if (problem === null) return {by: manifest === null ? 'nothing' : 'manifest', manifest}
  throw badDataError(
    'BENCHMARK_DATASET_CHANGED',
    message('fileNotAsSaid', {file, manifest: String(manifest), problem}),
    [message('seeDifferences', {folder: dirname(file)}), message('exportAgain')],
  )
}

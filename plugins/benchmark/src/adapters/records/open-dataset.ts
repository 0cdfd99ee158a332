import {resolve} from 'node:path'

import {readLines} from '@ep23/plugin-exporters'
import {badDataError, type Exporter, type PluginContribution, type Store, usageError} from '@ep23/sdk'

import type {DatasetSource} from '../../domain/dataset-source.js'

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
  const exporters = contributions.flatMap(plugin => plugin.exporters ?? [])
  const exporter = exporters.find(({name}) => name === exporterName)
  if (!exporter)
    throw usageError(`no plugin brings the exporter ${exporterName}`, [
      `known: ${exporters.map(({name}) => name).join(', ')}`,
    ])
  return storeDataset(store, exporter)
}

function fileDataset(file: string, exporter: string): DatasetSource {
  return {
    kind: 'file',
    location: file,
    exporter,
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
    throw badDataError('BENCHMARK_BAD_SAMPLE', `${place} is not JSON: ${(error as Error).message}`, [], error)
  }
}

import {readFile} from 'node:fs/promises'

import type {JudgedSample} from '@ep23/sdk'

import type {DatasetSource} from '../domain/dataset-source.js'
import {type InjectionSet, judgeRecords, writerRecords} from '../domain/injections/injection-set.js'

const SET = new URL('../../config/injections/orders.yaml', import.meta.url)

const RECORDS: Readonly<Record<string, (set: InjectionSet) => JudgedSample[]>> = {
  writer_injections: writerRecords,
  judge_injections: judgeRecords,
}

/** Records that come with ep23 under this name instead of a store's exporter: days with orders to a model. */
export function injectionDataset(name: string): DatasetSource | undefined {
  const recordsOf = Object.hasOwn(RECORDS, name) ? RECORDS[name] : undefined
  return (
    recordsOf && {
      kind: 'file',
      location: `${name} of ep23`,
      exporter: name,
      prove: async () => ({by: 'ep23', manifest: null}),
      async *records() {
        for (const record of recordsOf(await readInjections())) yield {record, place: `${name}, ${record.sample_id}`}
      },
    }
  )
}

/** The set as it is shipped; the package's own tests hold its shape. */
export async function readInjections(): Promise<InjectionSet> {
  const {parse} = await import('yaml')
  return parse(await readFile(SET, 'utf8')) as InjectionSet
}

import {writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {documentRecords} from '../../plugins/dataset/dist/adapters/sources/document-records.js'
import {SOURCE_FORMATS} from '../../plugins/dataset/dist/adapters/sources/formats/source-formats.js'
import {readSource} from '../../plugins/dataset/dist/adapters/sources/read-source.js'
import {temporaryFolder} from '../helpers/run-ep23.ts'
import {damaged, fuzz} from './fuzz-target.ts'
import {SOURCES} from './source-texts.ts'

describe('sources of posts and documents, damaged', () => {
  const folder = temporaryFolder()
  const file = join(folder.path, 'source')
  after(() => folder.remove())

  for (const {name, example} of SOURCE_FORMATS) {
    const texts = [example, ...(SOURCES[name] ?? [])]
    fuzz(`${name}, as it is told by its look and as it is named`, damaged(...texts), async bytes => {
      writeFileSync(file, bytes)
      for (const format of [name, undefined])
        for (const onInvalid of [() => undefined, undefined])
          await drained(readSource(file, {...(format && {format}), ...(onInvalid && {onInvalid})})).catch(honest)
    })
  }

  const texts = [...(SOURCES['documents'] ?? []), ...SOURCE_FORMATS.map(({example}) => example)]
  fuzz('ready documents', damaged(...texts), async bytes => {
    writeFileSync(file, bytes)
    const {signal} = new AbortController()
    await drained(documentRecords(file, {signal, onInvalid: () => undefined}))
    for await (const {reject, problem} of documentRecords(file, {signal})) if (problem !== undefined) reject(problem)
  })
})

async function drained(values: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of values);
}

/** Reads on with the next way to read; what is not honest ends the trial. */
function honest(error: unknown): void {
  if (typeof (error as {exit?: unknown}).exit !== 'number' || (error as {exit: number}).exit === 1) throw error
}

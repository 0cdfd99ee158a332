import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {explainWriteError} from '@ep23/sdk'
import {expect} from 'chai'

import {runPorts} from '#src/actions/ports.js'
import {filePorts} from '#src/adapters/file-ports.js'
import type {FilePorts} from '#src/domain/ports.js'
import {builtInExporters} from '#src/usecases/built-in-exporters.js'
import {runExport} from '#src/usecases/run-export.js'
import {fill, sampleDigests} from '../sample/documents.ts'
import {failure} from '../sample/failure.ts'
import {openLaboratory} from '../sample/fixture.ts'

/** The files of a disk that is full after so many writes. */
function onSmallDisk(files: FilePorts, writes: number): FilePorts {
  let left = writes
  const use = (): void => {
    left -= 1
    if (left < 0) throw explainWriteError('the file', Object.assign(new Error('no space'), {code: 'ENOSPC'}))
  }
  return {
    ...files,
    async createSink(options) {
      const sink = await files.createSink(options)
      return {
        write: (record, line) => (use(), sink.write(record, line)),
        close: async () => (use(), sink.close()),
        abandon: () => sink.abandon(),
      }
    },
    writeNew: async (path, text) => (use(), files.writeNew(path, text)),
  }
}

describe('a full disk', function () {
  this.timeout(120_000)
  const folder = mkdtempSync(join(tmpdir(), 'ep23-full-'))
  after(() => rmSync(folder, {recursive: true, force: true}))
  const registration = {
    kind: 'store',
    plugin: 'p',
    name: 'digests',
    summary: '',
    exporter: builtInExporters[0],
  } as const
  const request = {
    registration: registration as never,
    resolved: {query: {}, facts: {window: null, channels: 'any' as const, language: 'any', origin: 'any', limit: null}},
    layout: {format: 'jsonl', compression: 'none'} as const,
    stem: 'digests',
  }

  for (const writes of [0, 1, 7, 19, 20, 21, 22, 23])
    it(`leaves the export before it in place and nothing beside it, full after ${writes} writes`, async () => {
      const lab = openLaboratory()
      await fill(lab.store, sampleDigests())
      const ports = runPorts(lab.runtime)
      await runExport(ports, request, folder)
      const before = readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'))
      const files = onSmallDisk(filePorts, writes)
      const error = await failure(runExport({...ports, files}, request, folder))
      lab.remove()
      expect(error).to.include({code: 'DISK_FULL', exit: 75})
      expect(readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'))).to.deep.equal(before)
      expect(existsSync(join(folder, 'digests.manifest.json'))).to.equal(true)
    })
})

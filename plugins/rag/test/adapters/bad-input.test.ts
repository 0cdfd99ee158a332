import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect} from 'chai'
import {
  readCorpus,
  readQrelsFile,
  readQueriesFile,
  readSquadFile,
  readQrelsIfPresent,
  requireOutputFile,
} from '#src/adapters/collection-files.js'

const BAD_INPUT = fileURLToPath(new URL('../../../../../shared/data/bad-input', import.meta.url))
const FILES = readdirSync(BAD_INPUT, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile())

interface Failure {
  code: string
  exit: number
  message: string
}
const failureOf = (work: Promise<unknown>): Promise<Failure | undefined> =>
  work.then(
    () => undefined,
    error => error,
  )

describe('input files that are something else', () => {
  for (const [what, read] of Object.entries({
    queries: readQueriesFile,
    judgements: readQrelsFile,
    corpus: readCorpus,
    squad: readSquadFile,
    labels: readQrelsIfPresent,
  }))
    it(`are read as ${what} or refused by name, never a crash`, async () => {
      expect(FILES.length).to.be.greaterThan(300)
      let refused = 0
      for (const {parentPath, name} of FILES) {
        const path = join(parentPath, name)
        const failure = await failureOf(read(path))
        if (failure === undefined) continue
        refused++
        expect([64, 65], `${name}: ${failure.message}`).to.include(failure.exit)
        expect(failure.message, name).to.include(name)
        expect(failure.message.length, name).to.be.lessThan(2000)
      }
      expect(refused).to.be.greaterThan(150)
    })

  it('are refused with a hint when they are folders, and so are places where no file can be written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ep23-input-'))
    try {
      expect(await failureOf(readQueriesFile(folder))).to.include({exit: 64})
      expect(await failureOf(readCorpus(folder))).to.include({exit: 64})
      writeFileSync(join(folder, 'file'), ' \r\n\n')
      for (const read of [readQueriesFile, readQrelsFile])
        expect((await failureOf(read(join(folder, 'file'))))?.message).to.match(/file has no (queries|judgements)$/u)
      for (const path of [folder, join(folder, 'file/inside'), ''])
        expect(await failureOf(requireOutputFile(path, '--output'))).to.include({exit: 64})
      for (const path of [join(folder, 'file'), join(folder, 'new'), join(folder, 'new/inside')])
        expect(await failureOf(requireOutputFile(path, '--output'))).to.equal(undefined)
    } finally {
      rmSync(folder, {recursive: true})
    }
  })
})

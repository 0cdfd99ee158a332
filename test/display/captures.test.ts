import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import stringWidth from 'string-width'

import {inTerminal} from '../helpers/in-terminal.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const RUN = 'benchmark:run --scenario channel_digest_ru --judge lexical --allow-undecided'
const KEPT = ['dataset:audit', RUN, 'benchmark:list --limit 1']
/** Their measured latencies are of other lengths every time. */
const FITTING = ['dataset:list --limit 3', 'benchmark:show latest', 'benchmark:compare latest latest']
/** Addresses are copied: a terminal may break them, ep23 does not. */
const ADDRESS = /^(?:signature|root|files in|results:) /u

/** Without what differs from run to run. */
function comparable(text: string, folder: string): string {
  return text
    .replaceAll(folder, '/folder')
    .replaceAll(/\b\d{8}T\d{6}Z-[0-9a-f]{12}\b/gu, '20241204T090000Z-0123456789ab')
    .split('\n')
    .filter(line => !line.includes('latency'))
    .join('\n')
}

describe('what people see at 60, 80 and 200 columns', function () {
  this.timeout(240_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(async () => {
    folder = temporaryFolder()
    await runEp23(['dataset:seed', '--until', '2024-12-03', '-q'], {cwd: folder.path, coverage: false})
  })
  after(() => folder.remove())

  for (const columns of [60, 80, 200])
    it(`fits ${columns}, and is what was looked at`, async function () {
      const show = async (command: string) => {
        const {text, raw} = await inTerminal(this, `${command} -q 2>/dev/null`, {
          cwd: folder.path,
          columns,
          env: {NO_COLOR: '1'},
        })
        expect(raw, command).to.not.include('\u001B[3').and.not.include('\u001B[2m')
        const tooWide = text.split('\n').filter(line => stringWidth(line) > columns && !ADDRESS.test(line))
        expect(tooWide, command).to.deep.equal([])
        return `$ ep23 ${command}\n${comparable(text, folder.path)}`
      }
      const seen: string[] = []
      for (const command of KEPT) seen.push(await show(command))
      for (const command of FITTING) await show(command)
      const file = join(import.meta.dirname, `captures/${columns}.txt`)
      const capture = `${seen.join('\n').trimEnd()}\n`
      if (!existsSync(file) || process.env['EP23_TEST_UPDATE']) writeFileSync(file, capture)
      expect(capture).to.equal(readFileSync(file, 'utf8'))
    })
})

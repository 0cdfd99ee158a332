import {spawnSync} from 'node:child_process'
import {appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

import {openScoreBoard} from '#src/adapters/score-board.js'

import {inherited} from '../../../../test/helpers/run-ep23.ts'
import {boardOf} from '../board-of.ts'

describe('the score board', () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-board-'))
    path = join(folder, 'daily', 'daily.jsonl')
  })
  afterEach(() => rmSync(folder, {recursive: true}))

  const filled = async () => {
    const board = await openScoreBoard(path, {repair: true})
    for (const line of boardOf({days: 3})) await board.append(line)
    return board
  }

  it('gives back what was added, each line with the hash of the one before', async () => {
    const {lines} = await filled()
    const again = await openScoreBoard(path, {repair: false})
    expect(again.lines).to.deep.equal(lines)
    expect(lines[0]?.previous).to.equal('0'.repeat(64))
    expect(new Set(lines.map(({previous}) => previous)).size).to.equal(3)
  })

  it('takes a line that was cut short for none, and cuts it off before the next', async () => {
    await filled()
    const whole = readFileSync(path, 'utf8')
    const [first = ''] = boardOf({days: 1, first: '2024-02-01'}).map(line => JSON.stringify(line))
    appendFileSync(path, first.slice(0, 300))
    expect((await openScoreBoard(path, {repair: false})).lines).to.have.length(3)
    expect(readFileSync(path, 'utf8')).to.have.length.above(whole.length)
    await openScoreBoard(path, {repair: true})
    expect(readFileSync(path, 'utf8')).to.equal(whole)
  })

  it('says that a line has no room, and takes what was written of it for none', async () => {
    const adapter = import.meta.resolve('#src/adapters/score-board.js')
    const [line] = boardOf({days: 1})
    const append = `const {openScoreBoard} = await import('${adapter}')
      const board = await openScoreBoard('${path}', {repair: true})
      await board.append(${JSON.stringify({...line, writer: 'w'.repeat(2000)})}).catch(({cause}) => console.log(cause.code))`
    // No file beyond a kibibyte: as on a disk that is full, a write may be a short one.
    const shell = `trap '' XFSZ; ulimit -f 2; exec "$0" --input-type=module -e "$1"`
    const limited = ['-c', shell, process.execPath, append]
    expect(spawnSync('sh', limited, {encoding: 'utf8', env: inherited(false)}).stdout).to.equal('EFBIG\n')
    expect(readFileSync(path, 'utf8')).to.have.lengthOf(1024)
    expect((await filled()).lines).to.have.length(3)
    expect((await openScoreBoard(path, {repair: false})).lines).to.have.length(3)
  })

  it('refuses a board in which a line was changed, naming the one after it', async () => {
    await filled()
    writeFileSync(path, readFileSync(path, 'utf8').replace('0.98', '0.99'))
    const refusal = await openScoreBoard(path, {repair: true}).catch(error => error)
    expect(refusal).to.include({code: 'DAILY_BAD_BOARD', exit: 65})
    expect(refusal.message).to.match(/line \d: the line before it was changed/u)
  })
})

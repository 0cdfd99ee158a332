import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {setTimeout as pause} from 'node:timers/promises'
import {stripVTControlCharacters} from 'node:util'
import {fileURLToPath} from 'node:url'

import {openTerminalDisplay} from '#src/progress/terminal-display.js'
import {expect} from 'chai'

import {debianProgram} from '../helpers/debian-program.ts'

const HIDE_CURSOR = '\u001B[?25l'
const SHOW_CURSOR = '\u001B[?25h'
const program = fileURLToPath(new URL('fixtures/steps-in-terminal.ts', import.meta.url))

/** A terminal that remembers everything written to it. */
function fakeTerminal(columns: number) {
  const written: string[] = []
  const write = (text: string): boolean => {
    written.push(text)
    return true
  }
  const stderr = {isTTY: true, columns, rows: 20, write} as unknown as NodeJS.WriteStream
  const text = (): string => stripVTControlCharacters(written.join(''))
  /** The last picture: what was written since the picture before was wiped. */
  const last = (): string[] =>
    stripVTControlCharacters(written.at(-2) ?? '')
      .split('\n')
      .filter(Boolean)
  return {stderr, write, written, text, last}
}

function open(titles: string[], {concurrent = false, columns = 60, signal = new AbortController().signal} = {}) {
  const terminal = fakeTerminal(columns)
  const display = openTerminalDisplay({titles, concurrent, signal, stderr: terminal.stderr, language: 'en'})
  return {display, ...terminal}
}

const listeners = (): number[] => [process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]

/** Lets listr2 draw until the picture is as it should be; mocha bounds the waiting. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(10)
}

describe('steps in a terminal', () => {
  it('move while they run, and stay with their results', async () => {
    const {display, text, last, written} = open(['read', 'fill gaps', 'write'])
    display.start(0)
    display.update(0, '12,345/50,000 posts, 4,115/s, 9 s left')
    await until(() => text().includes('12,345/50,000 posts, 4,115/s, 9 s left'))
    display.end(0, {kind: 'done', seconds: 12.3, text: '50,000 posts'})
    display.end(1, {kind: 'skipped', seconds: 0, text: 'no gaps'})
    display.start(2)
    display.end(2, {kind: 'done', seconds: 0.4, text: ''})
    await display.close()
    expect(last().map(line => line.slice(2))).to.deep.equal([
      'read (12 s): 50,000 posts',
      'fill gaps: no gaps',
      'write (0.4 s)',
    ])
    expect(written[0]).to.equal(HIDE_CURSOR)
    expect(written.at(-1)).to.equal(SHOW_CURSOR)
  })

  it('mark the one that failed; those after it stay as they were', async () => {
    const {display, last} = open(['read', 'write', 'check'])
    display.end(0, {kind: 'done', seconds: 1, text: ''})
    display.start(1)
    display.end(1, {kind: 'failed', seconds: 2, text: ''})
    await display.close()
    const lines = last()
    expect(lines.map(line => line.slice(2))).to.deep.equal(['read (1 s)', 'write (2 s)', 'check'])
    expect(new Set(lines.map(line => line[0]))).to.have.property('size', 3)
  })

  it('move side by side', async () => {
    const {display, text, last} = open(['@habr', '@proglib'], {concurrent: true})
    display.start(0)
    display.start(1)
    display.update(0, '1 of 30')
    display.update(1, '2 of 30')
    await until(() => /@habr\n.*1 of 30\n.*@proglib\n.*2 of 30/u.test(text()))
    display.end(1, {kind: 'failed', seconds: 1, text: ''})
    display.end(0, {kind: 'done', seconds: 2, text: ''})
    await display.close()
    expect(last().map(line => line.slice(2))).to.deep.equal(['@habr (2 s)', '@proglib (1 s)'])
  })

  it('show what a step said before it was drawn', async () => {
    const {display, text} = open(['read'])
    display.update(0, 'early')
    await until(() => text().includes('early'))
    display.end(0, {kind: 'done', seconds: 0, text: ''})
    await display.close()
  })

  for (const columns of [0, 1, 2, 3])
    it(`can be drawn in a terminal that says it has ${columns} columns`, async () => {
      const {display, text} = open(['read'], {columns})
      display.update(0, 'a long text that needs several lines')
      await until(() => text().includes('several'))
      display.end(0, {kind: 'done', seconds: 0, text: ''})
      await display.close()
      expect(text()).to.include('read (0 s)')
    })

  it('leave the stream and the signals as they found them', async () => {
    const before = listeners()
    const {display, stderr, write} = open(['read'])
    display.end(0, {kind: 'done', seconds: 0, text: ''})
    await display.close()
    expect(stderr).to.have.property('write', write)
    expect(listeners()).to.deep.equal(before)
  })

  it('show the cursor from an abort on, in case a second signal ends the process', async () => {
    const controller = new AbortController()
    const {display, written} = open(['read'], {signal: controller.signal})
    await until(() => written.includes(HIDE_CURSOR))
    expect(written).to.not.include(SHOW_CURSOR)
    controller.abort()
    expect(written).to.include(SHOW_CURSOR)
    display.end(0, {kind: 'failed', seconds: 0, text: ''})
    await display.close()
  })

  it('let Ctrl-C in a real terminal end the command in its own way', async function () {
    this.timeout(120_000)
    // It runs a command in a terminal of its own.
    const terminal = spawn(debianProgram(this, 'script', 'bsdutils'), [
      '-qec',
      `"${process.execPath}" "${program}"`,
      '/dev/null',
    ])
    let output = ''
    terminal.stdout.on('data', (chunk: Buffer) => {
      const before = output
      output += String(chunk)
      if (output.includes('until interrupted') && !before.includes('until interrupted')) terminal.stdin.write('\u0003')
    })
    await once(terminal, 'close')
    const text = stripVTControlCharacters(output)
    expect(text).to.match(/ read \([\d.]+ s\): 3\/3 files/u)
    expect(text).to.include('ended with INTERRUPTED')
    expect(output.lastIndexOf(SHOW_CURSOR)).to.be.above(output.lastIndexOf(HIDE_CURSOR))
  })
})

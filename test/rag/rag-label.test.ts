import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {stripVTControlCharacters} from 'node:util'

import {expect} from 'chai'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

// Runs a command in a terminal of its own.
const PSEUDO_TERMINAL = 'script'
const bin = join(import.meta.dirname, '../../bin/run.js')
const LABEL = ['rag:label', '--queries', 'q.tsv', '--qrels', 'l.trec', '--corpus', 'c.jsonl'] as const

describe('rag:label', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => {
    folder = temporaryFolder()
    write(
      'c.jsonl',
      '{"_id":"d1","text":"Открыли станцию метро"}\n{"_id":"d2","text":"Метро закрыто"}\n{"_id":"d3","text":"Погода"}\n',
    )
    write('q.tsv', 'q1\tметро\nq2\tпогода\nq3\tшахматы\n')
  })
  afterEach(() => folder.remove())
  const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text)
  const labels = () => readFileSync(join(folder.path, 'l.trec'), 'utf8')

  /** Types each text when the one before it is answered by what stands beside it. */
  async function inTerminal(steps: [shown: string, typed: string][], args = '') {
    const command = `"${process.execPath}" "${bin}" ${LABEL.join(' ')} ${args} > out.txt`
    const env = {
      ...process.env,
      TERM: 'xterm',
      EP23_DATA_DIR: join(folder.path, '.data'),
      EP23_LANG: 'en',
      NO_COLOR: '1',
    }
    const terminal = spawn(PSEUDO_TERMINAL, ['-qec', command, '/dev/null'], {cwd: folder.path, env})
    const waiting = [...steps]
    let output = ''
    terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      while (waiting[0] && stripVTControlCharacters(output).includes(waiting[0][0])) {
        terminal.stdin.write(waiting.shift()![1])
        output = ''
      }
    })
    const [code] = (await once(terminal, 'close')) as [number]
    return {code, output, stdout: readFileSync(join(folder.path, 'out.txt'), 'utf8')}
  }

  function needTerminal(test: Mocha.Context): void {
    if (!spawnSync(PSEUDO_TERMINAL, ['--version']).error) return
    if (process.env['CI']) throw new Error('script is missing: install the Debian package bsdutils')
    test.skip()
  }

  it('judges in a real terminal, keeps every key, goes on where it stopped, and rag:evaluate reads it', async function () {
    needTerminal(this)
    const first = await inTerminal([
      ['0 of 3 judged', '3'],
      ['1 of 3 judged', '\u0003'],
    ])
    expect(first.code).to.equal(130)
    const [, shown] = /^q1 0 (d[12]) 3\n$/u.exec(labels()) ?? []
    expect(shown).to.not.equal(undefined)
    const second = await inTerminal(
      [
        ['1 of 3 judged', '1'],
        ['2 of 3 judged', 'u'],
        ['1 of 3 judged', '02'],
        ['all judged', 'q'],
      ],
      '--json',
    )
    expect(second.code).to.equal(0)
    expect(problemsOfOutput(second.stdout)).to.deep.equal([])
    expect(JSON.parse(second.stdout).data).to.deep.equal({
      path: 'l.trec',
      queries: 2,
      queries_without_documents: 1,
      pairs: 3,
      made: 2,
      judged: 3,
      left: 0,
    })
    expect(labels()).to.equal(`q1 0 ${shown} 3\nq1 0 ${shown === 'd1' ? 'd2' : 'd1'} 0\nq2 0 d3 2\n`)
    // The screen is left and the cursor shown, whatever ended it.
    for (const {output} of [first, second]) expect(output).to.include('\u001B[?25h\u001B[?1049l')
    const evaluate = ['rag:evaluate', '--queries', 'q.tsv', '--qrels', 'l.trec', '--corpus', 'c.jsonl', '--json']
    const {stdout} = await runEp23(evaluate, {cwd: folder.path})
    expect(JSON.parse(stdout).data.queries.evaluated).to.equal(2)
  })

  for (const [what, file, text] of [
    ['document id "doc 1"', 'c.jsonl', '{"_id":"doc 1","text":"Метро"}\n{"_id":"doc","text":"Погода"}\n'],
    ['query id "q 1"', 'q.tsv', 'q 1\tметро\n'],
  ] as const)
    it(`judges nothing by an id that its file could not hold: ${what}`, async function () {
      needTerminal(this)
      write(file, text)
      write('l.trec', 'q1 0 doc 2\n')
      const {code, stdout} = await inTerminal([['judged', '3q']], '--json')
      expect(code).to.equal(65)
      const {error} = JSON.parse(stdout)
      expect(error.code).to.equal('RAG_QRELS_UNWRITABLE')
      expect(error.message).to.include(`the ${what} cannot be written to TREC judgements`)
      expect(labels()).to.equal('q1 0 doc 2\n')
    })

  it('says what to do instead where there is no terminal', async () => {
    const {code, stderr} = await runEp23(LABEL, {cwd: folder.path})
    expect(code).to.equal(64)
    expect(stderr).to.include('labelling needs a terminal').and.include('a line each')
  })
})

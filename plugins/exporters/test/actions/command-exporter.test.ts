import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {checkExports} from '#src/actions/check.js'
import {runExporter} from '#src/actions/run.js'
import {verifyExporters} from '#src/actions/verify.js'
import type {Manifest} from '#src/domain/manifest.js'
import {failure} from '../sample/failure.ts'
import {openLaboratory, type Laboratory} from '../sample/fixture.ts'
import {TEAM_SCHEMA} from '../sample/team-exporter.ts'

/** Writes 60 records the way Python's json.dumps does: blanks behind colons and commas, nothing escaped. */
const SCRIPT = `
  const fs = require('fs')
  const [output, text = 'запись', extra = ''] = process.argv.slice(1)
  const lines = Array.from({length: 60}, (_, n) => {
    const id = 'py-' + String(n).padStart(4, '0')
    const time = new Date(Date.UTC(2024, 10, 4) + n * 60000).toISOString()
    return '{"sample_id": "' + id + '", "channel": "@team", "timestamp": "' + time + '", "note": "' + text + extra + '"}\\n'
  })
  fs.writeFileSync(output, lines.join(''))
  fs.writeFileSync('environment.json', JSON.stringify(process.env))`

describe('a command of the team’s own', function () {
  this.timeout(120_000)
  let lab: Laboratory
  const section: Record<string, unknown>[] = []
  beforeEach(() => {
    section.length = 0
    lab = openLaboratory({exporters: [], section})
    writeFileSync(join(lab.folder, 'team.schema.json'), JSON.stringify(TEAM_SCHEMA))
  })
  afterEach(() => lab.remove())

  const configure = (script: string, args: string[] = [], more: object = {}): void =>
    void section.push({
      name: 'team_notes',
      command: [process.execPath, '-e', script, '{output}', ...args],
      schema: 'team.schema.json',
      ...more,
    })
  const verify = () => verifyExporters(lab.runtime, {language: 'any', origin: 'any', runs: 2, 'min-samples': 50})
  const run = (flags: object = {}) =>
    runExporter(
      lab.runtime,
      'team_notes',
      {language: 'any', origin: 'any', layout: 'ep23', output: join(lab.folder, 'out'), ...flags},
      {json: false},
    )

  it('is verified by the rules of all exporters, archived as it wrote, and checked again', async () => {
    configure(SCRIPT, ['с\u2028чертой'])
    const {data, exit} = await verify()
    expect(data.findings).to.deep.equal([])
    expect(exit).to.equal(0)
    const folder = data.archive?.folder ?? ''
    expect(readFileSync(join(folder, 'team_notes.jsonl'), 'utf8')).to.include('"note": "с\u2028чертой"')
    expect((await checkExports(folder, undefined)).exit).to.equal(0)
    const {exports} = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
    expect(exports[0]).to.include({plugin: 'ep23.config.yaml', canonical: false, left_out: null})
    expect(exports[0]?.query.window, 'nobody told it of one').to.equal(null)
  })

  it('is told the trace and the store', async () => {
    configure(SCRIPT)
    await run()
    const environment = JSON.parse(readFileSync(join(lab.folder, 'environment.json'), 'utf8')) as Record<string, string>
    expect(environment).to.include({EP23_STORE: 'memory', TRACEPARENT: lab.runtime.tracer.traceparent()})
    expect(environment).to.not.have.property('MONGODB_URL')
    expect(lab.runtime.recorded.spans).to.include('exporters.command')
  })

  it('is refused when two runs differ, unless its entry says why they may', async () => {
    configure(SCRIPT.replace('text + extra', 'process.hrtime.bigint()'))
    expect((await verify()).data.findings[0]).to.include({rule: 'bytes', line: 1, sample_id: 'py-0000'})
    section.length = 0
    configure(SCRIPT.replace('text + extra', 'process.hrtime.bigint()'), [], {
      bytes_may_differ: 'each record has the time it was read',
    })
    const {data, exit} = await verify()
    expect(exit).to.equal(0)
    const {exports} = JSON.parse(readFileSync(join(data.archive?.folder ?? '', 'manifest.json'), 'utf8')) as Manifest
    expect(exports[0]).to.include({bytes_may_differ: 'each record has the time it was read'})
  })

  for (const [what, script, expected] of [
    ['no JSON', 'require("fs").writeFileSync(process.argv[1], "{\\"a\\":\\n")', {rule: 'schema', line: 1}],
    ['no object', 'require("fs").writeFileSync(process.argv[1], "[1]\\n")', {rule: 'schema', line: 1}],
    [
      'bytes that are no UTF-8',
      'require("fs").writeFileSync(process.argv[1], Buffer.from([0x7b, 0xff, 0x7d, 0x0a]))',
      {rule: 'schema', line: 1},
    ],
    ['no file', '', {rule: 'exporter'}],
    ['an exit code', 'process.exit(4)', {rule: 'exporter'}],
  ] as const)
    it(`is refused when it gives ${what}`, async () => {
      configure(script)
      const {data, exit} = await verify()
      expect(exit).to.equal(2)
      expect(data.findings[0]).to.include({exporter: 'team_notes', ...expected})
    })

  it('hears of the flags it has placeholders for, and the others are refused', async () => {
    configure(SCRIPT, ['{channels} {from}..{to}'])
    await run({channel: ['@habr', '@proglib'], from: '2024-11-04', until: '2024-11-05'})
    expect(readFileSync(join(lab.folder, 'out/team_notes.jsonl'), 'utf8')).to.include(
      '"note": "@habr,@proglib 2024-11-04..2024-11-05"',
    )
    const error = await failure(run({limit: 5}))
    expect(error).to.include({exit: 64})
    expect(error.message).to.include('{limit}')
  })

  it('writes JSON lines in one piece and nothing else', async () => {
    configure(SCRIPT)
    for (const flags of [{compress: 'gzip'}, {format: 'parquet'}, {split: 2000}, {output: '-'}])
      expect(await failure(run(flags)), JSON.stringify(flags)).to.include({exit: 64})
  })
})

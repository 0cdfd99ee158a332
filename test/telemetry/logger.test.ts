import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createLogger} from '#src/telemetry/logger.js'
import {createRedactor} from '#src/telemetry/redact.js'
import type {TracePosition} from '#src/telemetry/tracer.js'
import {LOG_LEVELS, type LogFields, type LogLevel} from '@ep23/sdk'
import {createLogger as createBunyan} from 'bunyan'
import {expect} from 'chai'

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8)

describe('logger', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-logs-'))
  })
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  function open({directory = join(folder, 'a/logs'), level = 'info'}: {directory?: string; level?: LogLevel} = {}) {
    const state = {
      wall: Date.UTC(2026, 0, 2, 23, 59, 59, 999),
      monotonic: 5,
      position: {spanId: '00f067aa0ba902b7'} as TracePosition,
    }
    const warnings: string[] = []
    const kept: LogLevel[] = []
    const logger = createLogger({
      service: 'ep23-cli',
      level,
      directory,
      context: {run_id: 'run-1', trace_id: 'trace-1', epic_id: 'EP23', stage: 'dataset:seed'},
      position: () => state.position,
      clock: {now: () => new Date(state.wall), monotonic: () => state.monotonic},
      redactor: createRedactor(['correct horse']),
      onLine: lineLevel => kept.push(lineLevel),
      warn: message => warnings.push(message.english),
    })
    const lines = (day: string): Record<string, unknown>[] =>
      readFileSync(join(directory, `ep23-cli-${day}.log`), 'utf8')
        .split('\n')
        .slice(0, -1)
        .map(line => JSON.parse(line) as Record<string, unknown>)
    return {logger, state, warnings, kept, directory, lines}
  }

  it('writes JSON lines in bunyan’s format, with what places them in the run', () => {
    const {logger, lines} = open()
    logger.info({channel: '@habr', posts: 7}, 'прочитано')
    const [line] = lines('2026-01-02')
    expect(line).to.include({
      name: 'ep23-cli',
      level: 30,
      lvl: 'info',
      v: 0,
      pid: process.pid,
      msg: 'прочитано',
      channel: '@habr',
      posts: 7,
      run_id: 'run-1',
      trace_id: 'trace-1',
      span_id: '00f067aa0ba902b7',
      epic_id: 'EP23',
      stage: 'dataset:seed',
      time: '2026-01-02T23:59:59.999Z',
      time_ns: '1767398399999000000',
    })
    expect(line?.['hostname']).to.be.a('string')
  })

  it('writes what bunyan itself would write of the same', () => {
    const written: object[] = []
    const stream = {write: (record: object) => written.push(record)}
    const bunyan = createBunyan({name: 'ep23-cli', streams: [{type: 'raw', level: 'debug', stream}]})
    const {logger, lines} = open({level: 'debug'})
    for (const level of LOG_LEVELS) {
      logger[level]({posts: 7}, 'прочитано')
      bunyan[level]({posts: 7}, 'прочитано')
    }
    const kept = lines('2026-01-02')
    expect(kept).to.have.length(written.length)
    for (const [index, record] of written.entries()) {
      const {time: _time, ...fields} = record as {time: Date}
      expect(kept[index]).to.include(fields)
    }
  })

  it('takes channel and stage from the span around it, unless the line has its own', () => {
    const {logger, state, lines} = open()
    state.position = {spanId: 'b', channel: '@habr', stage: 'read'}
    logger.warn({}, 'one')
    logger.error({channel: '@proglib', stage: 'clean'}, 'two')
    const [one, two] = lines('2026-01-02')
    expect(one).to.include({span_id: 'b', channel: '@habr', stage: 'read', lvl: 'warn', level: 40})
    expect(two).to.include({channel: '@proglib', stage: 'clean', lvl: 'error', level: 50})
  })

  it('keeps lines from its level on, and tells of each that is in the file', () => {
    const {logger, kept, lines} = open({level: 'warn'})
    logger.debug({}, 'a')
    logger.info({}, 'b')
    logger.warn({}, 'c')
    logger.error({}, 'd')
    expect(kept).to.deep.equal(['warn', 'error'])
    expect(lines('2026-01-02').map(line => line['msg'])).to.deep.equal(['c', 'd'])
  })

  it('hides secrets in fields, errors, causes, stacks and messages', () => {
    const {logger, directory} = open()
    const cause = Object.assign(new Error('401 from https://ann:pa55@host'), {headers: {authorization: 'pa55'}})
    const fields: LogFields = {
      err: new Error('failed with sk-pa55pa55pa55', {cause}),
      request: {api_key: 'pa55', url: 'http://host/?token=pa55'},
      note: 'my correct horse',
    }
    logger.error(fields, 'cannot use password=pa55')
    const text = readFileSync(join(directory, 'ep23-cli-2026-01-02.log'), 'utf8')
    expect(text).to.not.match(/pa55|correct horse/u)
    expect(text.match(/\[redacted\]/gu)?.length).to.be.at.least(8)
  })

  it('does not let a field take the place of one of its own', () => {
    const {logger, lines} = open()
    logger.info({name: 'x', level: 99, time: 'never', trace_id: 'y', msg: 'z', pid: 1}, 'message')
    const [line] = lines('2026-01-02')
    expect(line).to.include({name: 'ep23-cli', level: 30, trace_id: 'trace-1', msg: 'message', pid: process.pid})
    expect(line).to.include({name_: 'x', level_: 99, time_: 'never', trace_id_: 'y', msg_: 'z', pid_: 1})
  })

  it('keeps a message with % and line breaks as it is, on one line', () => {
    const {logger, lines} = open()
    logger.info({}, '100 %s %d %% done\nreally')
    expect(lines('2026-01-02')[0]?.['msg']).to.equal('100 %s %d %% done\nreally')
  })

  it('replaces a line that is too long for a log agent by a short one', () => {
    const {logger, lines} = open()
    logger.info({rows: Array.from({length: 900}, () => 'x'.repeat(1000))}, 'big')
    const [line] = lines('2026-01-02')
    expect(line).to.include({msg: 'big', lvl: 'info', run_id: 'run-1', stage: 'dataset:seed'})
    expect(line?.['too_long']).to.be.above(900_000)
    expect(line).to.not.have.property('rows')
  })

  it('starts a new file when a day ends, in UTC', () => {
    const {logger, state, directory, lines} = open()
    logger.info({}, 'before')
    state.wall += 1
    state.monotonic += 0.001
    logger.info({}, 'after')
    expect(readdirSync(directory)).to.deep.equal(['ep23-cli-2026-01-02.log', 'ep23-cli-2026-01-03.log'])
    expect(lines('2026-01-03')[0]?.['msg']).to.equal('after')
  })

  it('appends to what others have written, and opens again after close', () => {
    const {logger, lines, directory} = open()
    mkdirSync(directory, {recursive: true})
    writeFileSync(join(directory, 'ep23-cli-2026-01-02.log'), '{"msg":"theirs"}\n')
    logger.info({}, 'one')
    logger.close()
    logger.info({}, 'two')
    expect(lines('2026-01-02').map(line => line['msg'])).to.deep.equal(['theirs', 'one', 'two'])
  })

  it('makes folder and file for their owner alone', function () {
    if (process.platform === 'win32') this.skip()
    const {logger, directory} = open()
    logger.info({}, 'x')
    expect(mode(directory)).to.equal('700')
    expect(mode(join(directory, 'ep23-cli-2026-01-02.log'))).to.equal('600')
  })

  it('warns once when lines cannot be written, counts none of them, and fails nothing', () => {
    writeFileSync(join(folder, 'file'), '')
    const {logger, warnings, kept} = open({directory: join(folder, 'file/logs')})
    for (let index = 0; index < 3; index++) logger.error({}, 'x')
    expect(warnings).to.have.length(1)
    expect(warnings[0]).to.match(/^log lines cannot be written to .*file.logs: ENOTDIR/u)
    expect(kept).to.deep.equal([])
  })

  it('goes on when the file can be written again', () => {
    const {logger, warnings, kept, directory, lines} = open()
    writeFileSync(join(folder, 'a'), '')
    logger.info({}, 'lost')
    rmSync(join(folder, 'a'))
    logger.info({}, 'kept')
    expect(warnings).to.have.length(1)
    expect(kept).to.deep.equal(['info'])
    expect(readdirSync(directory)).to.have.length(1)
    expect(lines('2026-01-02')[0]?.['msg']).to.equal('kept')
  })

  it('warns when the disk is full', function () {
    // A device that always answers ENOSPC.
    if (process.platform !== 'linux') this.skip()
    const {logger, warnings, directory} = open()
    mkdirSync(directory, {recursive: true})
    symlinkSync('/dev/full', join(directory, 'ep23-cli-2026-01-02.log'))
    logger.info({}, 'x')
    logger.info({}, 'y')
    expect(warnings).to.have.length(1)
    expect(warnings[0]).to.include('ENOSPC')
  })
})

import {createProgress, type ProgressMode} from '#src/progress/create-progress.js'
import {interruptedError, type LogFields, type Tracer, verbatim} from '@ep23/sdk'
import {expect} from 'chai'

interface Recorded {
  spans: {name: string; attributes: Record<string, unknown>; failed: boolean}[]
  logs: {level: string; message: string; fields: LogFields}[]
}

interface Options {
  language?: 'en' | 'ru'
  signal?: AbortSignal
}

/** Progress with a clock that the test moves, and everything it does written down. */
function open(mode: ProgressMode, {language = 'en', signal = new AbortController().signal}: Options = {}) {
  const time = {now: 0}
  const ticks = new Set<() => void>()
  const output = {text: ''}
  const recorded: Recorded = {spans: [], logs: []}
  const log = (level: string) => (fields: LogFields, message: string) =>
    void recorded.logs.push({level, message, fields})
  const tracer: Tracer = {
    traceId: 't',
    traceparent: () => '',
    async span(name, attributes, work) {
      const span = {name, attributes: {...attributes} as Record<string, unknown>, failed: false}
      recorded.spans.push(span)
      try {
        return await work({setAttributes: added => Object.assign(span.attributes, added)})
      } catch (error) {
        span.failed = true
        throw error
      }
    },
  }
  const progress = createProgress({
    mode,
    language,
    tracer,
    logger: {debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error')},
    clock: {now: () => new Date(0), monotonic: () => time.now},
    signal,
    stderr: {write: (text: string) => ((output.text += text), true)} as unknown as NodeJS.WriteStream,
    every(_, tick) {
      ticks.add(tick)
      return () => void ticks.delete(tick)
    },
  })
  const passes = (seconds: number): void => {
    time.now += seconds
    for (const tick of ticks) tick()
  }
  const lines = (): string[] => output.text.split('\n').slice(0, -1)
  return {progress, passes, lines, recorded, ticks, time}
}

describe('steps', () => {
  it('end together when one of those that run at once fails, each with its span', async () => {
    const {progress, recorded} = open('silent')
    const failed = Promise.withResolvers<void>()
    const ended: string[] = []
    const error = new Error('first')
    const work = progress.steps(
      ['slow', 'fails'],
      async ({step}) =>
        Promise.all([
          step('slow', async () => {
            await failed.promise
            ended.push('slow')
          }),
          step('fails', () => {
            setImmediate(failed.resolve)
            throw error
          }),
        ]),
      {concurrent: true},
    )
    expect(await work.catch((caught: unknown) => caught)).to.equal(error)
    expect(ended).to.deep.equal(['slow'])
    expect(recorded.spans.map(({name, failed: hasFailed}) => `${name} ${hasFailed}`)).to.deep.equal([
      'step slow false',
      'step fails true',
    ])
  })

  it('leave no span when they are skipped', async () => {
    const {progress, recorded} = open('silent')
    await progress.steps(['build', 'fill gaps'], async ({step, skip}) => {
      await step('build', () => undefined)
      skip('fill gaps', 'no gaps')
    })
    expect(recorded.spans.map(({name}) => name)).to.deep.equal(['step build'])
    expect(recorded.logs.at(-1)).to.deep.equal({
      level: 'info',
      message: 'step skipped',
      fields: {step: 'fill gaps', reason: 'no gaps'},
    })
  })

  it('are logged as a warning when they were interrupted', async () => {
    const controller = new AbortController()
    const {progress, recorded} = open('silent', {signal: controller.signal})
    const work = progress.steps(['first', 'second'], async ({step}) => {
      await step('first', () => controller.abort(interruptedError(verbatim('2 of 5 channels are kept'))))
      await step('second', () => expect.fail('ran'))
    })
    await work.catch(() => undefined)
    expect(recorded.logs.map(({level, message}) => `${level} ${message}`)).to.deep.equal([
      'info step done',
      'warn step failed',
    ])
  })

  it('name the step they stopped before when the abort gives no reason of ours', async () => {
    const {progress} = open('silent', {signal: AbortSignal.abort()})
    const thrown = await progress.step('read', () => undefined).catch((error: unknown) => error)
    expect(thrown).to.include({code: 'INTERRUPTED', exit: 130, message: 'interrupted: stopped before the step "read"'})
  })

  it('leave a span and a log line each, with what they did and how long it took', async () => {
    const {progress, passes, recorded} = open('silent')
    const error = new Error('gone')
    const work = progress.steps(['read', 'write'], async ({step}) => {
      await step('read', report => {
        report.advance(7, 10, 'posts')
        report.note('habr.json')
        passes(2.5)
      })
      await step('write', () => {
        passes(1)
        throw error
      })
    })
    await work.catch(() => undefined)
    expect(recorded.spans).to.deep.equal([
      {name: 'step read', attributes: {step: 'read', done: 7, unit: 'posts'}, failed: false},
      {name: 'step write', attributes: {step: 'write'}, failed: true},
    ])
    expect(recorded.logs).to.deep.equal([
      {
        level: 'info',
        message: 'step done',
        fields: {step: 'read', done: 7, total: 10, unit: 'posts', note: 'habr.json', duration_seconds: 2.5},
      },
      {level: 'error', message: 'step failed', fields: {step: 'write', duration_seconds: 1, err: error}},
    ])
  })
})

describe('steps as lines', () => {
  it('say when each starts and ends, with its result', async () => {
    const {progress, passes, lines} = open('lines')
    await progress.steps(['read sources', 'write'], async ({step}) => {
      await step('read sources', report => (report.advance(3, 3, 'files'), passes(12)))
      await step('write', report => report.note('nothing\nchanged'))
    })
    expect(lines()).to.deep.equal([
      '[1/2] read sources',
      '[1/2] read sources: 3/3 files, 0.3/s',
      '[1/2] read sources: done in 12 s, 3/3 files',
      '[2/2] write',
      '[2/2] write: done in 0 s, nothing changed',
    ])
  })

  it('say every five seconds how far a step is, not more often', async () => {
    const {progress, passes, lines, ticks} = open('lines')
    await progress.step('read', report => {
      for (let second = 1; second <= 12; second++) {
        report.advance(second * 100, 2000, 'posts')
        report.advance(second * 100)
        passes(1)
      }
    })
    expect(lines()).to.deep.equal([
      '[1/1] read',
      '[1/1] read: 500/2,000 posts, 100/s, 15 s left',
      '[1/1] read: 1,000/2,000 posts, 100/s, 10 s left',
      '[1/1] read: done in 12 s, 1,200/2,000 posts',
    ])
    expect(ticks.size).to.equal(0)
  })

  it('come also from a step that gives timers no chance', async () => {
    const {progress, time, lines} = open('lines')
    await progress.step('compute', report => {
      for (let done = 1; done <= 10; done++) {
        time.now += 1
        report.advance(done)
      }
    })
    expect(lines().filter(line => line.includes('/s'))).to.have.length(2)
  })

  it('are in Russian on request', async () => {
    const {progress, passes, lines} = open('lines', {language: 'ru'})
    const work = progress.steps(['чтение', 'пробелы', 'запись'], async ({step, skip}) => {
      await step('чтение', () => passes(3))
      skip('пробелы', 'их нет')
      await step('запись', async () => Promise.reject(new Error('x')))
    })
    await work.catch(() => undefined)
    expect(lines()).to.deep.equal([
      '[1/3] чтение',
      '[1/3] чтение: готово за 3 с',
      '[2/3] пробелы: пропущено: их нет',
      '[3/3] запись',
      '[3/3] запись: ошибка через 0 с',
    ])
  })

  it('show the steps within a step in its own line', async () => {
    const {progress, passes, lines, recorded} = open('lines')
    await progress.step('channels', async () =>
      progress.steps(['@habr', '@proglib'], async ({step}) => {
        await step('@habr', report => (report.advance(10, 30, 'days'), passes(6)))
        await step('@proglib', () => passes(6))
      }),
    )
    expect(lines()).to.deep.equal([
      '[1/1] channels',
      '[1/1] channels: @habr',
      '[1/1] channels: @proglib',
      '[1/1] channels: done in 12 s',
    ])
    expect(recorded.spans.map(({name}) => name)).to.deep.equal(['step channels', 'step @habr', 'step @proglib'])
  })

  it('are none with silence', async () => {
    const {progress, passes, lines} = open('silent')
    await progress.step('read', () => passes(60))
    expect(lines()).to.deep.equal([])
  })
})

import {createProgress, type ProgressMode} from '#src/progress/create-progress.js'
import {interruptedError, type LogFields, type Step, type Tracer} from '@ep23/sdk'
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

const step = (title: string): Step<{seen: string[]}> => ({title, run: async ({seen}) => void seen.push(title)})

const failing = (title: string, turns: number): Step<undefined> => ({
  title,
  async run() {
    for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
    throw new Error(title)
  },
})

describe('steps', () => {
  it('run one after the other over one context, which is returned', async () => {
    const {progress} = open('silent')
    const context = {seen: [] as string[]}
    expect(await progress.run([step('a'), step('b'), step('c')], context)).to.equal(context)
    expect(context.seen).to.deep.equal(['a', 'b', 'c'])
  })

  it('may be none', async () => {
    expect(await open('lines').progress.run([], 7)).to.equal(7)
  })

  it('stop at the first error, which is thrown unchanged', async () => {
    const {progress, lines} = open('lines')
    const error = new Error('no space')
    const ran: string[] = []
    const steps: Step<undefined>[] = [
      {title: 'fails', run: async () => Promise.reject(error)},
      {title: 'never', run: () => void ran.push('never')},
    ]
    expect(await progress.run(steps, undefined).catch((thrown: unknown) => thrown)).to.equal(error)
    expect(ran).to.deep.equal([])
    expect(lines()).to.deep.equal(['[1/2] fails', '[1/2] fails: failed after 0 s'])
  })

  it('may throw at once, also when asked whether they are needed', async () => {
    const {progress} = open('silent')
    const error = new Error('at once')
    const fail = (): never => {
      throw error
    }
    for (const step of [
      {title: 'a', run: fail},
      {title: 'a', run: () => undefined, skip: fail},
    ])
      expect(await progress.run([step], undefined).catch((thrown: unknown) => thrown)).to.equal(error)
  })

  it('are skipped with a reason, decided when their turn comes', async () => {
    const {progress, lines, recorded} = open('lines')
    const context = {gaps: 5}
    await progress.run(
      [
        {title: 'build', run: c => void (c.gaps = 0)},
        {title: 'fill gaps', skip: c => (c.gaps === 0 ? 'no gaps' : undefined), run: () => expect.fail('ran')},
      ],
      context,
    )
    expect(lines()[2]).to.equal('[2/2] fill gaps: skipped: no gaps')
    expect(recorded.spans.map(({name}) => name)).to.deep.equal(['step build'])
  })

  it('run at once when they may, and end together when one fails', async () => {
    const {progress, recorded} = open('silent')
    const both = Promise.withResolvers<void>()
    const slow = Promise.withResolvers<void>()
    const ended: string[] = []
    const error = new Error('first')
    let arrived = 0
    const meet = async (): Promise<void> => {
      arrived += 1
      if (arrived === 2) both.resolve()
      await both.promise
    }
    const steps: Step<undefined>[] = [
      {
        title: 'slow',
        async run() {
          await meet()
          await slow.promise
          ended.push('slow')
        },
      },
      {
        title: 'fails',
        async run() {
          await meet()
          setImmediate(slow.resolve)
          throw error
        },
      },
    ]
    const thrown = await progress.run(steps, undefined, {concurrent: true}).catch((caught: unknown) => caught)
    expect(thrown).to.equal(error)
    expect(ended).to.deep.equal(['slow'])
    expect(recorded.spans.map(({name, failed}) => ({name, failed}))).to.deep.equal([
      {name: 'step slow', failed: false},
      {name: 'step fails', failed: true},
    ])
  })

  it('throw the error that came first, of several', async () => {
    const {progress} = open('silent')
    const steps = [failing('late', 5), failing('early', 1)]
    const thrown = await progress.run(steps, undefined, {concurrent: true}).catch((error: unknown) => error)
    expect(thrown).to.have.property('message', 'early')
  })

  it('do not start any more after an abort; the reason is thrown', async () => {
    const controller = new AbortController()
    const reason = interruptedError('2 of 5 channels are kept')
    const {progress, recorded} = open('silent', {signal: controller.signal})
    const steps: Step<undefined>[] = [
      {title: 'first', run: () => controller.abort(reason)},
      {title: 'second', run: () => expect.fail('ran')},
    ]
    expect(await progress.run(steps, undefined).catch((error: unknown) => error)).to.equal(reason)
    expect(recorded.logs.map(({level, message}) => `${level} ${message}`)).to.deep.equal([
      'info step done',
      'warn step failed',
    ])
  })

  it('name the step they stopped before when the abort gives no reason of ours', async () => {
    const {progress} = open('silent', {signal: AbortSignal.abort()})
    const thrown = await progress
      .run([{title: 'read', run: () => undefined}], undefined)
      .catch((error: unknown) => error)
    expect(thrown).to.include({code: 'INTERRUPTED', exit: 130, message: 'interrupted: stopped before the step "read"'})
  })

  it('leave a span and a log line each, with what they did and how long it took', async () => {
    const {progress, passes, recorded} = open('silent')
    const error = new Error('gone')
    const steps: Step<undefined>[] = [
      {
        title: 'read',
        run(_, report) {
          report.advance(7, 10, 'posts')
          report.note('habr.json')
          passes(2.5)
        },
      },
      {
        title: 'write',
        run() {
          passes(1)
          throw error
        },
      },
    ]
    await progress.run(steps, undefined).catch((thrown: unknown) => thrown)
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
    await progress.run(
      [
        {title: 'read sources', run: (_, report) => (report.advance(3, 3, 'files'), passes(12))},
        {title: 'write', run: (_, report) => report.note('nothing\nchanged')},
      ],
      undefined,
    )
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
    await progress.run(
      [
        {
          title: 'read',
          run(_, report) {
            for (let second = 1; second <= 12; second++) {
              report.advance(second * 100, 2000, 'posts')
              report.advance(second * 100)
              passes(1)
            }
          },
        },
      ],
      undefined,
    )
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
    await progress.run(
      [
        {
          title: 'compute',
          run(_, report) {
            for (let done = 1; done <= 10; done++) {
              time.now += 1
              report.advance(done)
            }
          },
        },
      ],
      undefined,
    )
    expect(lines().filter(line => line.includes('/s'))).to.have.length(2)
  })

  it('are in Russian on request', async () => {
    const {progress, passes, lines} = open('lines', {language: 'ru'})
    const steps: Step<undefined>[] = [
      {title: 'чтение', run: () => passes(3)},
      {title: 'пробелы', skip: () => 'их нет', run: () => undefined},
      {title: 'запись', run: async () => Promise.reject(new Error('x'))},
    ]
    await progress.run(steps, undefined).catch((error: unknown) => error)
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
    const inner: Step<undefined>[] = [
      {title: '@habr', run: (_, report) => (report.advance(10, 30, 'days'), passes(6))},
      {title: '@proglib', run: () => passes(6)},
    ]
    await progress.run([{title: 'channels', run: async () => progress.run(inner, undefined)}], undefined)
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
    await progress.run([{title: 'read', run: () => passes(60)}], undefined)
    expect(lines()).to.deep.equal([])
  })
})

import {createProgress, type ProgressMode} from '#src/progress/create-progress.js'
import {interruptedError, type Progress, verbatim} from '@ep23/sdk'
import {fakeRuntime} from '@ep23/sdk/testing'
import {expect} from 'chai'

const quiet = (): void => undefined

function open(mode: ProgressMode, signal = new AbortController().signal): {progress: Progress; lines: () => string[]} {
  const output: string[] = []
  const write = (text: string): boolean => output.push(text) > 0
  const progress = createProgress({
    mode,
    signal,
    tracer: {
      traceId: 't',
      traceparent: () => '',
      span: async (_name, _attributes, work) => work({setAttributes: quiet}),
    },
    logger: {debug: quiet, info: quiet, warn: quiet, error: quiet},
    clock: {now: () => new Date(0), monotonic: () => 0},
    stderr: {isTTY: true, columns: 60, rows: 20, write} as unknown as NodeJS.WriteStream,
  })
  return {progress, lines: () => output.join('').split('\n').slice(0, -1)}
}

const PROGRESSES: Record<string, () => Progress> = {
  'in a terminal': () => open('terminal').progress,
  'as lines': () => open('lines').progress,
  'in silence': () => open('silent').progress,
  'of the fake runtime': () => fakeRuntime().progress,
}

for (const [name, create] of Object.entries(PROGRESSES)) {
  describe(`announced steps ${name}`, () => {
    it('take what they need and return what they made', async () => {
      const text = await create().steps(['Read', 'Count', 'Write'], async ({step}) => {
        const words = await step('Read', async report => {
          report.note('one file')
          return ['a', 'b']
        })
        const count = await step('Count', () => words.length)
        return step('Write', () => `${count} words`)
      })
      expect(text).to.equal('2 words')
    })

    it('may be one alone', async () => {
      expect(await create().step('Read', report => (report.advance(1, 1, 'files'), 7))).to.equal(7)
    })

    it('may be skipped, and give nothing then', async () => {
      const made = await create().steps(['Read', 'Write'], async ({step, skip}) => [
        await step('Read', () => 1),
        skip('Write', 'no --output'),
      ])
      expect(made).to.deep.equal([1, undefined])
    })

    it('end with the error of the one that failed, unchanged', async () => {
      const error = new Error('no space')
      const ran: string[] = []
      const thrown = await create()
        .steps(['Read', 'Write'], async ({step}) => {
          await step('Read', async () => Promise.reject(error))
          await step('Write', () => ran.push('Write'))
        })
        .catch((caught: unknown) => caught)
      expect(thrown).to.equal(error)
      expect(ran).to.deep.equal([])
    })

    it('end when the work ends before all of them ran, or fails between two', async () => {
      const early = await create().steps(['Read', 'Write'], async ({step}) => step('Read', () => 'nothing new'))
      expect(early).to.equal('nothing new')
      const error = new Error('between')
      const between = create().steps(['Read', 'Write'], async ({step}) => {
        await step('Read', () => 1)
        throw error
      })
      expect(await between.catch((caught: unknown) => caught)).to.equal(error)
    })

    it('run at once, and none runs any more when the first error arrives', async () => {
      const ended: string[] = []
      const work = create().steps(
        ['slow', 'fails'],
        async ({step}) =>
          Promise.all([
            step('slow', async () => {
              for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
              ended.push('slow')
            }),
            step('fails', async () => Promise.reject(new Error('first'))),
          ]),
        {concurrent: true},
      )
      expect(await work.catch((caught: unknown) => caught)).to.have.property('message', 'first')
      expect(ended).to.deep.equal(['slow'])
    })

    it('are refused when they were not announced, or have run', async () => {
      const twice = create().steps(['Read'], async ({step}) => {
        await step('Read', () => 1)
        await step('Read', () => 2)
      })
      expect(await twice.catch((caught: unknown) => caught)).to.have.property(
        'message',
        'the step "Read" was not announced, or has run already',
      )
    })
  })
}

describe('announced steps', () => {
  it('count all of them, also the skipped ones', async () => {
    const {progress, lines} = open('lines')
    await progress.steps(['Read', 'Judge', 'Write'], async ({step, skip}) => {
      await step('Read', () => 1)
      skip('Judge', 'stored\nverdicts')
      await step('Write', () => 2)
    })
    expect(lines()).to.deep.equal([
      '[1/3] Read',
      '[1/3] Read: done in 0 s',
      '[2/3] Judge: skipped: stored verdicts',
      '[3/3] Write',
      '[3/3] Write: done in 0 s',
    ])
  })

  it('do not start after an interruption', async () => {
    const controller = new AbortController()
    const reason = interruptedError(verbatim('2 of 5 channels are kept'))
    const {progress} = open('silent', controller.signal)
    const work = progress.steps(['Read', 'Write'], async ({step}) => {
      await step('Read', () => controller.abort(reason))
      await step('Write', () => expect.fail('ran'))
    })
    expect(await work.catch((caught: unknown) => caught)).to.equal(reason)
  })
})

import {EXIT} from '@ep23/sdk'
import {expect} from 'chai'
import * as fc from 'fast-check'

/** Of each target, half of it on CI, where the inputs are those of every other time; EP23_FUZZ_SECONDS for hours, EP23_FUZZ_SEED to see a failure again. On CI always the same seed, so that it refuses no innocent change. */
const SECONDS = Number(process.env['EP23_FUZZ_SECONDS'] ?? (process.env['CI'] ? 0.5 : 1))
const SEED = Number(process.env['EP23_FUZZ_SEED'] ?? (process.env['CI'] ? 1 : Date.now() % 1_000_000))

/** A reader that computes longer on some kilobytes hangs, as far as its caller can tell; of the processor's time, whatever else it works on. */
const MOST_MS = 5000
const MOST_GROWTH_BYTES = 512 * 1024 * 1024

/** Refusals that tell the caller what to do; 1 is for bugs. */
const HONEST: readonly unknown[] = [EXIT.usage, EXIT.badData, EXIT.unavailable, EXIT.tryAgain, EXIT.notPermitted]

/**
 * A test that gives a reader hostile input for some seconds: it takes it or refuses it with a place and an exit code of its own, soon,
 * and without holding on to memory. A failure prints the seed and the smallest input that was found.
 * @param input what the reader is given
 * @param read throws whatever the reader throws
 */
export function fuzz<T>(title: string, input: fc.Arbitrary<T>, read: (value: T) => Promise<unknown>): void {
  it(`${title} (seed ${SEED})`, async function () {
    this.timeout(SECONDS * 1000 + 120_000)
    const before = process.memoryUsage.rss()
    const property = fc.asyncProperty(input, async value => endsHonestly(() => read(value)))
    // The first one however long it takes: on a busy machine the time may be over before it ends, which is no fault of the reader.
    await fc.assert(property, {seed: SEED, numRuns: 1})
    const limits = {interruptAfterTimeLimit: SECONDS * 1000, markInterruptAsFailure: false}
    const details = await fc.check(property, {seed: SEED, numRuns: Number.MAX_SAFE_INTEGER, ...limits})
    if (details.counterexample !== null)
      throw new Error(await fc.asyncDefaultReportMessage(details), {cause: details.errorInstance})
    expect(process.memoryUsage.rss() - before, 'memory that it holds').to.be.below(MOST_GROWTH_BYTES)
  })
}

async function endsHonestly(read: () => Promise<unknown>): Promise<void> {
  const from = process.cpuUsage()
  try {
    await read()
  } catch (error) {
    const {exit, message} = error as {exit?: unknown; message: string}
    if (!HONEST.includes(exit)) throw error
    expect(message, 'a message').to.not.equal('')
  }
  const {user, system} = process.cpuUsage(from)
  expect((user + system) / 1000, 'milliseconds').to.be.below(MOST_MS)
}

/** What has hurt readers before: cut UTF-8, lone surrogates, depth, prototypes, numbers beyond all bounds, ends of lines. */
const TOKENS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '\\',
  '\\u',
  '\\ud800',
  ',',
  ':',
  '\n',
  '\r',
  '\t',
  '\0',
  '\uFEFF',
  '\u2028',
  '\u202E',
  '<',
  '>',
  '&',
  '&#x110000;',
  '<!--',
  '%00',
  '../',
  '__proto__',
  '"constructor":{"prototype":1},',
  '"toString":1,',
  'null',
  '{}',
  '[]',
  '-1',
  '1e999',
  '-0',
  '9'.repeat(40),
  '0x10',
  '1_0',
  '!!js/function',
  '&a *a',
  '<<: *a',
  '? ',
  '- ',
  '---\n',
  '|\n',
  '['.repeat(2000),
  '{"a":'.repeat(2000),
  '2024-13-45T99:99:99',
  'я'.repeat(300),
  '\u0301'.repeat(300),
] as const

interface Edit {
  kind: 'insert' | 'delete' | 'repeat' | 'flip' | 'cut'
  at: number
  length: number
  bytes: Uint8Array
}

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('insert', 'insert', 'delete', 'repeat', 'flip', 'cut'),
  at: fc.nat(),
  length: fc.nat(200),
  bytes: fc.oneof(
    {weight: 4, arbitrary: fc.constantFrom(...TOKENS).map(token => Buffer.from(token))},
    {weight: 1, arbitrary: fc.uint8Array({maxLength: 20})},
  ),
})

/** One of the given inputs, damaged at some places; sometimes no more than noise. */
export function damaged(...inputs: readonly (string | Uint8Array)[]): fc.Arbitrary<Buffer> {
  const whole = fc.constantFrom(...inputs.map(input => Buffer.from(input as string)))
  const edited = fc.tuple(whole, fc.array(edit, {maxLength: 6})).map(([bytes, edits]) => edits.reduce(apply, bytes))
  const noise = fc.uint8Array({maxLength: 300}).map(bytes => Buffer.from(bytes))
  return fc.oneof({weight: 12, arbitrary: edited}, {weight: 1, arbitrary: noise})
}

function apply(input: Buffer, {kind, at, length, bytes}: Edit): Buffer {
  const from = at % (input.length + 1)
  const [head, part, tail] = [
    input.subarray(0, from),
    input.subarray(from, from + length),
    input.subarray(from + length),
  ]
  if (kind === 'insert') return Buffer.concat([head, bytes, part, tail])
  if (kind === 'delete') return Buffer.concat([head, tail])
  if (kind === 'repeat') return Buffer.concat([head, part, part, part, tail])
  if (kind === 'cut') return head
  return Buffer.concat([head, part.map(byte => byte ^ ((length % 255) + 1)), tail])
}

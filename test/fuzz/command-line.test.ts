import {mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import * as fc from 'fast-check'

import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {commandShapes, ENVIRONMENT, HOSTILE_URLS, HOSTILE_WORDS, hostilePaths} from './command-line.ts'

/** Seconds by default; EP23_FUZZ_SECONDS for longer, EP23_FUZZ_SEED to see a failure again. On CI always the same, so that it refuses no innocent change. */
const SECONDS = Number(process.env['EP23_FUZZ_SECONDS'] ?? (process.env['CI'] ? 3 : 6))
const SEED = Number(process.env['EP23_FUZZ_SEED'] ?? (process.env['CI'] ? 1 : Date.now() % 1_000_000))

/** Command lines that once ended with exit 1 or a stack trace. */
const FOUND: {args: string[]; env?: Record<string, string>}[] = [
  {args: ['benchmark:calibrate', '--labels=PATH:null']},
  {args: ['rag:tune', '--space=PATH:an alias bomb']},
  {args: ['benchmark:run', '--scenario=PATH:an alias bomb']},
  {args: ['config:explain', '--config=PATH:an alias bomb']},
  {args: ['config:explain', '--config=PATH:an endless device']},
  {args: ['rag:config:validate', '--rag-config=PATH:itself in itself']},
  {args: ['config:explain', '--config=PATH:itself in itself']},
  {args: ['benchmark:run', '--scenario=PATH:itself in itself']},
]

describe('the command line', function () {
  this.timeout((SECONDS + 240) * 1000)
  const folder = temporaryFolder()
  const hostile = join(folder.path, 'hostile')
  mkdirSync(hostile)
  const paths = hostilePaths(hostile)
  after(() => folder.remove())

  async function holds({args, env = {}}: {args: readonly string[]; env?: Record<string, string>}): Promise<void> {
    const cwd = mkdtempSync(join(folder.path, 'run-'))
    const ended = await runEp23(args, {cwd, env, coverage: false, killAfter: 90_000})
    rmSync(cwd, {recursive: true, force: true})
    const told = `${args.join(' ')} ${JSON.stringify(env)} ended with ${ended.code ?? ended.signal}: ${ended.stderr}`
    expect(ended.code, told).to.be.oneOf([0, 2, 3, 4, 5, 64, 65, 69, 75, 77, 127])
    expect(ended.stderr, told).to.not.match(/\n\s+at .+:\d+:\d+|bug of ep23/u)
  }

  for (const {args, env} of FOUND)
    it(`says what is wrong: ${args.join(' ')}`, () =>
      holds({
        args: args.map(arg => arg.replace(/PATH:(?<name>.+)$/u, (_, name: string) => paths[name] ?? name)),
        ...(env && {env}),
      }))

  it(`says what is wrong with anything (seed ${SEED})`, async () => {
    const until = performance.now() + SECONDS * 1000
    const path = fc.constantFrom(...Object.values(paths))
    const [word, url] = [fc.constantFrom(...HOSTILE_WORDS), fc.constantFrom(...HOSTILE_URLS)]
    const value = {path, url, number: word, text: fc.oneof(word, path), switch: fc.constant('')}
    const line = fc.constantFrom(...commandShapes()).chain(({id, args, flags}) =>
      fc.record({
        args: fc
          .tuple(
            fc.tuple(...args.map(() => fc.oneof(path, word))),
            fc
              .subarray(flags, {maxLength: 4})
              .chain(chosen =>
                fc.tuple(
                  ...chosen.map(flag =>
                    value[flag.kind].map(text => `--${flag.name}${flag.kind === 'switch' ? '' : `=${text}`}`),
                  ),
                ),
              ),
          )
          .map(([given, set]) => [id, ...given, ...set].map(arg => arg.replaceAll('\0', ''))),
        env: fc.oneof(
          fc.constant<Record<string, string>>({}),
          ...(['path', 'url', 'text'] as const).map(kind =>
            fc.tuple(fc.constantFrom(...ENVIRONMENT[kind]), value[kind]).map(([name, text]) => ({[name]: text})),
          ),
        ),
      }),
    )
    let tried = 0
    for (const {args, env} of fc.sample(line, {seed: SEED, numRuns: Math.max(50, SECONDS * 5)})) {
      if (performance.now() > until) break
      await holds({args, env})
      tried += 1
    }
    expect(tried).to.be.above(0)
  })
})

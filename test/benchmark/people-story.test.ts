import {type ChildProcess, spawn} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {pathToFileURL} from 'node:url'

import {expect} from 'chai'
import type {Browser, Page} from 'playwright-core'

import {
  answer,
  type Asked,
  fakeModelServer,
  type FakeModelServer,
} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {startChromium} from '../helpers/chromium.ts'
import {FIVE, fromFlags} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const BIN = join(import.meta.dirname, '../../bin/run.js')
const SCORES = ['coverage', 'accuracy', 'coherence', 'informativeness']
const SHOTS = process.env['EP23_TEST_SCREENSHOTS']

/** What a score from 1 to 5 says of a digest, to the judge and to people alike: nobody knows what, but all see it in its bullets. */
function worth(text: string, score: number): number {
  const bullets = text.split('\n').filter(line => line.trimStart().startsWith('-'))
  return (((bullets.join('').match(/о/giu)?.length ?? 0) + 3 * score) % 5) + 1
}

/** One model, which writes digests and judges them. */
function replyOf({body: {messages}}: Asked): string {
  const shown = messages.find(({role}) => role === 'user')?.content ?? ''
  const part = (tag: string) => new RegExp(`<${tag}>\\n([^]*?)\\n</${tag}>`, 'u').exec(shown)?.[1] ?? ''
  const words = part('source').split(/\s+/u)
  if (!shown.includes('<summary>')) return `- ${words.slice(0, 9).join(' ')}.\n- За день было **несколько** новостей.`
  const quoteOf = (text: string) => (/(?<![\p{L}\d-])[а-яё]+ [а-яё]+ [а-яё]+(?![\p{L}\d-])/iu.exec(text) ?? [''])[0]
  const verdicts = SCORES.map((name, score) => [
    name,
    {
      why: 'По числу букв.',
      quotes: [quoteOf(name === 'coherence' ? part('summary') : part('source'))],
      score: Math.round(2.5 * (worth(part('summary'), score) - 1)),
    },
  ])
  return JSON.stringify(Object.fromEntries(verdicts))
}

describe('from posts to gates that name their people', function () {
  this.timeout(180_000)
  const folder = temporaryFolder()
  const at = (...names: string[]): string => join(folder.path, ...names)
  const sessions: ChildProcess[] = []
  let browser: Browser
  let server: FakeModelServer

  before(async function () {
    browser = await startChromium(this)
    server = await fakeModelServer((asked, response) => answer(response, replyOf(asked)))
  })
  after(async () => {
    for (const child of sessions) child.kill('SIGKILL')
    await browser?.close()
    await server?.close()
    folder.remove()
  })

  async function dataOf(args: string[], codes: number[] = [0]) {
    const ended = await runEp23([...args, '--json', '-q'], {cwd: folder.path, env: {LLM_URL: server.url}})
    expect(codes, ended.stderr + ended.stdout).to.include(ended.code)
    return JSON.parse(ended.stdout).data
  }

  /** A session of a rater in the browser. */
  async function sit(rater: string, lang: 'ru' | 'en'): Promise<Page> {
    const env = {PATH: process.env['PATH'], EP23_LANG: lang, EP23_DATA_DIR: at('.data'), EP23_CONFIG_DIR: at('.config')}
    const child = spawn(process.execPath, [BIN, 'benchmark:label', 'week', '--rater', rater, '--web'], {
      cwd: folder.path,
      env,
    })
    sessions.push(child)
    let said = ''
    child.stderr.setEncoding('utf8').on('data', text => (said += text))
    while (!/http:\S+\s/u.test(said)) await sleep(50)
    const page = await browser.newPage()
    await page.goto(/http:\S+/u.exec(said)?.[0] ?? '')
    await page.waitForSelector('footer')
    return page
  }

  /** Labels all that is shown, until nothing is left. */
  async function label(page: Page, judgeOf: (item: number, value: number) => number): Promise<void> {
    let lines = 0
    const kept = (more: number) => page.waitForSelector(`[data-lines="${(lines += more)}"]`)
    for (let item = 0; (await page.locator('.options button, input').count()) > 0; item += 1) {
      const text = (await page.locator('main section p').first().textContent()) ?? ''
      await page.keyboard.press('Digit1')
      await kept(1)
      await page.keyboard.press('Enter')
      await kept(1)
      // Who types ahead loses no key.
      for (const score of SCORES.keys()) await page.keyboard.press(`Digit${judgeOf(item, worth(text, score))}`)
      await kept(SCORES.length)
    }
    await page.close()
  }

  async function shoot(): Promise<void> {
    if (SHOTS === undefined) return
    mkdirSync(SHOTS, {recursive: true})
    const {runs} = await dataOf(['benchmark:list'])
    const hashes = {
      runs: '/runs',
      run: `/run/${runs[0].run_id}`,
      sample: `/run/${runs[0].run_id}/3`,
      trend: '/trend?adjusted',
      matrix: '/matrix',
    }
    for (const [language, theme, width] of [
      ['ru', 'light', 1280],
      ['ru', 'dark', 400],
      ['en', 'dark', 1280],
      ['en', 'light', 400],
    ] as const)
      for (const [name, hash] of Object.entries(hashes)) {
        const page = await browser.newPage({viewport: {width, height: 900}})
        await page.goto(`${pathToFileURL(at('pages/index.html')).href}#${hash}`)
        await page.waitForSelector('main h1')
        await page.selectOption('select >> nth=0', language)
        await page.selectOption('select >> nth=1', theme)
        await page.waitForTimeout(200)
        await page.screenshot({path: join(SHOTS, `${name}-${language}-${theme}-${width}.png`)})
        await page.close()
      }
  }

  it('seeds, compares two writers, is labelled by two people, and says in every gate who stands behind it', async () => {
    await dataOf(['dataset:seed', ...fromFlags(FIVE), '--until', '2024-12-03', '--days', '6', '--minimum', '6'])
    writeFileSync(at('matrix.yaml'), 'writers: [dataset, "openai:w"]\njudges: ["llm:j"]\noutput: matrix.md\n')
    const matrix = await dataOf(['benchmark:matrix', 'matrix.yaml'])
    expect(matrix, JSON.stringify({...matrix, cells: matrix.cells.length})).to.include({ran: 2, kept: 0, left: 0})
    expect(readFileSync(at('matrix.md'), 'utf8')).to.include('| w, anew | j · digest-ru-1 |')
    const {runs} = await dataOf(['benchmark:list'])
    const named = runs.flatMap(({run_id}: {run_id: string}) => ['--run', run_id])

    const before = JSON.parse(readFileSync(join(runs[0].folder, 'run.json'), 'utf8'))
    expect(statusesIn(before)).to.deep.equal(['none', 'none', 'none', 'none'])

    await dataOf(['benchmark:label', 'plan', ...named, '--raters', 'anna,boris', '--size', '30', '--name', 'week'])
    const [anna, boris] = await Promise.all([sit('anna', 'ru'), sit('boris', 'en')])
    const wavering = (item: number, value: number) => (item % 6 === 5 ? Math.max(1, value - 1) : value)
    await Promise.all([label(anna, (_, value) => value), label(boris, wavering)])
    const report = await dataOf(['benchmark:label', 'report', 'week'])
    const coverage = report.agreement.find(({measure}: {measure: string}) => measure === 'coverage')
    expect(coverage).to.include({status: 'measured', items: 30})
    expect(coverage.alpha.estimate).to.be.within(0.8, 0.999)

    const calibrated = await dataOf(['benchmark:calibrate', '--labels', 'week', '--save', '--resamples', '200'])
    expect(calibrated.saved).to.have.length(1)
    const after = await dataOf(
      [
        'benchmark:run',
        '-s',
        'channel_digest_ru',
        '-j',
        'llm',
        '--model',
        'j',
        '--require-calibration',
        '--allow-undecided',
      ],
      [0, 2],
    )
    expect(statusesIn(after)).to.deep.equal(['calibrated', 'calibrated', 'calibrated', 'calibrated'])
    expect(readFileSync(join(after.folder, 'report.md'), 'utf8')).to.match(
      /calibrated \(Spearman .* over 30 labels by people/u,
    )
    await dataOf(['view', '--export', 'pages'])
    await shoot()
  })

  function statusesIn(run: {
    assessment: {gates: {metric: string; calibration: {status: string} | null}[]}
  }): (string | undefined)[] {
    return run.assessment.gates
      .filter(({metric}) => SCORES.includes(metric))
      .map(({calibration}) => calibration?.status)
  }
})

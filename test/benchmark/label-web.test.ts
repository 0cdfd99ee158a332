import {type ChildProcess, spawn} from 'node:child_process'
import {appendFileSync, mkdirSync, readFileSync, rmSync} from 'node:fs'
import {request} from 'node:http'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'

import {expect} from 'chai'
import type {Browser, Page} from 'playwright-core'

import {SECRETS, writtenPlan} from '../../plugins/benchmark/test/sample/written-plan.ts'
import {labelByKeys} from '../../plugins/benchmark/test/sample/simulated-rater.ts'
import {startChromium} from '../helpers/chromium.ts'
import {NAMELESS_CONTROLS, PALE_TEXTS, SCROLLS_SIDEWAYS} from '../helpers/in-page.ts'
import {temporaryFolder} from '../helpers/run-ep23.ts'

const BIN = join(import.meta.dirname, '../../bin/run.js')
/** One item: refused with a reason, one score taken back and given anew. */
const ITEM = ['2', 'reason', '1', 'u', '2', '3', '4', '5']
/** Twenty items, one of them again. */
const SHOWINGS = 21
const SHOTS = process.env['EP23_TEST_SCREENSHOTS']

interface Served {
  child: ChildProcess
  url: string
}

describe('benchmark:label --web', function () {
  this.timeout(240_000)
  const folder = temporaryFolder()
  const at = (...names: string[]): string => join(folder.path, ...names)
  let browser: Browser
  const served: ChildProcess[] = []

  before(async function () {
    browser = await startChromium(this)
    await writtenPlan(at('labels/scores'))
    await writtenPlan(at('labels/pairs'), {mode: 'pair'})
    await writtenPlan(at('labels/long'), {size: 300, postOf: item => `${item} слово `.repeat(1700)})
  })
  after(async () => {
    for (const child of served) child.kill('SIGKILL')
    await browser?.close()
    folder.remove()
  })

  /** Starts a session; resolves with the address that it prints. */
  async function serve(plan: string, rater: string, lang = 'ru'): Promise<Served> {
    const env = {PATH: process.env['PATH'], EP23_LANG: lang, EP23_DATA_DIR: at('.data'), EP23_CONFIG_DIR: at('.config')}
    const child = spawn(process.execPath, [BIN, 'benchmark:label', plan, '--rater', rater, '--web'], {
      cwd: folder.path,
      env,
    })
    served.push(child)
    let said = ''
    child.stderr.setEncoding('utf8').on('data', text => (said += text))
    for (let waited = 0; ; waited += 50) {
      const url = /(?<url>http:\S+)/u.exec(said)?.groups?.['url']
      if (url !== undefined) return {child, url}
      expect(waited, said).to.be.below(60_000)
      await sleep(50)
    }
  }

  async function stop({child}: Served, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const ended = new Promise(resolve => child.once('close', resolve))
    child.kill(signal)
    await ended
  }

  async function open(url: string, scheme: 'light' | 'dark' = 'light', width = 1280): Promise<Page> {
    const context = await browser.newContext({colorScheme: scheme, viewport: {width, height: 800}})
    const page = await context.newPage()
    await page.goto(url)
    await page.waitForSelector('footer')
    return page
  }

  const linesShown = (page: Page, count: number): Promise<unknown> => page.waitForSelector(`[data-lines="${count}"]`)
  const linesIn = (...names: string[]): Record<string, unknown>[] =>
    readFileSync(at(...names), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>)
  const untimed = (lines: Record<string, unknown>[]) => lines.map(({at: _at, ms: _ms, ...line}) => line)

  /** Presses the keys of the layout, each after the one before has been kept. */
  async function press(page: Page, keys: readonly string[], layout: 'ru' | 'en'): Promise<void> {
    let known = Number(await page.locator('[data-lines]').getAttribute('data-lines'))
    for (const key of keys) {
      if (key === 'reason') {
        await page.keyboard.insertText('потому что так')
        await page.keyboard.press('Enter')
      } else if (key === 'u' && layout === 'ru')
        await page.evaluate(
          `document.dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyU', key: 'г', bubbles: true}))`,
        )
      else await page.keyboard.press(key === 'u' ? 'KeyU' : `Digit${key}`)
      known += 1
      await linesShown(page, known)
    }
  }

  it('takes a whole session by the keyboard, the same in both layouts and in the terminal', async () => {
    const files = []
    for (const layout of ['ru', 'en'] as const) {
      rmSync(at('labels/scores/anna.jsonl'), {force: true})
      const server = await serve('scores', 'anna', layout)
      const page = await open(server.url)
      for (let item = 0; item < SHOWINGS; item++) await press(page, ITEM, layout)
      await page.waitForSelector(layout === 'ru' ? 'text=Всё размечено' : 'text=All done')
      files.push(untimed(linesIn('labels/scores/anna.jsonl')))
      await page.context().close()
      await stop(server)
    }
    expect(files[0]).to.have.length(SHOWINGS * ITEM.length)
    expect(files[1]).to.deep.equal(files[0])
    mkdirSync(at('terminal'))
    const keys = Array.from({length: SHOWINGS}, () =>
      ITEM.flatMap(key => (key === 'reason' ? [...Array.from('потому что так'), '\r'] : [key])),
    )
    await labelByKeys(at('labels/scores'), at('terminal'), 'anna', keys.flat())
    expect(untimed(linesIn('terminal/anna.jsonl'))).to.deep.equal(files[0])
  })

  it('keeps every key when it is killed, and the same command shows the next item', async () => {
    const first = await serve('pairs', 'anna')
    const page = await open(first.url)
    await press(page, ['1', '3', '4'], 'ru')
    const shown = await page.locator('main section p').first().textContent()
    await stop(first, 'SIGKILL')
    expect(linesIn('labels/pairs/anna.jsonl')).to.have.length(3)
    const second = await serve('pairs', 'anna')
    const again = await open(second.url)
    expect(await again.locator('[data-lines]').textContent()).to.equal(`3 из ${SHOWINGS}`)
    expect(await again.locator('main section p').first().textContent()).to.equal(shown)
    await stop(second)
  })

  it('keeps no key after labels of another session, and says so in the page', async () => {
    rmSync(at('labels/pairs/anna.jsonl'), {force: true})
    const server = await serve('pairs', 'anna')
    const page = await open(server.url)
    await press(page, ['1'], 'ru')
    const [line] = linesIn('labels/pairs/anna.jsonl')
    appendFileSync(at('labels/pairs/anna.jsonl'), `${JSON.stringify({...line, ms: 7})}\n`)
    for (let again = 0; again < 2; again += 1) {
      await page.keyboard.press('Digit2')
      await page.waitForSelector('[role=alert]:has-text("в другом сеансе")')
      expect(await page.locator('[data-lines]').getAttribute('data-lines')).to.equal('1')
    }
    expect(linesIn('labels/pairs/anna.jsonl').map(({ms}) => ms)[1]).to.equal(7)
    expect(linesIn('labels/pairs/anna.jsonl')).to.have.length(2)
    await page.context().close()
    await stop(server)
  })

  it('tells no writer, run or other rater in any answer', async () => {
    const server = await serve('pairs', 'boris')
    const page = await browser.newPage()
    const bodies: string[] = []
    page.on(
      'response',
      response =>
        void response.text().then(
          text => bodies.push(response.url() + text),
          () => undefined,
        ),
    )
    await page.goto(server.url)
    await page.waitForSelector('footer')
    await press(page, ['1', '2', 'u', '4'], 'ru')
    expect(bodies.length).to.be.at.least(7)
    const all = bodies.join('\n')
    for (const secret of [...SECRETS, 'anna', '@habr']) expect(all.includes(secret), secret).to.equal(false)
    await stop(server)
  })

  it('answers nobody but the browser that was let in, and keeps raters apart until the reveal', async () => {
    const server = await serve('pairs', 'boris')
    const {origin} = new URL(server.url)
    const body = JSON.stringify({code: 'Digit1', ms: 1, lines: 4})
    expect(await status(`${origin}/api/keys`, {method: 'POST', body})).to.equal(401)
    const cookie = await cookieOf(server.url)
    expect(
      await status(`${origin}/api/keys`, {method: 'POST', body, headers: {cookie, origin: 'http://evil.example'}}),
    ).to.equal(403)
    expect(
      await status(`${origin}/api/keys`, {method: 'POST', body, headers: {cookie, 'sec-fetch-site': 'cross-site'}}),
    ).to.equal(403)
    expect(await status(`${origin}/api/keys`, {method: 'POST', body: '{}', headers: {cookie}})).to.equal(400)
    expect(await status(`${origin}/api/state`, {headers: {cookie, host: 'evil.example'}})).to.equal(403)
    expect(await status(`${origin}/api/labels/boris`, {headers: {cookie}})).to.equal(200)
    expect(await status(`${origin}/api/labels/anna`, {headers: {cookie}})).to.equal(403)
    // A page that was overtaken changes nothing.
    expect(
      await status(`${origin}/api/keys`, {method: 'POST', body: body.replace('4}', '1}'), headers: {cookie}}),
    ).to.equal(200)
    expect(linesIn('labels/pairs/boris.jsonl')).to.have.length(4)
    appendFileSync(at('labels/pairs/reveals.jsonl'), '{"at":"2024-12-04T09:00:00.000Z","kind":"reveal"}\n')
    expect(await status(`${origin}/api/labels/anna`, {headers: {cookie}})).to.equal(200)
    expect(await status(server.url, {})).to.equal(403)
    await stop(server)
  })

  it('shows the first of 300 items at once, and long posts scroll without the question leaving the screen', async () => {
    const server = await serve('long', 'anna')
    const page = await open(server.url)
    const ready = await page.evaluate<number>(`new Promise(resolve => {
      const begun = performance.now()
      fetch('/api/state').then(response => response.json()).then(() => resolve(performance.now() - begun))
    })`)
    expect(ready).to.be.below(300)
    const painted = await page.evaluate<number>(`performance.getEntriesByName('first-contentful-paint')[0].startTime`)
    expect(painted).to.be.below(1500)
    for (const width of [1280, 400]) {
      await page.setViewportSize({width, height: 800})
      await page.evaluate(`[...document.querySelectorAll('main section')].at(-1).scrollTo(0, 1e6)`)
      const inSight = await page.evaluate<boolean>(`(() => {
        const {top, bottom} = document.querySelector('footer').getBoundingClientRect()
        const section = [...document.querySelectorAll('main section')].at(-1)
        return top > 0 && bottom <= innerHeight && section.scrollTop > 100
      })()`)
      if (SHOTS) await page.screenshot({path: join(SHOTS, `label-long-${width}.png`)})
      expect(inSight, `${width} px`).to.equal(true)
      expect(await page.evaluate(SCROLLS_SIDEWAYS)).to.equal(false)
    }
    await stop(server)
  })

  for (const [scheme, width, lang] of [
    ['light', 1280, 'ru'],
    ['dark', 400, 'en'],
  ] as const)
    it(`can be read and named aloud: ${scheme}, ${width} px, ${lang}`, async () => {
      rmSync(at('labels/scores/boris.jsonl'), {force: true})
      const server = await serve('scores', 'boris', lang)
      const page = await open(server.url, scheme, width)
      for (const [i, keys] of [[], ['2'], ['reason']].entries()) {
        await press(page, keys, 'en')
        expect(await page.evaluate(NAMELESS_CONTROLS)).to.deep.equal([])
        expect(await page.evaluate(PALE_TEXTS)).to.deep.equal([])
        expect(await page.evaluate(SCROLLS_SIDEWAYS)).to.equal(false)
        if (SHOTS) await page.screenshot({path: join(SHOTS, `label-${scheme}-${width}-${i}.png`)})
      }
      await stop(server)
    })
})

function status(
  url: string,
  {method = 'GET', body, headers = {}}: {method?: string; body?: string; headers?: Record<string, string>},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const json = body === undefined ? {} : {'content-type': 'application/json'}
    request(url, {method, headers: {...json, ...headers}}, response => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end(body)
  })
}

function cookieOf(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, response => {
      response.resume()
      resolve(response.headers['set-cookie']?.[0]?.split(';')[0] ?? '')
    })
      .on('error', reject)
      .end()
  })
}

import {execFileSync} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {createServer, request, type OutgoingHttpHeaders} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {gzipSync} from 'node:zlib'

import {expect} from 'chai'
import type {Browser, Page} from 'playwright-core'

import {
  BUSY,
  FOCUSED_STOP,
  KEY_J_OF_RUSSIAN_LAYOUT,
  NAMELESS_CONTROLS,
  PALE_TEXTS,
  SCROLLS_SIDEWAYS,
  TAB_STOPS,
  TINY_TEXTS,
} from '../helpers/in-page.ts'
import {startChromium, waitUntil} from '../helpers/chromium.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {fromFlags} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const ASSETS = join(import.meta.dirname, '../../plugins/benchmark/assets')
const HOSTILE = `<img src=x onerror="document.title='hit'"></script>\u2028\u202eabc & конец`

describe('ep23 view', function () {
  this.timeout(300_000)
  const folder = temporaryFolder()
  const out = join(folder.path, 'pages')
  let browser: Browser
  let whole: string
  let part: string

  before(async function () {
    browser = await startChromium(this)
    await ends(
      0,
      'dataset:seed',
      ...fromFlags(['habr', 'proglib', 'moscowach']),
      '--until',
      '2024-12-03',
      '--days',
      '8',
      '--minimum',
      '8',
    )
    plantHostileDigest()
    whole = await run()
    part = await run('--limit', '5')
    await ends(0, 'benchmark:bless', whole, '--as', 'main')
    damageOne()
    await ends(0, 'view', '--export', 'pages')
  })
  after(async () => {
    await browser?.close()
    folder.remove()
  })

  async function ends(code: number, ...args: string[]): Promise<string> {
    const ended = await runEp23([...args, '--quiet'], {cwd: folder.path})
    expect(ended.code, ended.stderr + ended.stdout).to.equal(code)
    return ended.stdout
  }

  async function run(...args: string[]): Promise<string> {
    const scenario = ['--scenario', 'channel_digest_ru', '--judge', 'lexical', '--allow-undecided']
    return JSON.parse(await ends(0, 'benchmark:run', ...scenario, ...args, '--json')).run_id as string
  }

  /** A digest whose text is an attack on the page. */
  function plantHostileDigest(): void {
    const record = {
      digest_id: '@hostile:2024-12-01',
      channel: '@hostile',
      language: 'ru',
      summary_markdown: `- ${HOSTILE} [пост](https://t.me/habr/1)`,
      posts: [{post_id: '7', published_at: '2024-12-01T10:00:00Z', text: `Пост про ${HOSTILE} и про город`}],
      created_at: '2024-12-01T20:00:00Z',
      metadata: {llm_model: '<b>writer</b>', origin: 'telegram', time_range_hours: 24},
    }
    writeFileSync(join(folder.path, 'hostile.jsonl'), JSON.stringify(record))
    execFileSync(
      process.execPath,
      [
        join(import.meta.dirname, '../../bin/run.js'),
        'dataset:import',
        'digests',
        'hostile.jsonl',
        '--origin',
        'telegram',
        '-q',
      ],
      {
        cwd: folder.path,
        env: {
          ...process.env,
          EP23_DATA_DIR: join(folder.path, '.data'),
          EP23_CONFIG_DIR: join(folder.path, '.config'),
          EP23_CACHE_DIR: join(folder.path, '.cache'),
        },
      },
    )
  }

  function damageOne(): void {
    const bad = join(folder.path, 'datasets/benchmarks/20240101T000000Z-000000000000')
    mkdirSync(bad)
    writeFileSync(join(bad, 'run.json'), '{"format_version": 2,')
  }

  /** A page of the export; anything it complains of or asks for elsewhere fails the test. */
  async function open(
    hash: string,
    {base = pathToFileURL(join(out, 'index.html')).href, language = 'ru', width = 1280} = {},
  ): Promise<Page> {
    const page = await browser.newPage({viewport: {width, height: 800}, locale: language === 'ru' ? 'ru-RU' : 'en-GB'})
    page.on('pageerror', error => expect.fail(error.message))
    page.on('console', message => message.type() === 'error' && expect.fail(message.text()))
    page.on('request', asked => {
      if (new URL(asked.url()).origin !== new URL(base).origin) expect.fail(`asked for ${asked.url()}`)
    })
    await page.goto(`${base}#${hash}`)
    await page.waitForSelector('main h1')
    await page.selectOption('select >> nth=0', language)
    return page
  }

  it('shows every run, the damaged one as such, from a file, another path and a server below a path', async () => {
    const {runs} = JSON.parse(await ends(0, 'benchmark:list', '--json')).data as {runs: {run_id: string}[]}
    const moved = join(folder.path, 'a b/ы')
    cpSync(out, moved, {recursive: true})
    const fileOf = (path = ''): string => join(out, decodeURI(path).replace('/below/', '') || 'index.html')
    const server = createServer((asked, response) =>
      response.end(existsSync(fileOf(asked.url)) ? readFileSync(fileOf(asked.url)) : ''),
    )
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    const bases = [
      undefined,
      pathToFileURL(join(moved, 'index.html')).href,
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/below/`,
    ]
    const texts: string[] = []
    for (const base of bases) {
      const page = await open('/runs', base === undefined ? {} : {base})
      await page.waitForSelector('tbody tr')
      texts.push(await page.innerText('main'))
      await page.close()
    }
    server.close()
    expect(new Set(texts).size).to.equal(1)
    for (const {run_id} of runs) expect(texts[0]).to.include(run_id)
    expect(texts[0]).to.include('20240101T000000Z-000000000000: повреждён').and.to.include('эталон main')
  })

  it('is the same bytes each time, proven by exporters:check, within its budget, with no address of others', async () => {
    await ends(0, 'view', '--export', 'again')
    for (const name of readdirSync(out))
      expect(readFileSync(join(folder.path, 'again', name)).equals(readFileSync(join(out, name))), name).to.equal(true)
    await ends(0, 'exporters:check', 'pages')
    const script = readFileSync(join(ASSETS, 'view.js'))
    expect(gzipSync(script, {level: 9}).length).to.be.at.most(20 * 1024)
    expect(script.length).to.be.at.most(60 * 1024)
    expect(statSync(join(ASSETS, 'view.css')).size).to.be.at.most(15 * 1024)
    expect(script.toString()).to.not.match(/https?:\/\/(?!www\.w3\.org|t\\?\.me)/u)
  })

  it('will not write over what is not its own', async () => {
    mkdirSync(join(folder.path, 'mine'))
    writeFileSync(join(folder.path, 'mine/notes.txt'), 'mine')
    await ends(64, 'view', '--export', 'mine')
    expect(readdirSync(join(folder.path, 'mine'))).to.deep.equal(['notes.txt'])
  })

  it('is written anew after a kill, and an old one stays whole until then', async () => {
    const pages = join(folder.path, 'killed')
    mkdirSync(pages)
    // What a run leaves that was killed: our script, which is written first, some data, half a file, no manifest.
    for (const name of ['view.js', 'index.html', 'data-runs.js']) cpSync(join(out, name), join(pages, name))
    writeFileSync(join(pages, '.data-trend.js.0123456789ab.tmp'), 'ep23.put(')
    await ends(0, 'view', '--export', 'killed')
    await ends(0, 'exporters:check', 'killed')
    expect(readdirSync(pages).toSorted()).to.deep.equal(readdirSync(out).toSorted())
  })

  it('reads everything again when what it remembered cannot be read', async () => {
    const cache = join(folder.path, '.cache/view-runs.jsonl')
    expect(existsSync(cache)).to.equal(true)
    const expected = await ends(0, 'benchmark:trend')
    for (const broken of ['', '{', 'null', '[]', '{"version":3}', '{"version":3,"runs":[1]}']) {
      writeFileSync(cache, broken)
      expect(await ends(0, 'benchmark:trend'), broken).to.equal(expected)
    }
  })

  it('shows the numbers of benchmark:show', async () => {
    const {run: shown} = JSON.parse(await ends(0, 'benchmark:show', whole, '--json')).data
    const page = await open(`/run/${whole}`, {language: 'en'})
    const text = await page.innerText('main')
    for (const facts of Object.values<Record<string, {estimate: number; low: number; high: number}>>(
      shown.assessment.by_origin.telegram.scores,
    )) {
      const mean = facts['clustered_mean'] ?? facts['mean']
      expect(text).to.include(mean?.estimate.toFixed(3))
      expect(text).to.include(`${mean?.low.toFixed(3)} … ${mean?.high.toFixed(3)}`)
    }
    const terminal = (await ends(0, 'benchmark:show', whole, '--lang', 'en')).replaceAll(/\s+/gu, ' ')
    expect(shown.assessment.gates).to.not.have.length(0)
    for (const [index, gate] of shown.assessment.gates.entries()) {
      const row = await page.locator('h2:text("Gates") + .scroll tbody tr').nth(index).innerText()
      const why = gate.reason.replace(/^[\d.]+ (?:\([^)]*\) )?/u, '')
      for (const words of [gate.verdict, gate.interval.estimate.toFixed(3), why]) expect(row).to.include(words)
      if (gate.calibration) expect(row).to.include('calibrated')
      expect(terminal).to.include(gate.reason)
    }
    await page.close()
  })

  it('writes a value with as many digits as its interval, and numbers as its language does, in sentences as well', async () => {
    for (const [language, foreign] of [
      ['ru', /(?<![\d.])\d+\.\d+(?![\d.])/u],
      ['en', /\d,\d{1,2}(?!\d)/u],
    ] as const) {
      const page = await open(`/run/${whole}`, {language})
      const rows = await page.locator('main tr', {has: page.locator('td.number', {hasText: '…'})}).all()
      expect(rows).to.have.length.above(5)
      for (const row of rows) {
        const numbers = (await row.locator('td.number').allInnerTexts()).join(' ')
        const digits = [...numbers.matchAll(/\d[.,](?<part>\d+)/gu)].map(({groups}) => groups?.['part']?.length)
        expect(new Set(digits).size, numbers).to.equal(1)
      }
      for (const text of await page.locator('.answer p, td.why').allInnerTexts()) expect(text).to.not.match(foreign)
      await page.close()
    }
  })

  it('shows hostile texts as they are, and links to foreign posts as such', async () => {
    const data = JSON.parse(readFileSync(join(folder.path, 'datasets/benchmarks', whole, 'run.json'), 'utf8'))
    expect(data.dataset.by_channel['@hostile']).to.equal(1)
    const page = await open(`/run/${whole}`)
    await page.locator('tbody tr', {hasText: '@hostile'}).locator('a').click()
    await page.waitForSelector('.bullet')
    expect(await page.innerText('.digest'))
      .to.include('<img src=x onerror=')
      .and.to.include('ссылка не на этот пост')
    expect(await page.title()).to.equal('ep23')
    expect(await page.locator('main img').count()).to.equal(0)
    await page.close()
  })

  it('shows a digest as it is read, its links and what it shares with the posts, by arrow keys as well', async () => {
    const page = await open(`/run/${whole}/0`)
    await page.waitForSelector('.bullet')
    expect(await page.locator('.digest ul .bullet a[href^="https://t.me/"]').count()).to.be.above(0)
    expect(await page.locator('.digest mark.shared').count()).to.be.above(0)
    expect(await page.innerText('.digest')).to.not.match(/\*\*|\]\(|^#/u)
    await page.locator('.bullet').first().focus()
    await page.keyboard.press('ArrowDown')
    expect(await page.locator('.bullet').nth(1).getAttribute('aria-current')).to.equal('true')
    expect(await page.locator('.posts .card.chosen').count()).to.equal(1)
    await page.close()
  })

  describe('of one run, which is benchmark:report', () => {
    const base = pathToFileURL(join(folder.path, 'report.html')).href
    before(() => ends(0, 'benchmark:report', whole, '--compare', 'main', '--details', '5', '--output', 'report.html'))

    it('is the same page as the viewer’s, with what changed, and loads nothing', async () => {
      const viewer = await open(`/run/${whole}`)
      const report = await open('', {base})
      await report.waitForSelector('.beginning')
      const told = await report.innerText('main')
      for (const selector of ['h1', '.answer >> nth=-1', 'table.heat', 'h2:text("Пороги") + .scroll', '.latency'])
        expect(await report.locator(selector).first().innerText(), selector).to.equal(
          await viewer.locator(selector).first().innerText(),
        )
      expect(await viewer.locator('#comparison').count()).to.equal(0)
      // Its verdict comes first, then the change, then tables; a run compared with itself has none.
      expect(told.indexOf('Хуже ли, чем раньше?')).to.be.lessThan(told.indexOf('Что изменилось'))
      expect(await report.locator('#comparison tbody >> nth=0').innerText()).to.include('без разницы')
      await Promise.all([viewer.close(), report.close()])
    })

    it('colours a channel by the side of the threshold that its mean is on, and not where digests are too few', async () => {
      const {run} = JSON.parse(await ends(0, 'benchmark:show', whole, '--json')).data
      const gate = run.assessment.gates.find((each: {metric: string}) => each.metric === 'coverage')
      const page = await open('', {base})
      const cellOf = (channel: string) => page.locator('table.heat tr', {hasText: channel}).locator('td').first()
      for (const [channel, {mean, measured}] of Object.entries<{mean: number; measured: number}>(
        run.assessment.by_origin.telegram.scores.coverage.by_channel,
      )) {
        const side = mean >= gate.pass ? 'pass' : mean >= gate.warn ? 'warn' : 'fail'
        expect((await cellOf(channel).getAttribute('class'))?.trim(), channel).to.equal(
          measured < 4 ? 'number' : `number ${side}`,
        )
      }
      expect(await cellOf('@hostile').innerText()).to.include('n 1')
      await page.close()
    })

    it('finds digests, keeps the texts of some, and opens one by its address', async () => {
      const page = await open('lang=en&sample=@habr:2024-12-01', {base, language: 'en'})
      await page.waitForSelector('h1:text("@habr, 1 Dec 2024")')
      await page.evaluate(BUSY)
      await page.keyboard.press('/')
      await page.waitForSelector('#filter:focus')
      await page.keyboard.type('@habr:2024-12-0')
      await waitUntil(page, 'document.querySelectorAll("td.beginning").length === 3')
      await page.selectOption('[aria-label=Order]', 'lowest')
      expect(page.url()).to.include('order=lowest')
      await page.goto(`${base}#/run/${whole}`)
      await page.waitForSelector('td.beginning')
      const kept = await page.locator('script[id*="/sample/"]').count()
      const rows = await page.locator('td.beginning').count()
      expect([kept, rows]).to.deep.equal([5, 25])
      const texts: boolean[] = []
      for (let index = 0; index < rows; index += 1) {
        await page.goto(`${base}#/run/${whole}/${index}`)
        await page.waitForSelector('main .bullet, main code')
        texts.push((await page.locator('main .bullet').count()) > 0)
      }
      expect(texts.filter(Boolean)).to.have.length(kept)
      await page.close()
    })
  })

  it('says that there is no such day, run or page, without an error', async () => {
    const cases: [string, string][] = [
      ['/day/@habr:1999-01-01?a=x&i=0&b=y&j=0', 'Такого дня здесь нет'],
      ['/run/nosuch', 'Такого запуска или дайджеста здесь нет'],
      [`/run/${whole}/999`, 'Такого запуска или дайджеста здесь нет'],
      ['/nosuch', 'Такой страницы здесь нет'],
    ]
    for (const [hash, words] of cases) {
      const page = await open(hash)
      expect(await page.innerText('main h1'), hash).to.equal(words)
      await page.close()
    }
  })

  it('prints the same series in the terminal', async () => {
    const stdout = await ends(0, 'benchmark:trend', '--since', '2024-11-30', '--json')
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    const {data, warnings} = JSON.parse(stdout)
    const {series} = data
    // A number without it would be taken for one over all runs.
    expect(warnings).to.have.length(1)
    expect(warnings[0]).to.include('20240101T000000Z-000000000000 is left out')
    expect(series[0].points.map(({day}: {day: string}) => day)).to.deep.equal([
      '2024-11-30',
      '2024-12-01',
      '2024-12-02',
      '2024-12-03',
    ])
    expect(problemsOfOutput(await ends(0, 'view', '--export', 'pages', '--json'))).to.deep.equal([])
    await ends(64, 'benchmark:trend', '--score', 'nosuch')
  })

  it('goes by keyboard, in the Russian layout as well', async () => {
    const page = await open(`/run/${whole}/0`)
    await page.waitForSelector('.bullet')
    await page.keyboard.press('j')
    await page.waitForURL(/\/1$/u)
    // What the key j sends in the Russian layout.
    await page.evaluate(KEY_J_OF_RUSSIAN_LAYOUT)
    await page.waitForURL(/\/2$/u)
    await page.keyboard.press('k')
    await page.waitForURL(/\/1$/u)
    await page.keyboard.press('/')
    await page.waitForSelector('#filter:focus')
    await page.keyboard.type('lexical нетакого')
    expect(await page.locator('tbody tr:not(.other)').count()).to.equal(0)
    await page.close()
  })

  it('draws a line a judge, and a run over a part hollow', async () => {
    const page = await open('/trend')
    await page.waitForSelector('.series')
    expect(await page.locator('.series').count()).to.equal(1)
    expect(await page.locator('.series circle').count()).to.be.at.least(8)
    expect(await page.locator('.series .mark.baseline').count()).to.equal(1)
    expect(await page.locator('path.adjusted').count()).to.equal(0)
    await page.click('text=С поправкой на длину постов')
    await page.waitForSelector('path.adjusted')
    await page.close()
  })

  for (const [language, width] of [
    ['ru', 400],
    ['en', 1280],
  ] as const)
    it(`names every control, has enough contrast and no sideways scrolling, ${language} at ${width} px`, async () => {
      const day = `/day/@habr:2024-12-01?a=${whole}&i=0&b=${part}&j=0`
      for (const hash of ['/runs', `/run/${whole}`, `/run/${whole}/1`, '/trend', '/matrix', day]) {
        const page = await open(hash, {language, width})
        await page.waitForTimeout(200)
        expect(await page.evaluate(TINY_TEXTS), hash).to.deep.equal([])
        expect(await page.evaluate(NAMELESS_CONTROLS), hash).to.deep.equal([])
        for (const theme of ['light', 'dark']) {
          await page.selectOption('select >> nth=1', theme)
          expect(await page.evaluate(PALE_TEXTS), `${hash}, ${theme}`).to.deep.equal([])
        }
        await page.selectOption('select >> nth=1', 'auto')
        expect(await page.evaluate(SCROLLS_SIDEWAYS), `${hash} scrolls`).to.equal(false)
        if (language === 'ru')
          expect(await page.innerText('main h1, main h2, main th')).to.not.match(
            /\b(?:Runs|Judge|Score|coverage|real)\b/u,
          )
        await page.close()
      }
    })

  it('goes through its controls by Tab in the order in which they are read, each with a mark of focus', async () => {
    for (const hash of ['/runs', `/run/${whole}/0`, '/trend']) {
      const page = await open(hash)
      await page.waitForTimeout(200)
      const expected = await page.evaluate<number>(TAB_STOPS)
      for (let stop = 0; stop < Math.min(expected, 40); stop += 1) {
        await page.keyboard.press('Tab')
        expect(await page.evaluate(FOCUSED_STOP), `${hash}, stop ${stop}`).to.deep.equal({stop, marked: true})
      }
      await page.close()
    }
  })

  describe('live', () => {
    let url: URL
    let pid: number
    let ended: Promise<unknown>
    before(async () => {
      url = await new Promise((resolve, reject) => {
        ended = runEp23(['view'], {
          cwd: folder.path,
          onStderr(text, own) {
            pid = own
            const found = /(?:Open|Откройте) (http:\S+)/u.exec(text)?.[1]
            if (found !== undefined) resolve(new URL(found))
          },
        }).then(({code, stderr}) => (code === 0 ? undefined : reject(new Error(stderr))))
      })
    })
    after(async () => {
      process.kill(pid, 'SIGTERM')
      await ended
    })

    const ask = (path: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        request({port: url.port, path, method, headers, agent: false}, response => {
          response.resume()
          resolve(response.statusCode)
        })
          .on('error', reject)
          .end()
      })

    it('lets in the browser that comes by its address, and nobody else', async () => {
      const page = await browser.newPage()
      await page.goto(url.href)
      await page.waitForSelector('tbody tr')
      const [cookie] = await page.context().cookies()
      const known = {cookie: `${cookie?.name}=${cookie?.value}`}
      expect(await ask('/api/data/runs', known)).to.equal(200)
      expect(await ask('/api/data/runs')).to.equal(401)
      expect(await ask('/api/data/runs', {...known, host: 'evil.test'})).to.equal(403)
      expect(await ask('/api/data/runs', {...known, 'sec-fetch-site': 'cross-site'})).to.equal(403)
      expect(await ask('/api/data/runs', known, 'POST')).to.equal(405)
      expect(await ask('/api/data/nothing', known)).to.equal(404)
      expect(await ask(`${url.pathname}${url.search}`)).to.equal(403)
      const listening = readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
        .split('\n')
        .filter(line =>
          line.includes(`:${Number(url.port).toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`),
        )
      expect(listening.map(line => line.trim().split(/\s+/u)[1]?.split(':')[0])).to.deep.equal(['0100007F'])
      await page.close()
    })
  })
})

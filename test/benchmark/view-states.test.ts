import {copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'

import {expect} from 'chai'
import type {Browser} from 'playwright-core'

import {
  answer,
  fakeModelServer,
  type FakeModelServer,
  goodJudgement,
} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {startChromium, waitUntil} from '../helpers/chromium.ts'
import {type Ended, runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const DAMAGED = '20240101T000000Z-000000000000'
const UNFINISHED = '20240102T000000Z-000000000000'

describe('ep23 view of two judges, and of runs that are none', function () {
  this.timeout(180_000)
  const folder = temporaryFolder()
  const empty = temporaryFolder()
  let model: FakeModelServer
  let browser: Browser

  before(async function () {
    browser = await startChromium(this)
    model = await fakeModelServer(({body}, response) => answer(response, goodJudgement(body)))
    await ends(0, 'dataset:seed', '--days', '4', '--minimum', '4')
    const whole = await run('--judge', 'lexical')
    await run('--judge', 'llm', '--model', 'judge-1', '--limit', '6')
    mkdirSync(runFolder(DAMAGED))
    writeFileSync(join(runFolder(DAMAGED), 'run.json'), '{"format_version": 2,')
    mkdirSync(runFolder(UNFINISHED))
    copyFileSync(join(runFolder(whole), 'plan.json'), join(runFolder(UNFINISHED), 'plan.json'))
  })
  after(async () => {
    await browser?.close()
    await model?.close()
    folder.remove()
    empty.remove()
  })

  const runFolder = (run_id: string): string => join(folder.path, 'datasets/benchmarks', run_id)

  async function ends(code: number, ...args: string[]): Promise<Ended> {
    const ended = await runEp23([...args, '--quiet'], {cwd: folder.path, env: {LLM_URL: model.url}})
    expect(ended.code, ended.stderr + ended.stdout).to.equal(code)
    return ended
  }

  async function run(...args: string[]): Promise<string> {
    // Synthetic digests alone measure no live scenario; their scores are kept all the same.
    const {stdout} = await ends(5, 'benchmark:run', '-s', 'channel_digest_ru', ...args, '--json')
    return JSON.parse(stdout).run_id as string
  }

  it('draws two judges as two lines that nothing joins, the run over a part hollow', async () => {
    await ends(0, 'view', '--export', 'pages')
    const page = await browser.newPage({locale: 'en-GB'})
    await page.goto(`${pathToFileURL(join(folder.path, 'pages/index.html')).href}#/trend`)
    await page.waitForSelector('.series')
    const lines = await page.locator('.series').all()
    const drawn = await Promise.all(
      lines.map(async line => ({
        points: await line.locator('circle').count(),
        hollow: await line.locator('circle.hollow').count(),
        paths: await line.locator('path').count(),
      })),
    )
    const [whole, part] = drawn.toSorted((a, b) => a.hollow - b.hollow)
    expect(drawn).to.have.length(2)
    expect(whole).to.deep.equal({points: 4, hollow: 0, paths: 1})
    expect(part?.hollow).to.be.greaterThan(0).and.to.equal(part?.points)
    // Every path of the chart belongs to one judge.
    expect(await page.locator('.trend path').count()).to.equal(drawn.reduce((sum, {paths}) => sum + paths, 0))
    await page.close()
  })

  it('shows an empty folder as such, then the runs that come, damaged and unfinished ones too, and stays up', async () => {
    const {url, close} = await live(empty.path)
    const page = await browser.newPage({locale: 'en-GB'})
    const looked = page.waitForResponse(/api.version$/u)
    await page.goto(url)
    await page.waitForSelector('main .note')
    await looked
    expect(await page.locator('tbody tr').count()).to.equal(0)
    cpSync(join(folder.path, 'datasets'), join(empty.path, 'datasets'), {recursive: true})
    await page.waitForSelector('tbody tr', {timeout: 30_000})
    const text = await page.innerText('main')
    expect(text).to.include(`${DAMAGED}: damaged`).and.to.include(`${UNFINISHED}: unfinished`)
    await page.close()
    expect(await close()).to.equal(0)
  })

  it('leads from a bullet to its post, where posts have no address of their own', async () => {
    const page = await browser.newPage({viewport: {width: 1280, height: 600}, reducedMotion: 'reduce'})
    const base = pathToFileURL(join(folder.path, 'pages/index.html')).href
    const [run_id] = readdirSync(join(folder.path, 'datasets/benchmarks'))
      .filter(name => name > UNFINISHED)
      .toSorted()
    await page.goto(`${base}#/run/${run_id}/0`)
    await page.waitForSelector('.bullet')
    expect(await page.innerText('.digest')).to.not.include('#post-')
    const links = page.locator('.bullet .jump')
    expect(await links.count()).to.equal(await page.locator('.bullet').count())
    await links.last().click()
    // The page scrolls once it is drawn again.
    const top = "document.querySelector('.posts .card.chosen')?.getBoundingClientRect().top"
    await waitUntil(page, `${top} >= 0 && ${top} <= 500`)
    expect(await page.locator('.bullet.foreign').count()).to.equal(0)
    await page.close()
  })

  it('tells digests that were written anew from those of the dataset, and their runs apart', async () => {
    const anew = await run('--judge', 'lexical', '--answer-writer', 'extractive')
    await ends(0, 'view', '--export', 'anew')
    const page = await browser.newPage({locale: 'en-GB'})
    const base = pathToFileURL(join(folder.path, 'anew/index.html')).href
    await page.goto(`${base}#/runs`)
    await page.selectOption('select >> nth=0', 'en')
    expect(await page.locator('tbody tr', {hasText: anew}).innerText()).to.include(', written anew')
    expect(await page.locator('tbody tr', {hasText: 'written anew'}).count()).to.equal(1)
    await page.goto(`${base}#/run/${anew}/0`)
    await page.waitForSelector('a.chip')
    expect(await page.innerText('main p.note >> nth=0')).to.include(', written anew')
    const chip = page.locator('a.chip').first()
    const other = /b=(?<run>[^&]+)/u.exec((await chip.getAttribute('href')) ?? '')?.groups?.['run']
    expect(await chip.innerText())
      .to.include(other)
      .and.not.include('written anew')
    await chip.click()
    await page.waitForSelector('.scoresOfTwo')
    const heads = await page.locator('.scoresOfTwo thead th').allInnerTexts()
    expect(heads.map(head => head.includes('written anew'))).to.deep.equal([false, true, false])
    await page.close()
  })

  it('refuses an archive as the folder of runs by its name', async () => {
    writeFileSync(join(folder.path, 'runs.tar.gz'), readFileSync(process.execPath).subarray(0, 100))
    const {stderr} = await ends(64, 'view', '--export', 'other', '--dataset-dir', 'runs.tar.gz')
    expect(stderr).to.include('runs.tar.gz')
  })

  /** A viewer of this folder, once it listens. */
  function live(cwd: string): Promise<{url: string; close: () => Promise<number | null>}> {
    return new Promise(resolve => {
      const ended = runEp23(['view'], {
        cwd,
        onStderr(text, pid) {
          const url = /(?:Open|Откройте) (http:\S+)/u.exec(text)?.[1]
          if (url !== undefined) resolve({url, close})
          function close(): Promise<number | null> {
            process.kill(pid, 'SIGTERM')
            return ended.then(({code}) => code)
          }
        },
      })
    })
  }
})

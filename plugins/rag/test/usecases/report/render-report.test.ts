import {createHash} from 'node:crypto'

import {expect} from 'chai'

import {tuningReportAssets} from '#src/actions/report.js'
import {renderTuningReport} from '#src/usecases/report/render-report.js'
import type {ReportSource} from '#src/usecases/report/report-source.js'

import {tuningResult, view} from '../tuning-results.ts'
import {verbatim} from '@ep23/sdk'

const HOSTILE = '</style><script>alert(1)</script> «Кто?» "x" & `y`'

function source(changed: Partial<ReportSource> = {}): ReportSource {
  return {
    result: tuningResult(),
    tested: [
      {query: 'q1', text: HOSTILE, current: 0.25, front: [1, 0]},
      {query: 'q2', text: 'Что стало хуже?', current: 1, front: [0.5, 0]},
      {query: 'q3', text: 'Что не изменилось?', current: 1, front: [1, 0]},
    ],
    past: [
      {
        run_id: 'older',
        finished_at: '2026-10-01T10:00:00.000Z',
        quality: {estimate: 0.8, low: 0.7, high: 0.9},
        variance_ratio: {estimate: 0.3, low: 0.2, high: 0.4},
      },
      {
        run_id: 'unmeasured',
        finished_at: '2026-10-02T10:00:00.000Z',
        quality: {estimate: 0.8, low: 0.7, high: 0.9},
        variance_ratio: null,
      },
    ],
    outlook: {
      config: 'config/<rag>.yaml',
      canary: 5,
      changes: [{key: 'retrieval.top_k', from: 10, to: 20}],
      refusals: [],
      findings: [],
      mostVarianceRatio: 0.1,
    },
    ...changed,
  }
}

async function page(changed: Partial<ReportSource> = {}): Promise<string> {
  return renderTuningReport(source(changed), await tuningReportAssets(), 'ru')
}

/** Words of one language, without marks. */
function said(html: string, language: 'ru' | 'en'): string {
  return Array.from(html.matchAll(new RegExp(`<t?span lang="${language}">([^<]*)`, 'gu')), ([, text]) => text).join(
    '\n',
  )
}

describe('renderReport', () => {
  it('loads nothing, runs nothing, and lets no text out of its place', async () => {
    const html = await page()
    expect(html).not.to.match(/<script|<link|<img|<iframe|url\(|https?:|@import/u)
    expect(html).to.include('&#60;script&#62;alert(1)').and.include('config/&#60;rag&#62;.yaml')
    const style = /<style>([^]*?)<\/style>/u.exec(html)![1]!
    expect(html).to.include(`style-src &#39;sha256-${createHash('sha256').update(style).digest('base64')}&#39;`)
    expect(html.match(/<style>/gu)).to.have.length(1)
    expect(html).not.to.match(/ style="/u)
  })

  it('says everything in both languages', async () => {
    const html = await page()
    expect(html.match(/span lang="ru"/gu)!.length).to.equal(html.match(/span lang="en"/gu)!.length)
    expect(said(html, 'ru')).to.include('можно продвигать').and.include('доля разброса между запусками')
    expect(said(html, 'en')).to.include('may be promoted').and.include('variance ratio between runs')
    expect(said(html, 'en')).to.include('5 % of the users')
    expect(said(html, 'en')).not.to.match(/[а-яё]/iu)
  })

  it('opens in the language of the settings', async () => {
    const style = await tuningReportAssets()
    expect(renderTuningReport(source(), style, 'ru')).to.match(/id="ru" checked/u)
    expect(renderTuningReport(source(), style, 'en')).to.match(/id="en" checked/u)
  })

  it('names every reason against a promotion, and who may be asked', async () => {
    const refusals = [
      {reason: 'loss', gain: {estimate: -0.2, low: -0.3, high: -0.1}},
      {reason: 'runs_disagree', high: 0.35, bar: 0.1},
    ] as const
    const outlook = {...source().outlook, refusals: [...refusals], findings: [verbatim('the file was edited by hand')]}
    const html = await page({outlook})
    expect(said(html, 'en')).to.include('may not be promoted').and.include('answered worse: -0.2000')
    expect(said(html, 'ru')).to.include('доля разброса может доходить до 0.3500')
    expect(html).to.include('the file was edited by hand').and.not.include('rag:promote /')
  })

  it('sorts queries by what the best setting changes, and leaves out those that it does not', async () => {
    const html = await page()
    const changes = Array.from(html.matchAll(/<title>(q\d: [^<]*)/gu), ([, title]) => title)
    expect(changes).to.deep.equal(['q1: +0.7500', 'q2: −0.5000'])
    expect(said(html, 'en')).to.include('1 better, 1 worse, 1 unchanged of 3')
    expect(html).not.to.include('Что не изменилось')
  })

  it('draws what was measured only', async () => {
    const result = tuningResult({variance_ratio: null})
    const [best] = result.front
    const current = view({variance_ratio: null})
    const html = await page({result: {...result, current, front: [best]}, past: []})
    expect(said(html, 'en')).to.include('repeatability is unmeasured').and.include('no record of a rag:tune run')
    expect(html.match(/<svg class="scatter"/gu)).to.have.length(1)
    expect(html).not.to.match(/NaN|undefined|Infinity|null/u)
  })

  it('has a place for every figure, however small, large or equal they are', async () => {
    for (const seconds of [1e-7, 0.5, 4000]) {
      const latency_seconds = {estimate: seconds, low: seconds, high: seconds}
      const result = tuningResult({latency_seconds})
      const html = await page({result: {...result, current: view({latency_seconds})}})
      expect(html).not.to.match(/NaN|undefined|Infinity/u)
      for (const [, x, y] of html.matchAll(/<circle cx="([^"]*)" cy="([^"]*)"/gu)) {
        expect(Number(x)).to.be.within(0, 400)
        expect(Number(y)).to.be.within(0, 230)
      }
    }
  })
})

import type {JudgedSample, Score} from '@ep23/sdk'
import {expect} from 'chai'

import {claimsPrompt} from '#src/domain/claims/claims-prompt.js'
import {type Claims, claimsIn, readClaims, scoreClaims} from '#src/domain/claims/read-claims.js'
import {statementsOf} from '#src/domain/claims/statements.js'

import {sampleOf} from '../../sample/samples.ts'

const SCORES = ['supported', 'uncontradicted', 'news_told']

const SAMPLE: JudgedSample = {
  ...sampleOf(1),
  source_text:
    'В Казани открыли мост длиной 2 км. Его строили три года.\n\nМузей закрыли на ремонт до весны.\n\nЦены на билеты выросли на 10 %.',
  summary_markdown: `## Коротко

- В **Казани** открыли мост длиной 3 км. Его строили три года. [пост](https://t.me/a/1)
- Музей закрыли на ремонт до весны [пост](https://t.me/a/2)
- Мэр подал в отставку утром [пост](https://t.me/a/3)`,
}

const claims = (statements: [string, string?][], news: [string, number][] = []): Claims => ({
  statements: statements.map(([verdict, quote = '']) => ({
    verdict: verdict as Claims['statements'][number]['verdict'],
    quote,
  })),
  news: news.map(([quote, statement]) => ({quote, statement})),
})

const HONEST = claims(
  [
    ['contradicted', 'открыли мост длиной 2 км'],
    ['supported', 'Его строили три года'],
    ['supported', 'Музей закрыли на ремонт'],
    ['absent'],
  ],
  [
    ['В Казани открыли мост', 1],
    ['Цены на билеты выросли', 0],
  ],
)

describe('claims', () => {
  const valueOf = (score: Score | undefined) => (score && 'value' in score ? score.value : score?.unmeasured)
  const scoresOf = (given: Claims) =>
    Object.fromEntries(
      Object.entries(scoreClaims(given, SAMPLE, SCORES)).map(([name, score]) => [name, valueOf(score)]),
    )

  it('finds the sentences of a digest without headings, marks and links, where they stand', () => {
    const found = statementsOf(SAMPLE.summary_markdown)
    expect(found.map(({text}) => text)).to.deep.equal([
      'В Казани открыли мост длиной 3 км.',
      'Его строили три года.',
      'Музей закрыли на ремонт до весны',
      'Мэр подал в отставку утром',
    ])
    for (const {place, text} of found.slice(1)) expect(SAMPLE.summary_markdown.slice(...place)).to.equal(text)
    expect(SAMPLE.summary_markdown.slice(...(found[0]?.place ?? [0, 0]))).to.equal(
      'В **Казани** открыли мост длиной 3 км.',
    )
    expect(statementsOf('# Дайджест\n\nКоротко:\n\n[пост](https://t.me/a/1)')).to.deep.equal([])
  })

  it('counts shares of all statements', () => {
    expect(scoresOf(HONEST)).to.deep.equal({supported: 0.5, uncontradicted: 0.75, news_told: 0.5})
  })

  it('never counts a quote that is not in the posts: it raises no score and lowers no denominator', () => {
    const invented = claims(
      [
        ['contradicted', 'открыли мост длиной 2 км'],
        ['supported', 'Его строили три года'],
        ['supported', 'Музей закрыли на ремонт'],
        ['supported', 'мэр города подал в отставку'],
      ],
      [
        ['В Казани открыли мост', 1],
        ['в казани открыли мост длиной', 1],
        ['Мэр подал в отставку', 4],
        ['Цены на билеты выросли', 0],
      ],
    )
    // The same news twice, and one that the posts do not have: two of four are left.
    expect(scoresOf(invented)).to.deep.equal({supported: 0.5, uncontradicted: 0.75, news_told: 0.5})
  })

  it('measures nothing when most quotes are invented', () => {
    const liar = claims([
      ['supported', 'мост открыли в Казани вчера'],
      ['supported', 'строили его три года'],
      ['supported', 'Музей закрыли на ремонт'],
      ['absent'],
    ])
    expect(scoresOf(liar)).to.deep.equal({
      supported: 'evidence_not_found',
      uncontradicted: 'evidence_not_found',
      news_told: 'evidence_not_found',
    })
  })

  it('asks again for an answer that leaves out a statement, names one twice, or decides otherwise', () => {
    const all = [1, 2, 3, 4].map(n => ({n, verdict: 'absent', quote: ''}))
    const problemOf = (json: unknown) => {
      const found = readClaims(json, 4)
      return 'problem' in found ? found.problem : null
    }
    expect(problemOf({statements: all, news: []})).to.equal(null)
    expect(problemOf({statements: all.slice(1), news: []})).to.include('нет утверждений 1')
    expect(problemOf({statements: [...all, all[0]], news: []})).to.include('1 названо дважды')
    expect(problemOf({statements: [{...all[0], verdict: 'верно'}], news: []})).to.include('verdict')
    expect(problemOf({statements: [{...all[0], n: 5}], news: []})).to.include('от 1 до 4')
    expect(problemOf({statements: all, news: [{quote: 'а', statement: 9}]})).to.include('news')
    expect(problemOf({statements: all})).to.include('списки')
    expect(problemOf([])).to.include('не объект')
  })

  it('says where each quote stands, for the page', () => {
    const reply = JSON.stringify({
      statements: HONEST.statements.map((entry, index) => ({n: index + 1, ...entry})),
      news: HONEST.news,
    })
    const found = claimsIn(`Вот: ${reply}`, SAMPLE)
    expect(found?.statements.map(({verdict}) => verdict)).to.deep.equal([
      'contradicted',
      'supported',
      'supported',
      'absent',
    ])
    expect(SAMPLE.source_text.slice(...(found?.statements[0]?.quote ?? [0, 0]))).to.equal('открыли мост длиной 2 км')
    expect(found?.news.map(({told}) => told)).to.deep.equal([true, false])
    expect(claimsIn('нет', SAMPLE)).to.equal(undefined)
  })

  it('asks nothing about a digest that states nothing', () => {
    expect(claimsPrompt.nothingToAsk?.({...SAMPLE, summary_markdown: '# Дайджест'})).to.include({
      unmeasured: 'not_applicable',
    })
    expect(claimsPrompt.messages(SAMPLE, 'посты')[1]?.content).to.include('4. Мэр подал в отставку утром')
  })
})

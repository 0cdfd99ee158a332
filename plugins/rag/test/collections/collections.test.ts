import {expect} from 'chai'
import type {TestCollection} from '#src/formats/corpus.js'
import {parseMeasure} from '#src/formats/measure-notation.js'
import {readSquad} from '#src/formats/squad.js'
import {type RunEvaluation, evaluateRun} from '#src/measures/ranking/evaluate-run.js'
import type {Analyser} from '#src/retrieval/analyser.js'
import {englishAnalyser, russianAnalyser} from '#src/retrieval/analysers.js'
import {Bm25Searcher} from '#src/retrieval/bm25-searcher.js'
import {indexDocuments} from '#src/retrieval/index-documents.js'
import {readCranfield} from './cranfield.ts'
import {readNewsPairs, readPartners} from './news-pairs.ts'
import {readShared} from './shared-data.ts'

function evaluate({documents, queries, qrels}: TestCollection, analyser: Analyser): RunEvaluation {
  const searcher = new Bm25Searcher(indexDocuments(documents, analyser).index, analyser)
  // A text is not to find itself: it is judged below 0.
  const isWanted = (query: string, document: string) => (qrels.get(query)?.get(document) ?? 0) >= 0
  const run = new Map(
    queries.map(({id, text}) => [id, searcher.search(text, 1000).filter(found => isWanted(id, found.id))]),
  )
  return evaluateRun(qrels, run, ['nDCG@10', 'R@100'].map(parseMeasure))
}

describe('BM25 with its defaults', () => {
  const xquad = readSquad('xquad.ru.subset.json', readShared('xquad_ru/xquad.ru.subset.json'))

  it('reaches an nDCG@10 of 0.955 on Russian questions about Wikipedia paragraphs', () => {
    expect(xquad.documents).to.have.length(240)
    expect(xquad.queries).to.have.length(612)
    const [ndcg, recall] = evaluate(xquad, russianAnalyser()).means
    expect(ndcg).to.be.at.least(0.955)
    expect(recall).to.be.at.least(0.995)
  })

  it('does so on either half of the articles, so that it was not fitted to some of them', () => {
    const articles = [...new Set([...xquad.qrels.values()].map(articleOf))]
    for (const half of [0, 1]) {
      const chosen = new Set(articles.filter((_, i) => i % 2 === half))
      const qrels = new Map([...xquad.qrels].filter(([, judged]) => chosen.has(articleOf(judged))))
      expect(evaluate({...xquad, qrels}, russianAnalyser()).means[0], `half ${half}`).to.be.at.least(0.95)
    }
  })

  it('finds more by stems and prefixes together than by stems or by words', () => {
    const [words, stems, both] = [{stem: false, prefixLength: 0}, {prefixLength: 0}, {}].map(
      options => evaluate(xquad, russianAnalyser(options)).means[0]!,
    )
    expect(stems).to.be.greaterThan(words! + 0.04)
    expect(both).to.be.greaterThan(stems! + 0.005)
  })

  it('does not mind case, punctuation and the letter ё, and hardly one typing error in each question', () => {
    const as = (change: (text: string) => string) =>
      evaluate({...xquad, queries: xquad.queries.map(({id, text}) => ({id, text: change(text)}))}, russianAnalyser())
        .means[0]!
    const written = as(text => text)
    expect(as(text => text.toLowerCase())).to.equal(written)
    expect(as(text => text.toUpperCase())).to.equal(written)
    expect(as(text => text.replaceAll(/[^\p{L}\p{N}\s-]/gu, ' '))).to.be.closeTo(written, 0.003)
    expect(as(text => text.replaceAll('ё', 'е'))).to.equal(written)
    expect(as(text => text.replaceAll('е', 'ё'))).to.equal(written)
    // The longest word loses its third letter.
    const mistyped = as(text => {
      const longest = text.match(/[а-яё]+/giu)!.reduce((a, b) => (b.length > a.length ? b : a))
      return text.replace(longest, longest.slice(0, 2) + longest.slice(3))
    })
    expect(mistyped).to.be.at.least(0.93)
  })

  it("finds a news text's partner about the same event, by its title and by its text", () => {
    for (const by of ['title', 'text'] as const) {
      const partners = readPartners(by)
      const [ndcg, recall] = evaluate(partners, russianAnalyser()).means
      expect(ndcg, by).to.be.at.least(0.85)
      expect(recall, by).to.equal(1)
    }
  })

  it('finds the news about the same event by a title', () => {
    const news = readNewsPairs()
    expect(news.documents).to.have.length(80)
    expect(news.queries).to.have.length(22)
    // Some events stand in two pairs, and only the texts of one are judged to answer: an nDCG of 1 is not to be had.
    const [ndcg, recall] = evaluate(news, russianAnalyser()).means
    expect(ndcg).to.be.at.least(0.9)
    expect(recall).to.equal(1)
  })

  it('reaches an nDCG@10 of 0.36 on the Cranfield collection in English', () => {
    const cranfield = readCranfield()
    expect(cranfield.documents).to.have.length(1400)
    expect(cranfield.queries).to.have.length(225)
    expect(evaluate(cranfield, englishAnalyser()).means[0]).to.be.at.least(0.36)
  })
})

function articleOf(judged: ReadonlyMap<string, number>): string {
  return [...judged.keys()][0]!.split('.')[0]!
}

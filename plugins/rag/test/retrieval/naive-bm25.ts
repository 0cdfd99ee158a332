import type {Analyser} from '#src/retrieval/analyser.js'
import type {IndexedText} from '#src/retrieval/index-documents.js'

/** The pinned formula, computed document by document from the texts, without an index. */
export function naiveBm25(documents: IndexedText[], query: string, analyser: Analyser, k1: number, b: number) {
  const wordsOf = (text: string) => analyser.tokens(text).flatMap(token => [...analyser.words(token)])
  const analysed = documents.map(({id, text}) => {
    const words = wordsOf(text)
    return {id, length: words.length, terms: words.flat().map(({term}) => term)}
  })
  const average = analysed.reduce((sum, {length}) => sum + length, 0) / analysed.length
  const scoreOf = ({length, terms}: (typeof analysed)[number]) => {
    let score = 0
    for (const {term, weight} of wordsOf(query).flat()) {
      const frequency = terms.filter(other => other === term).length
      const having = analysed.filter(document => document.terms.includes(term)).length
      const idf = Math.log(1 + (analysed.length - having + 0.5) / (having + 0.5))
      if (frequency > 0) score += weight * idf * (frequency / (frequency + k1 * (1 - b + (b * length) / average)))
    }
    return score
  }
  return analysed
    .map(document => ({id: document.id, score: scoreOf(document)}))
    .filter(({score}) => score > 0)
    .toSorted((x, y) => {
      if (Math.abs(x.score - y.score) > 1e-12) return y.score - x.score
      return Buffer.compare(Buffer.from(y.id), Buffer.from(x.id))
    })
}

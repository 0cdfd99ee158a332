// The definitions of the measures, written out for one query without looking at the program's own code: the order by comparing
// encoded bytes, the ideal by trying nothing but sorting, sums over ranks from 1.

type Table = Record<string, number>

export function naiveMeasures(qrels: Table, run: Table): Record<string, number> {
  const ranked = Object.keys(run).toSorted((a, b) => {
    if (run[a] !== run[b]) return run[a]! > run[b]! ? -1 : 1
    return Buffer.compare(Buffer.from(b), Buffer.from(a))
  })
  const relevant = Object.keys(qrels).filter(id => qrels[id]! >= 1)
  const isRelevant = (id: string) => relevant.includes(id)
  const top = (k: number) => ranked.slice(0, k)
  const rank = (id: string) => ranked.indexOf(id) + 1
  const first = ranked.find(isRelevant)
  const firstRank = first === undefined ? Infinity : rank(first)
  const found = ranked.filter(isRelevant)
  return {
    'nDCG@1': ndcg(qrels, ranked, 1),
    'nDCG@5': ndcg(qrels, ranked, 5),
    nDCG: ndcg(qrels, ranked, 1000),
    RR: 1 / firstRank,
    'RR@3': firstRank <= 3 ? 1 / firstRank : 0,
    AP:
      relevant.length === 0 ? 0 : found.map((id, i) => (i + 1) / rank(id)).reduce((a, b) => a + b, 0) / relevant.length,
    'R@3': relevant.length === 0 ? 0 : top(3).filter(isRelevant).length / relevant.length,
    'R_cap@3': relevant.length === 0 ? 0 : top(3).filter(isRelevant).length / Math.min(3, relevant.length),
    'P@5': top(5).filter(isRelevant).length / 5,
    'Success@2': top(2).some(isRelevant) ? 1 : 0,
    'RBP(p=0.8)': found.map(id => 0.2 * 0.8 ** (rank(id) - 1)).reduce((a, b) => a + b, 0),
    'Judged@4': top(4).filter(id => id in qrels).length / top(4).length,
  }
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0)
}

function ndcg(qrels: Table, ranked: string[], k: number): number {
  const gains = (ids: string[]) => ids.slice(0, k).map((id, i) => Math.max(0, qrels[id] ?? 0) / Math.log2(i + 2))
  const ideal = sum(gains(Object.keys(qrels).toSorted((a, b) => qrels[b]! - qrels[a]!)))
  return ideal === 0 ? 0 : sum(gains(ranked)) / ideal
}

// Measures of rankings, 1,000 queries of 100 documents, equal to trec_eval's (the measures' tests hold that).
import {parseMeasure} from '../../plugins/rag/dist/formats/measure-notation.js'
import {evaluateRun} from '../../plugins/rag/dist/measures/ranking/evaluate-run.js'
import {type Contest, perCpuSecond} from '../harness/contest.ts'
import {inputFile, pythonContestant, type Setting, withBaseline} from '../harness/setting.ts'

const DOCUMENTS = 100

export function rankingContests(setting: Setting): Contest[] {
  const names = Array.from({length: setting.small ? 5 : 1000}, (_, query) => `q${query}`)
  const documents = Array.from({length: DOCUMENTS}, (_, document) => `d${document}`)
  const score = (query: number, document: number): number => Math.sin(query * 7 + document * 13)
  const relevance = (query: number, document: number): number => (query * 31 + document * 17) % 5
  const qrels = names.map((_, q) => documents.map((id, d): [string, number] => [id, relevance(q, d)]))
  const run = names.map((_, q) => documents.map((id, d): [string, number] => [id, score(q, d)]))
  const measures = ['nDCG@10', 'AP', 'RR'].map(parseMeasure)
  const judged = new Map(names.map((name, q) => [name, new Map(qrels[q])]))
  const found = new Map(names.map((name, q) => [name, (run[q] ?? []).map(([id, value]) => ({id, score: value}))]))
  const asObjects = (rows: [string, number][][]) =>
    Object.fromEntries(names.map((name, q) => [name, Object.fromEntries(rows[q] ?? [])]))
  const input = inputFile(setting, 'rankings', {qrels: asObjects(qrels), run: asObjects(run)})
  return [
    withBaseline({
      name: `nDCG@10, AP and RR of ${names.length} queries`,
      unit: 'queries per CPU second',
      better: 'higher',
      baseline: 'pytrec_eval',
      contestants: [
        {name: 'ep23', measure: () => perCpuSecond(names.length, () => evaluateRun(judged, found, measures))},
        ...pythonContestant(setting.peers, {
          name: 'pytrec_eval',
          // The fork that brings trec_eval's sources; pytrec_eval itself downloads them while it is built.
          packages: ['pytrec-eval-terrier'],
          task: 'trec_eval',
          input,
        }),
      ],
    }),
  ]
}

import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'
import type {EvaluationReport} from '../../usecases/evaluation-report.js'
import {evaluateFlags} from '../../search-flags.js'

export default class RagEvaluate extends BaseCommand<typeof RagEvaluate> {
  static override summary = 'Measure retrieval on judged queries: nDCG, MRR, MAP, recall and more, with intervals.'
  static override description = `Measures are trec_eval's, written as in ir_measures; means go over all judged queries, and a query that was not answered counts as 0.
Without --corpus the posts of the stored digests are searched; their index lies beside the store and follows changes.
With embeddings (any OpenAI-compatible server; LLM_URL, OPENAI_API_KEY) posts are also found by meaning; the vectors are kept in the store.
Replies of a reranker that cannot be used are counted apart and never become scores. With --runs 3 or more the repeatability is measured.`
  static override examples = [
    '<%= config.bin %> rag:evaluate --queries queries.jsonl --qrels qrels.tsv',
    '<%= config.bin %> rag:evaluate --squad xquad.ru.json --measures nDCG@10,R@10',
    '<%= config.bin %> rag:evaluate --corpus cranfield/ --queries queries.jsonl --qrels cranqrel.trec --language en --output bm25.run',
    'LLM_URL=http://localhost:11434/v1 <%= config.bin %> rag:evaluate --queries queries.jsonl --qrels qrels.tsv --embeddings-model bge-m3',
    '<%= config.bin %> rag:evaluate --queries queries.jsonl --qrels qrels.tsv --rag-config try.yaml --runs 3 --json',
  ]
  static override flags = evaluateFlags
  static override args = {}

  protected async execute({flags}: Input<typeof RagEvaluate>): Promise<CommandResult<EvaluationReport>> {
    const [{evaluate}, {renderEvaluation}] = await Promise.all([
      import('../../actions/evaluate.js'),
      import('../../usecases/render-evaluation.js'),
    ])
    const {report, warnings} = await evaluate(this.runtime, flags)
    return {data: report, text: renderEvaluation(report, {perQuery: flags['per-query']}), warnings}
  }
}

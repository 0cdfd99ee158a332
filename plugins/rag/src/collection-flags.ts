import * as Flags from '@oclif/core/flags'
import {share, wholeNumber} from '@ep23/sdk'

import {ragConfigFlag} from './flags.js'

/** What is searched for, where, and how it is judged. */
export const collectionFlags = {
  queries: Flags.string({
    summary: 'Queries: BEIR JSON Lines, or id<TAB>text lines.',
    helpValue: 'FILE',
    env: 'EP23_RAG_QUERIES',
  }),
  qrels: Flags.string({summary: 'Judgements: TREC or BEIR.', helpValue: 'FILE', env: 'EP23_RAG_QRELS'}),
  corpus: Flags.string({
    summary: 'What is searched: a BEIR corpus, or "store" for the digests\' posts. [default: store]',
    helpValue: 'DIR|store',
    env: 'EP23_RAG_CORPUS',
  }),
  squad: Flags.string({
    summary: 'Queries, judgements and corpus in one SQuAD-like file.',
    helpValue: 'FILE',
    env: 'EP23_RAG_SQUAD',
  }),
  'max-missing': share({
    summary: 'Largest share of the relevant documents that the corpus may lack.',
    default: 0.5,
    env: 'EP23_RAG_MAX_MISSING',
  }),
  language: Flags.option({options: ['ru', 'en'] as const})({
    summary: 'Language of the documents.',
    default: 'ru',
    env: 'EP23_RAG_LANGUAGE',
  }),
  'rag-config': ragConfigFlag,
  'rerank-url': Flags.string({
    summary: 'Server of the cross_encoder reranker.',
    helpValue: 'URL',
    env: 'EP23_RAG_RERANK_URL',
  }),
  'embeddings-url': Flags.string({
    summary: 'Server of the embeddings, OpenAI-compatible. [default: LLM_URL]',
    helpValue: 'URL',
    env: 'EP23_RAG_EMBEDDINGS_URL',
  }),
  'fresh-embeddings': Flags.boolean({
    summary: 'Ask for all embeddings again, as after another model was put under the same name.',
    env: 'EP23_RAG_FRESH_EMBEDDINGS',
  }),
  seed: wholeNumber({
    summary: 'Seed of the intervals.',
    min: 0,
    max: 2 ** 31 - 1,
    default: 23,
    env: 'EP23_RAG_SEED',
  }),
}

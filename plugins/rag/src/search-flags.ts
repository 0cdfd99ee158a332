import * as Flags from '@oclif/core/flags'
import {share, wholeNumber} from '@ep23/sdk'

import {TUNING_METHODS} from './domain/tuning-result.js'
import {type ConfigFlags, type FlagsOf, embeddingsModelFlag, ragConfigFlag} from './flags.js'
import {FUSION_METHODS} from './retrieval/retrieval-config.js'

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

export const evaluateFlags = {
  ...collectionFlags,
  'embeddings-model': embeddingsModelFlag,
  fusion: Flags.option({options: FUSION_METHODS})({
    summary: 'How the rankings by words and by embeddings become one. [default: as configured, else weighted]',
    env: 'EP23_RAG_FUSION',
  }),
  measures: Flags.string({
    summary: 'What to measure, comma-separated.',
    helpValue: 'nDCG@10,…',
    default: 'nDCG@10,RR@10,AP,R@10,P@10,RBP(p=0.9),Judged@10',
    env: 'EP23_RAG_MEASURES',
  }),
  runs: wholeNumber({summary: 'How often to repeat everything.', min: 1, max: 100, default: 1, env: 'EP23_RAG_RUNS'}),
  depth: wholeNumber({
    summary: 'Documents of a ranking.',
    min: 1,
    max: 100_000,
    default: 1000,
    env: 'EP23_RAG_DEPTH',
  }),
  output: Flags.string({char: 'o', summary: 'TREC run file to write.', helpValue: 'FILE', env: 'EP23_RAG_OUTPUT'}),
  'per-query': Flags.boolean({summary: 'Show every query.', env: 'EP23_RAG_PER_QUERY'}),
}

export const tuneFlags = {
  ...collectionFlags,
  space: Flags.string({summary: 'What to try.', helpValue: 'FILE', required: true, env: 'EP23_RAG_TUNE_SPACE'}),
  method: Flags.option({options: TUNING_METHODS})({
    summary: 'How to go through the space.',
    default: 'grid',
    env: 'EP23_RAG_TUNE_METHOD',
  }),
  budget: wholeNumber({
    summary: 'Settings to try at most.',
    min: 1,
    max: 100_000,
    default: 50,
    env: 'EP23_RAG_TUNE_BUDGET',
  }),
  measure: Flags.string({
    summary: 'What quality means.',
    helpValue: 'nDCG@10',
    default: 'nDCG@10',
    env: 'EP23_RAG_TUNE_MEASURE',
  }),
  repeats: wholeNumber({
    summary: 'How often to repeat each trial.',
    min: 3,
    max: 100,
    default: 3,
    env: 'EP23_RAG_TUNE_REPEATS',
  }),
  'train-share': share({
    summary: 'Share of the queries to choose on.',
    default: 0.5,
    env: 'EP23_RAG_TUNE_TRAIN_SHARE',
  }),
  output: Flags.string({
    char: 'o',
    summary: 'Folder for the trials. [default: in .ep23/rag-tune, by what is asked]',
    helpValue: 'DIR',
    env: 'EP23_RAG_TUNE_OUTPUT',
  }),
}

export const labelFlags = {
  queries: Flags.string({
    summary: 'Queries: BEIR JSON Lines, or id<TAB>text lines.',
    helpValue: 'FILE',
    required: true,
    env: 'EP23_RAG_QUERIES',
  }),
  qrels: Flags.string({
    summary: 'Judgements: made when missing, gone on with when there.',
    helpValue: 'FILE',
    required: true,
    env: 'EP23_RAG_QRELS',
  }),
  pool: wholeNumber({
    summary: 'The best documents of each search to judge.',
    min: 1,
    max: 1000,
    default: 10,
    env: 'EP23_RAG_LABEL_POOL',
  }),
  corpus: collectionFlags.corpus,
  language: collectionFlags.language,
  'rag-config': ragConfigFlag,
  'embeddings-model': embeddingsModelFlag,
  'embeddings-url': collectionFlags['embeddings-url'],
  'fresh-embeddings': collectionFlags['fresh-embeddings'],
}

export type CollectionFlags = FlagsOf<typeof collectionFlags>
export type EvaluateFlags = FlagsOf<typeof evaluateFlags> & ConfigFlags
export type TuneFlags = FlagsOf<typeof tuneFlags> & ConfigFlags
export type LabelFlags = FlagsOf<typeof labelFlags> & ConfigFlags

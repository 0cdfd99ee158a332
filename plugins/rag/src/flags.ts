import * as Flags from '@oclif/core/flags'
import {usageError, wholeNumber, share} from '@ep23/sdk'

/** The retrieval configuration that a command works on. */
export const ragConfigFlag = Flags.string({
  summary: 'Retrieval configuration. [default: config/retrieval_rerank_config.yaml]',
  helpValue: 'FILE',
  env: 'EP23_RAG_CONFIG',
})

export const keyFlag = Flags.string({
  summary: "The owner's private key. [default: rag-owner.key in ep23's data folder]",
  helpValue: 'FILE',
  env: 'EP23_RAG_OWNER_KEY',
})

export const whyFlag = Flags.string({
  // The history asks for a reason: a blank is none.
  async parse(input) {
    if (input.trim() === '')
      throw usageError('--why is empty: the history keeps a reason', ["for example: --why 'recall was too low'"])
    return input
  },
  summary: 'The reason, for the history.',
  helpValue: 'REASON',
  required: true,
  env: 'EP23_RAG_WHY',
})

export const maxAgeFlag = wholeNumber({
  summary: 'How old the result may be for a promotion.',
  min: 1,
  max: 3650,
  default: 7,
  env: 'EP23_RAG_MAX_AGE_DAYS',
})

export const embeddingsModelFlag = Flags.string({
  summary: 'Also search by embeddings of this model; "off" for words alone. [default: as configured]',
  helpValue: 'MODEL|off',
  env: 'EP23_RAG_EMBEDDINGS_MODEL',
})

export const temperatureFlag = Flags.custom<number>({
  helpValue: '0..2',
  async parse(input) {
    const value = input.trim() === '' ? Number.NaN : Number(input)
    if (!(value >= 0 && value <= 2)) throw usageError(`expected a temperature from 0 to 2 but received: ${input}`)
    return value
  },
})

/** Known from elsewhere than the repository: who can write all files there can replace the owner too. */
export const ownerFlag = Flags.string({
  summary: 'Who the owner must be: the fingerprint that rag:owner:show prints. Keep it outside the repository.',
  helpValue: 'SHA256:…',
  env: 'EP23_RAG_OWNER',
})

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

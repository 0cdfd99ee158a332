import {Flags} from '@oclif/core'

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
  summary: 'The reason, for the history.',
  helpValue: 'REASON',
  required: true,
  env: 'EP23_RAG_WHY',
})

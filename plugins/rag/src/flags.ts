import * as Flags from '@oclif/core/flags'
import {usageError, wholeNumber} from '@ep23/sdk'

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

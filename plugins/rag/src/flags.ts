import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {FlagInput, InferredFlags} from '@oclif/core/interfaces'
import {usageError, wholeNumber} from '@ep23/sdk'
import {message} from './words/words.js'

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
    if (input.trim() === '') throw usageError(message('whyEmpty'), [message('whyExample')])
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

export const tuningRunArg = Args.string({
  description: 'Folder of a tuning run, its name in .ep23/rag-tune, or latest.',
  required: true,
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
    if (!(value >= 0 && value <= 2)) throw usageError(message('expectedTemperature', {input}))
    return value
  },
})

/** Known from elsewhere than the repository: who can write all files there can replace the owner too. */
export const ownerFlag = Flags.string({
  summary: 'Who the owner must be: the fingerprint that rag:owner:show prints. Keep it outside the repository.',
  helpValue: 'SHA256:…',
  env: 'EP23_RAG_OWNER',
})

/** What somebody knows of a configuration from elsewhere. */
export const verifyFlags = {
  'rag-config': ragConfigFlag,
  owner: ownerFlag,
  'least-version': wholeNumber({
    summary: 'The version that was reached at least; finds earlier files that were put back.',
    min: 1,
    env: 'EP23_RAG_LEAST_VERSION',
  }),
}

/** Whoever owns the configuration, or is to own it. */
export const ownerFlags = {'rag-config': ragConfigFlag, key: keyFlag}

/** A signed change. */
export const changeFlags = {...ownerFlags, why: whyFlag}

export const promoteFlags = {
  ...changeFlags,
  canary: wholeNumber({
    summary: 'Percent of the users that get the setting; 100 ends the canary. [default: everybody]',
    min: 1,
    max: 100,
    env: 'EP23_RAG_PROMOTE_CANARY',
  }),
  'max-age-days': maxAgeFlag,
}

export const reportFlags = {
  'rag-config': ragConfigFlag,
  'max-age-days': maxAgeFlag,
  output: Flags.string({
    char: 'o',
    summary: "The file to write. [default: report.html in the run's folder]",
    helpValue: 'FILE',
    env: 'EP23_RAG_REPORT_OUTPUT',
  }),
}

export const queriesFlags = {
  output: Flags.string({
    char: 'o',
    summary: 'File to write.',
    helpValue: 'FILE',
    required: true,
    env: 'EP23_RAG_QUERIES_BUILD_OUTPUT',
  }),
  limit: wholeNumber({
    summary: 'Candidates at most, of either kind.',
    min: 1,
    max: 100_000,
    default: 50,
    env: 'EP23_RAG_QUERIES_BUILD_LIMIT',
  }),
  seed: wholeNumber({
    summary: 'Seed of the draw; the model is sent it too, one more for each post.',
    min: 0,
    max: 2 ** 31 - 1,
    default: 23,
    env: 'EP23_RAG_SEED',
  }),
  titles: Flags.boolean({
    summary: 'Take titles and first sentences.',
    default: true,
    allowNo: true,
    env: 'EP23_RAG_QUERIES_BUILD_TITLES',
  }),
  model: Flags.string({
    summary: 'Also have this model write queries.',
    helpValue: 'MODEL',
    env: 'EP23_RAG_QUERIES_BUILD_MODEL',
  }),
  temperature: temperatureFlag({
    summary: 'Sent to the model.',
    default: 0.7,
    env: 'EP23_RAG_QUERIES_BUILD_TEMPERATURE',
  }),
  'timeout-seconds': wholeNumber({
    summary: 'For an answer of the model.',
    min: 1,
    max: 3600,
    default: 60,
    env: 'EP23_RAG_QUERIES_BUILD_TIMEOUT_SECONDS',
  }),
}

/** What a command's own flags hold once parsed. */
export type FlagsOf<T extends FlagInput> = Omit<InferredFlags<T>, 'json'>

/** How the configuration may be named: with its own flag, or in the place of the settings file. */
export interface ConfigFlags {
  'rag-config'?: string | undefined
  config?: string | undefined
}

/** With the folder of the user's own data, where the key is kept by default. */
export type OwnerFlags = FlagsOf<typeof ownerFlags> & ConfigFlags & {dataDir: string}
export type ChangeFlags = FlagsOf<typeof changeFlags> & OwnerFlags
export type PromoteFlags = FlagsOf<typeof promoteFlags> & OwnerFlags
export type ReportFlags = FlagsOf<typeof reportFlags> & ConfigFlags
export type QueriesFlags = FlagsOf<typeof queriesFlags>

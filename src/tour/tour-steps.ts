import type {Message} from '@ep23/sdk'

import {message} from '../words/words.js'

/** One of the five jobs: what a person types, and what there was to see. */
export interface TourStep {
  title: Message
  /** Each without `ep23` before it. */
  commands: readonly string[]
  seen: Message
}

/** What became of one command. */
export interface TourCommand {
  /** As a person types it. */
  command: string
  seconds: number
  /** stdout, with places in the tour's folder as relative ones. */
  output: string
}

const RUN = 'benchmark:run --scenario channel_digest_ru --judge lexical'
const JUDGED_QUERIES = '--queries samples/retrieval/queries.jsonl --qrels samples/retrieval/qrels.tsv'

/** In the order of a first day. Every step uses what the ones before it have left. */
export const TOUR: readonly TourStep[] = [
  {
    title: message('tourDataset'),
    commands: ['dataset:samples samples', 'init --yes --from samples/channels', 'dataset:seed'],
    seen: message('tourDatasetSeen'),
  },
  {title: message('tourExports'), commands: ['exporters:verify'], seen: message('tourExportsSeen')},
  {
    title: message('tourBenchmark'),
    commands: [
      RUN,
      'benchmark:bless latest --as main',
      `${RUN} --answer-writer extractive`,
      'benchmark:compare main latest --pair source',
    ],
    seen: message('tourBenchmarkSeen'),
  },
  {
    title: message('tourObservability'),
    commands: ['observability:traces list'],
    seen: message('tourObservabilitySeen'),
  },
  {
    title: message('tourRetrieval'),
    commands: [`rag:evaluate ${JUDGED_QUERIES}`],
    seen: message('tourRetrievalSeen'),
  },
]

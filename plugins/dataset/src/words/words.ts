import {defineMessages, verbatim, type Message} from '@ep23/sdk'

import {english} from './english.js'

/** What the dataset's commands say, in both languages. */
const {message, catalogue, recorded} = defineMessages(english, async () => (await import('./russian.js')).russian)
export {message, catalogue}

/** The texts of one language. */
export type Words = Awaited<ReturnType<typeof catalogue>>

/** A broken rule of class-validator, which knows English alone. */
export function constraintMessage(rule: string, english: string): Message {
  const russian = async (): Promise<string> =>
    (await import('./russian-constraints.js')).russianOfConstraint(rule, english)
  return {...verbatim(english), in: async language => (language === 'ru' ? russian() : english)}
}

/** Why a day has no digest, as other documents keep it: in English. */
export function recordedGap(reason: string): Message | undefined {
  return recorded(reason, [
    ...(['noPostsWithText', 'nothingBut', 'tooFewSentences'] as const),
    ...(['advertsAndCopies', 'adverts', 'postsWithoutWords', 'copiesOfPosts'] as const),
  ])
}

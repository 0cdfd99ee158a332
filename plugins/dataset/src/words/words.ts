import {defineMessages, type Message} from '@ep23/sdk'

import {english} from './english.js'

/** What the dataset's commands say, in both languages. */
const {message, catalogue, recorded} = defineMessages(english, async () => (await import('./russian.js')).russian)
export {message, catalogue}

/** The texts of one language. */
export type Words = Awaited<ReturnType<typeof catalogue>>

/** Why a day has no digest, as other documents keep it: in English. */
export function recordedGap(reason: string): Message | undefined {
  return recorded(reason, [
    ...(['noPostsWithText', 'nothingBut', 'tooFewSentences'] as const),
    ...(['advertsAndCopies', 'adverts', 'postsWithoutWords', 'copiesOfPosts'] as const),
  ])
}

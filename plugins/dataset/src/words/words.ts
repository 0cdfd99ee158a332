import {defineMessages} from '@ep23/sdk'

import {english} from './english.js'

/** What the dataset's commands say, in both languages. */
export const {message, catalogue} = defineMessages(english, async () => (await import('./russian.js')).russian)

/** The texts of one language. */
export type Words = Awaited<ReturnType<typeof catalogue>>

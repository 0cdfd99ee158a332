import {defineMessages} from '@ep23/sdk'

import {english} from './english.js'

/** What the commands of rag say, in both languages. */
export const {message, recorded} = defineMessages(english, async () => (await import('./russian.js')).russian)

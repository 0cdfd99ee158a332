import {defineMessages} from '@ep23/sdk'

import {english} from './english.js'

/** What the client of model servers says, in both languages. */
export const {message} = defineMessages(english, async () => (await import('./russian.js')).russian)

import {defineMessages} from '@ep23/sdk'
import {english} from './english.js'

/** What the host itself says, in both languages. */
export const {message, catalogue} = defineMessages(english, async () => (await import('./russian.js')).russian)

import {defineMessages} from '@ep23/sdk'

import {english} from './english.js'

/** What the commands of benchmark say, in both languages. */
export const {recorded, message, catalogue} = defineMessages(
  english,
  async () => (await import('./russian.js')).russian,
)

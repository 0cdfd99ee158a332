import {both, type Markup} from '@ep23/report'

import type {Told} from '../../domain/telling/told.js'

export function told({ru, en}: Told): Markup {
  return both(ru, en)
}

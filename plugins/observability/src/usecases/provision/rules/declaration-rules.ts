import {policyFindings} from '@ep23/sdk'

import type {Finding} from '../../../domain/provision/finding.js'
import type {ProvisionSet} from '../../../domain/provision/provision-set.js'

/** Rule 3 without a server: names, units, bounds, by the observability policy. */
export function checkDeclarations({declarations}: ProvisionSet): Finding[] {
  return declarations.flatMap(({owner, spec}) =>
    policyFindings({[spec.name]: spec}).map(({rule, metric, problem}) => ({
      rule: 'metric-declarations',
      file: owner,
      place: metric,
      problem: `${rule}: ${problem}`,
      fix: 'correct the declaration',
    })),
  )
}

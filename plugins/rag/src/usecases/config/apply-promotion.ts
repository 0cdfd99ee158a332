import {differingPart} from '../../domain/canary.js'
import type {Setting} from '../../domain/tuning/knobs.js'
import type {ConfigText} from '../../formats/config-yaml.js'
import {withCanary} from '../../formats/edit-canary-yaml.js'
import {editConfigYaml} from '../../formats/edit-config-yaml.js'

/** The share at which a canary is over. */
export const EVERYBODY = 100

/** The configuration with this setting for a share of the users, or for everybody: then no canary is left. */
export function applyPromotion(config: ConfigText, setting: Setting, percent: number): ConfigText {
  if (percent < EVERYBODY) return withCanary(config, {percent, setting: differingPart(config.values, setting)})
  return Object.entries(setting).reduce(
    (edited, [key, value]) => editConfigYaml(edited, key, value),
    withCanary(config, null),
  )
}

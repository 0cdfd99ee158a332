import {differingPart} from '../../domain/canary.js'
import type {Setting} from '../../domain/tuning.js'
import type {ConfigText} from '../../domain/config-yaml.js'
import {withCanary, editConfigYaml} from '../../domain/edit-config-yaml.js'

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

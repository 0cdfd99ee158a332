import {badDataError, usageError} from '@ep23/sdk'

import type {SeedFlags} from '../flags.js'
import {DEFAULT_POLICY, type DatasetPolicy} from './dataset-policy.js'
import {
  readSection,
  resolveSources,
  textIn,
  type DatasetSection,
  type SettingsFile,
  type SourceOptions,
} from './source-options.js'
import {message} from '../words/words.js'

export interface SeedOptions extends SourceOptions {
  policy: DatasetPolicy
  /** Last day of the window, or `latest`: the last day that all sources cover whole. */
  until: string
  gaps: 'synthetic' | 'fail'
  /** Largest allowed share of synthetic digests, 0 to 1. */
  maxSyntheticShare: number
  /** Of the synthetic generator. */
  seed: number
  /** Write nothing, say what would be done. */
  plan: boolean
  /** Rewrite what stands in the window and remove the channels' documents outside it. */
  replace: boolean
  /** Keep the fine records of a partly bad file and put the bad ones into quarantine. */
  skipInvalid: boolean
}

/**
 * Flags over settings file over defaults. Channels named by `--from` or `--channels` replace those of the file.
 * @throws Ep23Error USAGE (64), CONFIG_INVALID or DATASET_BAD_CHANNEL (65)
 */
export function resolveSeedOptions(flags: SeedFlags, file: SettingsFile): SeedOptions {
  const section = readSection(file.section)
  const sources = resolveSources(flags, file)
  const hasSources = sources.channels.some(({sources}) => sources.length > 0)
  const days = flags.days ?? wholeNumberIn(section, 'days') ?? DEFAULT_POLICY.days
  const minimum = flags.minimum ?? wholeNumberIn(section, 'minimum') ?? DEFAULT_POLICY.minimum
  if (minimum > days) throw usageError(message('minimumTooHigh', {minimum, days}), [message('lowerMinimum')])
  return {
    ...sources,
    policy: {channels: DEFAULT_POLICY.channels, days, minimum},
    until: flags.until ?? (flags.from ? 'latest' : textIn(section, 'until')) ?? (hasSources ? 'latest' : yesterday()),
    gaps: flags.gaps === 'fail' ? 'fail' : 'synthetic',
    maxSyntheticShare: flags['max-synthetic-share'],
    seed: flags.seed,
    plan: flags.plan ?? false,
    replace: flags.replace ?? false,
    skipInvalid: flags['skip-invalid'] ?? false,
  }
}

function wholeNumberIn(section: DatasetSection, key: 'days' | 'minimum'): number | undefined {
  const value = section[key]
  if (value === undefined || (Number.isInteger(value) && Number(value) >= 1)) return value as number | undefined
  throw badDataError('CONFIG_INVALID', message('mustBeWhole', {key, value: JSON.stringify(value)}))
}

const yesterday = (): string => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)

import * as Flags from '@oclif/core/flags'
import type {FlagInput, InferredFlags} from '@oclif/core/interfaces'

import {words} from '../words/words.js'
import {usageError} from './errors.js'

/** Flags that every command has; the settings among them are resolved with environment and file by the host. */
export const commonFlags = {
  store: Flags.string({
    summary: 'Where the documents are: a SQLite file or a mongodb:// URL.',
    helpGroup: 'GLOBAL',
    helpValue: 'FILE|URL',
  }),
  config: Flags.string({summary: 'Settings file.', helpGroup: 'GLOBAL', helpValue: 'FILE', env: 'EP23_CONFIG'}),
  'log-level': Flags.string({
    summary: 'Least serious log lines to keep.',
    helpGroup: 'GLOBAL',
    options: ['debug', 'info', 'warn', 'error'],
  }),
  lang: Flags.string({
    summary: 'Language of what people read. [default: as the locale says]',
    helpGroup: 'GLOBAL',
    options: ['ru', 'en'],
  }),
  quiet: Flags.boolean({char: 'q', summary: 'Show no progress.', helpGroup: 'GLOBAL', env: 'EP23_QUIET'}),
  debug: Flags.boolean({summary: 'Show stack traces.', helpGroup: 'GLOBAL', env: 'EP23_DEBUG'}),
}

/** A whole number between `min` and `max`, both included. */
export const wholeNumber = Flags.custom<number, {min?: number; max?: number}>({
  helpValue: 'N',
  async parse(input, _context, {min = 0, max = Number.MAX_SAFE_INTEGER}) {
    if (!/^-?\d+$/u.test(input)) throw usageError(words.message('wholeNumber', {given: input}))
    const value = Number(input)
    if (value < min || value > max) throw usageError(words.message('wholeNumberWithin', {min, max, given: input}))
    return value
  },
})

/** A share from 0 to 1. */
export const share = Flags.custom<number>({
  helpValue: '0..1',
  async parse(input) {
    const value = input.trim() === '' ? Number.NaN : Number(input)
    if (!(value >= 0 && value <= 1)) throw usageError(words.message('share', {given: input}))
    return value
  },
})

/** A calendar day, `YYYY-MM-DD`, that exists. */
export const day = Flags.custom({
  helpValue: 'YYYY-MM-DD',
  async parse(input) {
    const date = new Date(`${input}T00:00:00Z`)
    if (!/^\d{4}-\d{2}-\d{2}$/u.test(input) || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(input))
      throw usageError(words.message('day', {given: input}))
    return input
  },
})

type WithDefault<Flags> = {[Name in keyof Flags as undefined extends Flags[Name] ? never : Name]: Flags[Name]}

/** What the flags of an object such as `runFlags` are parsed to; those without a default may be left out. */
export type FlagValues<F extends FlagInput> = WithDefault<InferredFlags<F>> & Partial<InferredFlags<F>>

/** The folder of the evidence files; the host resolves it with environment and settings file. */
export const datasetDirFlag = Flags.string({summary: 'Folder of the evidence files.', helpValue: 'DIR'})

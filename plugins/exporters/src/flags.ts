import * as Flags from '@oclif/core/flags'
import {day, usageError, wholeNumber, datasetDirFlag, type FlagValues} from '@ep23/sdk'
import {message} from './words/words.js'

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
}

/** A number of bytes, `500KB` or `64KiB`. */
const byteSize = Flags.custom<number, {min?: number}>({
  helpValue: '500KB',
  async parse(input, _context, {min = 1}) {
    const [, digits, unit = 'B'] = /^(\d+(?:\.\d+)?)\s*([KMG]i?B|B)?$/u.exec(input) ?? []
    const bytes = Math.floor(Number(digits) * (UNITS[unit] ?? Number.NaN))
    if (bytes >= min) return bytes
    throw usageError(message('expectedSize', {min, input}))
  },
})

/** Which records are exported. */
const queryFlags = {
  window: Flags.string({
    summary: 'Days that end with --until: 30d, or "all". [default: the days of the last seed]',
    helpValue: '30d|all',
    env: 'EP23_EXPORTERS_WINDOW',
  }),
  from: day({summary: 'First day.', env: 'EP23_EXPORTERS_FROM'}),
  until: day({summary: 'Last day. [default: the last day seeded, else today]', env: 'EP23_EXPORTERS_UNTIL'}),
  'time-zone': Flags.string({
    summary: 'Zone whose calendar days are meant. [default: as seeded, else Europe/Moscow]',
    helpValue: 'ZONE',
    env: 'EP23_EXPORTERS_TIME_ZONE',
  }),
  channel: Flags.string({
    summary: 'Only this channel. May be repeated.',
    helpValue: '@name',
    multiple: true,
    env: 'EP23_EXPORTERS_CHANNEL',
  }),
  language: Flags.string({
    summary: 'Only this language, such as ru.',
    helpValue: 'ru|any',
    default: 'any',
    env: 'EP23_EXPORTERS_LANGUAGE',
    async parse(input) {
      if (/^[a-z]{2,3}$/u.test(input)) return input
      throw usageError(message('expectedLanguage', {input}))
    },
  }),
  origin: Flags.string({
    summary: 'Only records of this origin.',
    options: ['telegram', 'synthetic', 'team', 'any'],
    default: 'any',
    env: 'EP23_EXPORTERS_ORIGIN',
  }),
  limit: wholeNumber({summary: 'Export at most N records.', min: 1, env: 'EP23_EXPORTERS_LIMIT'}),
}

const signFlag = Flags.string({
  summary: 'Sign the manifest with this Ed25519 private key (see exporters:keygen).',
  helpValue: 'KEYFILE',
  env: 'EP23_EXPORTERS_SIGN',
})

/** Of `exporters:run`. */
export const runFlags = {
  ...queryFlags,
  format: Flags.string({
    summary: 'Form of the records. [default: by the name of --output, else jsonl]',
    options: ['jsonl', 'parquet'],
    env: 'EP23_EXPORTERS_FORMAT',
  }),
  compress: Flags.string({
    summary: 'Compression. [default: by the name of --output, else none]',
    options: ['none', 'gzip', 'zstd'],
    env: 'EP23_EXPORTERS_COMPRESS',
  }),
  split: byteSize({
    summary: 'Largest part in bytes, as stored on disk.',
    helpValue: '500KB',
    min: 1000,
    env: 'EP23_EXPORTERS_SPLIT',
  }),
  layout: Flags.string({
    summary: "Form of a record's texts; team: as the team's own exporter writes them, into <dataset id>/latest.jsonl.",
    options: ['ep23', 'team'],
    default: 'ep23',
    env: 'EP23_EXPORTERS_LAYOUT',
  }),
  output: Flags.string({
    char: 'o',
    summary: 'Folder, file, or - for stdout. [default: <dataset dir>/exports]',
    helpValue: 'DIR|FILE|-',
    env: 'EP23_EXPORTERS_OUTPUT',
  }),
  sign: signFlag,
  'dataset-dir': datasetDirFlag,
}

const {limit: _limit, ...windowAndFilters} = queryFlags

/** Of `exporters:verify`. */
export const verifyFlags = {
  exporter: Flags.string({
    summary: 'Only this exporter. May be repeated. [default: all]',
    helpValue: 'NAME',
    multiple: true,
    env: 'EP23_EXPORTERS_VERIFY_EXPORTER',
  }),
  runs: wholeNumber({
    summary: 'How often each exporter is run.',
    min: 2,
    max: 100,
    default: 2,
    env: 'EP23_EXPORTERS_VERIFY_RUNS',
  }),
  'min-samples': wholeNumber({
    summary: 'Fewest records that each run must have.',
    min: 1,
    default: 50,
    env: 'EP23_EXPORTERS_VERIFY_MIN_SAMPLES',
  }),
  ...windowAndFilters,
  sign: signFlag,
  'dataset-dir': datasetDirFlag,
}

/** Of `exporters:split`. */
export const splitFlags = {
  max: byteSize({
    summary: 'Largest part in bytes, as stored on disk.',
    helpValue: '500KB',
    min: 1000,
    required: true,
    env: 'EP23_EXPORTERS_SPLIT_MAX',
  }),
  compress: Flags.string({
    summary: 'Compress each part.',
    options: ['none', 'gzip', 'zstd'],
    default: 'none',
    env: 'EP23_EXPORTERS_SPLIT_COMPRESS',
  }),
  output: Flags.string({
    char: 'o',
    summary: 'Folder for the parts. [default: FILE.parts]',
    helpValue: 'DIR',
    env: 'EP23_EXPORTERS_SPLIT_OUTPUT',
  }),
}

export type QueryFlags = FlagValues<typeof queryFlags>
export type RunFlags = FlagValues<typeof runFlags>
export type VerifyFlags = FlagValues<typeof verifyFlags>
export type SplitFlags = FlagValues<typeof splitFlags>

import * as Flags from '@oclif/core/flags'
import {day, usageError, wholeNumber} from '@ep23/sdk'

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
export const byteSize = Flags.custom<number, {min?: number}>({
  helpValue: '500KB',
  async parse(input, _context, {min = 1}) {
    const [, digits, unit = 'B'] = /^(\d+(?:\.\d+)?)\s*([KMG]i?B|B)?$/u.exec(input) ?? []
    const bytes = Math.floor(Number(digits) * (UNITS[unit] ?? Number.NaN))
    if (bytes >= min) return bytes
    throw usageError(`expected a size such as 500KB, 64KiB or 2MB, at least ${min} B, but received: ${input}`)
  },
})

/** Which records are exported. */
export const queryFlags = {
  window: Flags.string({
    summary: 'Days that end with --until: 30d, or "all". [default: what was seeded last]',
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
      throw usageError(`expected a language such as ru, or any, but received: ${input}`)
    },
  }),
  origin: Flags.string({
    summary: 'Only records of this origin.',
    options: ['telegram', 'synthetic', 'team', 'any'],
    default: 'any',
    env: 'EP23_EXPORTERS_ORIGIN',
  }),
  limit: wholeNumber({summary: 'At most so many records.', min: 1, env: 'EP23_EXPORTERS_LIMIT'}),
}

export const signFlag = Flags.string({
  summary: 'Sign the manifest with this Ed25519 private key (see exporters:keygen).',
  helpValue: 'KEYFILE',
  env: 'EP23_EXPORTERS_SIGN',
})

/** Where evidence files go; settings resolve it with EP23_DATASET_DIR and the settings file. */
export const datasetDirFlag = Flags.string({summary: 'Folder of the evidence files.', helpValue: 'DIR'})

import * as Flags from '@oclif/core/flags'
import type {InferredFlags} from '@oclif/core/interfaces'
import {judgeFlags} from '@ep23/plugin-benchmark'
import {datasetDirFlag, day, usageError, wholeNumber} from '@ep23/sdk'
import {message} from './words/words.js'

/** Who is told, and where they are. Secrets come from files or the environment, never from flags. */
const notifyFlags = {
  notify: Flags.string({
    summary: 'Who is told of a change and of the week, comma-separated: telegram, webhook, alertmanager, email.',
    helpValue: 'NAME,…',
    helpGroup: 'MESSAGES',
    env: 'EP23_DAILY_NOTIFY',
  }),
  'telegram-chat': Flags.string({
    summary: 'Chat id or @channel. The token is in EP23_DAILY_TELEGRAM_TOKEN_FILE.',
    helpValue: 'CHAT',
    helpGroup: 'MESSAGES',
    env: 'EP23_DAILY_TELEGRAM_CHAT',
  }),
  'telegram-url': Flags.string({
    summary: 'Bot API server.',
    helpValue: 'URL',
    helpGroup: 'MESSAGES',
    default: 'https://api.telegram.org',
    env: 'EP23_DAILY_TELEGRAM_URL',
  }),
  'webhook-url': Flags.string({
    summary: 'Where JSON is posted, signed with the secret in EP23_DAILY_WEBHOOK_SECRET_FILE.',
    helpValue: 'URL',
    helpGroup: 'MESSAGES',
    env: 'EP23_DAILY_WEBHOOK_URL',
  }),
  'alertmanager-url': Flags.string({
    summary: 'Alertmanager.',
    helpValue: 'URL',
    helpGroup: 'MESSAGES',
    default: 'http://127.0.0.1:9093',
    env: 'EP23_DAILY_ALERTMANAGER_URL',
  }),
  'mail-to': Flags.string({
    summary: 'Recipients.',
    helpGroup: 'MESSAGES',
    helpValue: 'ADDRESS',
    env: 'EP23_DAILY_MAIL_TO',
  }),
  'mail-from': Flags.string({
    summary: 'Sender.',
    helpGroup: 'MESSAGES',
    helpValue: 'ADDRESS',
    env: 'EP23_DAILY_MAIL_FROM',
  }),
  sendmail: Flags.string({
    summary: 'Program that takes the mail.',
    helpGroup: 'MESSAGES',
    helpValue: 'FILE',
    default: '/usr/sbin/sendmail',
    env: 'EP23_DAILY_SENDMAIL',
  }),
  'notify-wait': wholeNumber({
    summary: 'Seconds before a message is tried again; each further wait is twice as long, a minute at most.',
    helpGroup: 'MESSAGES',
    default: 1,
    max: 60,
    env: 'EP23_DAILY_NOTIFY_WAIT',
  }),
}

export const dailyFlags = {
  day: day({summary: 'The day to judge. [default: the last closed one]', env: 'EP23_DAILY_DAY'}),
  since: day({summary: 'The first day of an empty board. [default: --day]', env: 'EP23_DAILY_SINCE'}),
  from: Flags.string({
    summary:
      "A channel's posts: a file or folder in any known format, a command, or the team's database. May be repeated.",
    helpValue: '@channel=FILE|@channel=cmd:COMMAND|[@channel=]mongodb://…',
    multiple: true,
    env: 'EP23_DAILY_FROM',
  }),
  channels: Flags.string({
    summary: 'Only these channels, comma-separated. [default: those of --from, else of the settings file]',
    helpValue: '@a,@b',
    env: 'EP23_DAILY_CHANNELS',
  }),
  writer: Flags.string({
    summary: 'Who writes the digests: extractive, openai:MODEL at LLM_URL, or team for those in the store.',
    helpValue: 'NAME',
    default: 'extractive',
    env: 'EP23_DAILY_WRITER',
  }),
  scenario: Flags.string({
    char: 's',
    summary: 'Name of a scenario, or its YAML file.',
    helpValue: 'NAME|FILE',
    default: 'channel_digest_ru',
    env: 'EP23_DAILY_SCENARIO',
  }),
  judge: Flags.string({
    char: 'j',
    summary: "lexical, llm, or a plugin's. [default: the scenario's]",
    env: 'EP23_DAILY_JUDGE',
  }),
  'time-zone': Flags.string({
    summary: 'Zone whose calendar days are used. [default: Europe/Moscow]',
    helpValue: 'ZONE',
    env: 'EP23_DAILY_TIME_ZONE',
  }),
  'source-time-zone': Flags.string({
    summary: "Zone of the sources' dates that have no UTC offset.",
    helpValue: 'ZONE',
    env: 'EP23_DAILY_SOURCE_TIME_ZONE',
  }),
  'dry-run': Flags.boolean({
    summary: 'Say what would be said; write and send nothing.',
    default: false,
    env: 'EP23_DAILY_DRY_RUN',
  }),
  ...notifyFlags,
  ...judgeFlags,
  'dataset-dir': datasetDirFlag,
}

export type DailyFlags = InferredFlags<typeof dailyFlags>

const alarmsPerYear = Flags.custom<number>({
  helpValue: 'N',
  async parse(input) {
    const value = Number(input)
    if (input.trim() !== '' && value > 0 && value <= 36) return value
    throw usageError(message('aboveZero', {input}))
  },
})

export const blessFlags = {
  from: day({summary: 'First day. [default: the first of the board]', env: 'EP23_DAILY_BLESS_FROM'}),
  until: day({summary: 'Last day. [default: the last of the board]', env: 'EP23_DAILY_BLESS_UNTIL'}),
  'alarms-per-year': alarmsPerYear({
    summary: 'False alarms that are acceptable.',
    default: 1,
    env: 'EP23_DAILY_ALARMS_PER_YEAR',
  }),
  adjust: Flags.boolean({
    summary: 'Adjust scores for the length of their sources.',
    default: true,
    allowNo: true,
    env: 'EP23_DAILY_ADJUST',
  }),
  'dataset-dir': datasetDirFlag,
}

export type BlessFlags = InferredFlags<typeof blessFlags>

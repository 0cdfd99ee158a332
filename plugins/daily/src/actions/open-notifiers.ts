import {readTextFile, type Runtime, usageError} from '@ep23/sdk'

import {alertmanagerNotifier} from '../adapters/alertmanager.js'
import {emailNotifier} from '../adapters/email.js'
import {telegramNotifier} from '../adapters/telegram.js'
import {webhookNotifier} from '../adapters/webhook.js'
import {type Notifier, type NotifierName, NOTIFIERS} from '../domain/notifier.js'
import type {DailyFlags} from '../flags.js'
import {message} from '../words/words.js'

/** Those that `--notify` names. @throws Ep23Error USAGE (64) for what they need and nobody gave */
export async function openNotifiers(runtime: Runtime, flags: DailyFlags): Promise<Notifier[]> {
  const names = (flags.notify ?? '').split(',').filter(name => name.trim() !== '')
  return Promise.all(names.map(name => OPENERS[known(name.trim())](runtime, flags)))
}

function known(name: string): NotifierName {
  const found = NOTIFIERS.find(each => each === name)
  if (found === undefined) throw usageError(message('notNotifier', {name, notifiers: NOTIFIERS.join(', ')}))
  return found
}

type Open = (runtime: Runtime, flags: DailyFlags) => Promise<Notifier>

const OPENERS: Readonly<Record<NotifierName, Open>> = {
  async telegram({signal}, {'telegram-url': url, 'telegram-chat': chat, 'notify-wait': firstWaitSeconds}) {
    const token = await readSecret('EP23_DAILY_TELEGRAM_TOKEN', '--notify telegram')
    return telegramNotifier({
      url: address(url, '--telegram-url'),
      chat: needed(chat, '--telegram-chat'),
      token,
      signal,
      firstWaitSeconds,
    })
  },
  async webhook({signal, clock}, {'webhook-url': url, 'notify-wait': firstWaitSeconds}) {
    const secret = await readSecret('EP23_DAILY_WEBHOOK_SECRET', '--notify webhook')
    const now = (): Date => clock.now()
    return webhookNotifier({url: address(url, '--webhook-url'), secret, signal, now, firstWaitSeconds})
  },
  async alertmanager({signal, clock}, {'alertmanager-url': url, 'notify-wait': firstWaitSeconds}) {
    const now = (): Date => clock.now()
    return alertmanagerNotifier({url: address(url, '--alertmanager-url'), signal, now, firstWaitSeconds})
  },
  async email({signal}, {sendmail, 'mail-to': to, 'mail-from': from}) {
    return emailNotifier({sendmail, from, to: needed(to, '--mail-to'), signal})
  },
}

function needed(value: string | undefined, flag: string): string {
  if (value !== undefined && value !== '') return value
  throw usageError(message('notifyNeeds', {flag}))
}

// An address may hold a password: it is not told.
function address(value: string | undefined, flag: string): string {
  const url = needed(value, flag)
  if (/^https?:$/u.test(URL.parse(url)?.protocol ?? '')) return url
  throw usageError(message('noAddress', {flag}))
}

/**
 * A secret from the file that `NAME_FILE` names, as systemd's credentials and mounted secrets come, else from `NAME`. Flags are no place
 * for secrets: every process of the machine may read them.
 * @throws Ep23Error USAGE (64) when there is none
 */
async function readSecret(name: string, neededBy: string): Promise<string> {
  const file = process.env[`${name}_FILE`]
  const text = file === undefined ? process.env[name] : await readTextFile(file)
  const secret = text?.trim() ?? ''
  if (secret !== '') return secret
  throw usageError(message('needsSecret', {neededBy, name}), [message('secretInFile', {name})])
}

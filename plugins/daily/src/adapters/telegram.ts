import type {Notice} from '../domain/message.js'
import type {Notifier} from '../domain/notifier.js'
import {postMessage} from './http-post.js'

/** Telegram takes 4096 characters after entities; escaped text stays below with this many UTF-16 units. */
const LONGEST = 3500

export interface TelegramOptions {
  /** `https://api.telegram.org`, or a Bot API server of one's own. */
  url: string
  chat: string
  token: string
  signal: AbortSignal
  firstWaitSeconds?: number
}

/** A chat of Telegram, through its Bot API. The token stands in the address, so no address is ever told. */
export function telegramNotifier({url, chat, token, signal, firstWaitSeconds = 1}: TelegramOptions): Notifier {
  return {
    name: 'telegram',
    repeats: false,
    async send(message) {
      const body = JSON.stringify({
        chat_id: chat,
        text: telegramHtml(message),
        parse_mode: 'HTML',
        link_preview_options: {is_disabled: true},
      })
      await postMessage(`${url.replace(/\/$/u, '')}/bot${token}/sendMessage`, {
        body,
        signal,
        secret: token,
        firstWaitSeconds,
      })
    },
  }
}

/** Escaped, the title bold, cut at a line. */
export function telegramHtml({lines}: Pick<Notice, 'lines'>): string {
  const [title = '', ...rest] = lines.map(escapeHtml)
  let text = `<b>${cut(title, LONGEST / 2)}</b>`
  for (const line of rest) {
    if (text.length + line.length + 1 > LONGEST) return `${text}\n…`
    text += `\n${line}`
  }
  return text
}

// The three that Telegram's HTML knows.
function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

// Neither an entity nor a pair of surrogates is broken.
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  return `${text.slice(0, longest).replace(/&[a-z]*$|[\uD800-\uDBFF]$/u, '')}…`
}

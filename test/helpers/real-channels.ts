import {readdirSync} from 'node:fs'
import {join} from 'node:path'

/** Real Telegram channels that lie beside the repository; read in place, never copied. */
export const TELETHON_FOLDER = join(import.meta.dirname, '../../../shared/data/telegram/telethon-lite')

/** The five channels that have posts on all of 2024-11-04 … 2024-12-03. */
export const FIVE = ['naked_science', 'habr', 'proglib', 'moscowach', 'moskva_live'] as const

export function channelFile(channel: string): string {
  const name = readdirSync(TELETHON_FOLDER).find(file => file.startsWith(`${channel}.`))
  if (name === undefined) throw new Error(`there is no file of ${channel} in ${TELETHON_FOLDER}`)
  return join(TELETHON_FOLDER, name)
}

/** `--from` flags for these channels. */
export function fromFlags(channels: readonly string[]): string[] {
  return channels.flatMap(channel => ['--from', `@${channel}=${channelFile(channel)}`])
}

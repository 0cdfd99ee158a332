import type {Message} from './messages.js'
import type {Language} from './settings.js'

/** For whoever waits for a server, also with `--json`, while oclif's own log is silent. */
export async function writeOnStderr(message: Message, language: Language): Promise<void> {
  process.stderr.write(await message.in(language))
}

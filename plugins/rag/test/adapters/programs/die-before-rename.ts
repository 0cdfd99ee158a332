// Writes a configuration and is killed at the moment when the new file is complete but not yet in place.
import fs from 'node:fs/promises'
import {syncBuiltinESMExports} from 'node:module'

import type {writeConfigFile as WriteConfigFile} from '#src/adapters/config-files.js'

fs.rename = async () => {
  process.kill(process.pid, 'SIGKILL')
}
syncBuiltinESMExports()

const module: {writeConfigFile: typeof WriteConfigFile} = await import('#src/adapters/config-files.js')
await module.writeConfigFile(process.argv[2]!, 'retrieval:\n  top_k: 99\n')

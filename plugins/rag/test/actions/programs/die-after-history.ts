// Sets a value as the owner and is killed when the history holds the change and the configuration does not yet.
import fs from 'node:fs/promises'
import {syncBuiltinESMExports} from 'node:module'
import {join} from 'node:path'

import {fakeRuntime} from '@ep23/sdk/testing'

import type {setConfig as SetConfig} from '#src/actions/change-config.js'

const rename = fs.rename
fs.rename = async (from, to) => {
  if (String(to).endsWith('.yaml')) process.kill(process.pid, 'SIGKILL')
  else await rename(from, to)
}
syncBuiltinESMExports()

const folder = process.argv[2]!
const module: {setConfig: typeof SetConfig} = await import('#src/actions/change-config.js')
const flags = {'rag-config': join(folder, 'rag.yaml'), config: undefined, key: join(folder, 'owner.key')}
await module.setConfig(fakeRuntime(), {...flags, why: 'x', dataDir: folder}, {name: 'retrieval.top_k', value: '99'})

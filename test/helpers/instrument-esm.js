// nyc instruments what goes through require(); this does the same for what goes through import.
import {registerHooks} from 'node:module'
import {relative, sep} from 'node:path'
import {fileURLToPath} from 'node:url'

import {instrumented} from './instrumented.js'

const root = process.env['NYC_CWD']
const ours = /^(dist|(packages|plugins)\/[^/]+\/dist)\//u

if (root)
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (loaded.format !== 'module' || !url.startsWith('file:')) return loaded
      const file = fileURLToPath(url)
      if (!ours.test(relative(root, file).split(sep).join('/'))) return loaded
      return {...loaded, source: instrumented(file, Buffer.from(loaded.source).toString())}
    },
  })

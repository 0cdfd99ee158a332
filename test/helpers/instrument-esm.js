// nyc instruments what goes through require(); this does the same for what goes through import.
import {existsSync, readFileSync} from 'node:fs'
import {registerHooks} from 'node:module'
import {relative, sep} from 'node:path'
import {fileURLToPath} from 'node:url'

import {createInstrumenter} from 'istanbul-lib-instrument'

const root = process.env['NYC_CWD']
const ours = /^(dist|sdk\/dist|plugins\/[^/]+\/dist)\//u
const instrumenter = createInstrumenter({esModules: true, compact: false, preserveComments: true})

if (root)
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (loaded.format !== 'module' || !url.startsWith('file:')) return loaded
      const file = fileURLToPath(url)
      if (!ours.test(relative(root, file).split(sep).join('/'))) return loaded
      const map = existsSync(`${file}.map`) ? JSON.parse(readFileSync(`${file}.map`, 'utf8')) : undefined
      return {...loaded, source: instrumenter.instrumentSync(Buffer.from(loaded.source).toString(), file, map)}
    },
  })

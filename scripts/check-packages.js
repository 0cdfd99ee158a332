// Would each package, published as it is, work for those who install it?
import {globSync} from 'node:fs'
import {dirname} from 'node:path'

import {publint} from 'publint'
import {formatMessage} from 'publint/utils'

for (const file of globSync(['packages/*/package.json', 'plugins/*/package.json'])) {
  const {messages, pkg} = await publint({pkgDir: dirname(file), strict: true, pack: false})
  for (const message of messages) {
    console.error(`${pkg.name}: ${formatMessage(message, pkg)}`)
    process.exitCode = 1
  }
}

import type {Config} from '@oclif/core'
import {Ep23Error, errorEnvelope, EXIT, printableJson} from '@ep23/sdk'

import {unknownCommand} from '../../unknown-command.js'

/** Tells what was probably meant, as an error or, with `--json`, as its document; runs nothing on its own. */
export default async function sayWhatWasMeant({
  id,
  argv = [],
  config,
}: {
  id: string
  argv?: string[]
  config: Config
}): Promise<true> {
  const error =
    missingPlugin(config) ??
    unknownCommand(id, {
      commands: config.commands.filter(({hidden}) => !hidden).flatMap(({id: known, aliases}) => [known, ...aliases]),
      topics: config.topics.map(({name}) => name),
    })
  if (!argv.includes('--json')) throw Object.assign(error, {oclif: {exit: error.exit}})
  process.stdout.write(`${printableJson(JSON.stringify(errorEnvelope({command: id}, error), null, 2))}\n`)
  process.exitCode = error.exit
  return true
}

/** oclif leaves out a plugin whose files it could not read, so that its commands seem not to exist. */
function missingPlugin({pjson, plugins}: Config): Ep23Error | undefined {
  const missing = (pjson.oclif.plugins ?? []).filter(name => !plugins.has(name))
  if (missing.length === 0) return undefined
  return new Ep23Error(`ep23 could not load its own ${missing.join(', ')}`, {
    code: 'PLUGIN_NOT_LOADED',
    exit: EXIT.tryAgain,
    suggestions: [
      'the warnings above name the file',
      'too few open files allowed? ulimit -n',
      'else install ep23 again',
    ],
  })
}

import type {Config} from '@oclif/core'
import {errorEnvelope, printableJson} from '@ep23/sdk'

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
  const error = unknownCommand(id, {
    commands: config.commands.filter(({hidden}) => !hidden).flatMap(({id: known, aliases}) => [known, ...aliases]),
    topics: config.topics.map(({name}) => name),
  })
  if (!argv.includes('--json')) throw Object.assign(error, {oclif: {exit: error.exit}})
  process.stdout.write(`${printableJson(JSON.stringify(errorEnvelope({command: id}, error), null, 2))}\n`)
  process.exitCode = error.exit
  return true
}

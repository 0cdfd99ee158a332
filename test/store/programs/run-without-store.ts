// Run as a child, in a folder of its own: runs each command line of ARGV, one after the other in this one process, and prints the code
// of its error and whether a store was made.
import {existsSync, rmSync} from 'node:fs'
import {join} from 'node:path'

import {Config} from '@oclif/core'

import {closeSession} from '#src/session.js'

const config = await Config.load(join(import.meta.dirname, '../../..'))
const ends: Record<string, {code: string; made: boolean}> = {}
const write = process.stdout.write.bind(process.stdout)
process.stdout.write = () => true
for (const line of process.argv.slice(2)) {
  const [command = '', ...args] = line.split(' ')
  const error = await config.runCommand(command, [...args, '--store', 'none/store.sqlite', '--quiet']).then(
    () => undefined,
    (thrown: Error) => thrown,
  )
  await closeSession(error)
  ends[command] = {code: (error as {code?: string} | undefined)?.code ?? 'none', made: existsSync('none')}
  rmSync('none', {recursive: true, force: true})
}
process.exitCode = 0
write(JSON.stringify(ends))

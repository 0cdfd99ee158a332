// Takes the lock of a configuration, says so, and holds it until it is killed.
import type {withConfigLock as WithConfigLock} from '#src/adapters/config-files.js'

const module: {withConfigLock: typeof WithConfigLock} = await import('#src/adapters/config-files.js')
await module.withConfigLock(process.argv[2]!, async () => {
  process.stdout.write('locked\n')
  await new Promise(resolve => process.stdin.once('end', resolve).resume())
})

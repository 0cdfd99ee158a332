// Run as a child: tries to open the store at LOCATION and prints how that ended as JSON.
import {openStore} from '#src/store/open-store.js'

try {
  await (await openStore(process.argv[2] ?? '')).dispose()
  process.stdout.write(JSON.stringify({code: 'OPENED'}))
} catch (error) {
  const {code, exit, message} = error as {code?: string; exit?: number; message: string}
  process.stdout.write(JSON.stringify({code, exit, message}))
}

// Run as a child: tries to open the store at LOCATION (with "read": to read it) and prints how that ended as JSON.
import {openStore} from '#src/store/open-store.js'

try {
  const store = await openStore(process.argv[2] ?? '', {readOnly: process.argv[3] === 'read'})
  await store.ping()
  await store.dispose()
  process.stdout.write(JSON.stringify({code: 'OPENED'}))
} catch (error) {
  const {code, exit, message} = error as {code?: string; exit?: number; message: string}
  process.stdout.write(JSON.stringify({code, exit, message}))
}

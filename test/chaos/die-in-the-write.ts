// Loaded into a run before anything else (`node --import`): counts what the run writes, and can end it at one of these writes.
//
// - CHAOS_COUNT=FILE: at the end, the number of writes is written there
// - CHAOS_DIE_AT=N: SIGKILL at the N-th write, as a power cut would: a file is then written by half, a transaction or a request not at all
// - CHAOS_DIE=after: right after it was called, before its caller knows; =later: a millisecond after
// - CHAOS_SIGNAL=SIGTERM: asked to end instead, at a moment that no busy machine moves
// - CHAOS_PORT=PORT: what goes to this TCP port counts as well
//
// A write is a statement that changes SQLite's file or begins or ends a transaction, a call that changes a file or a folder, or a
// packet to the server. Standard output and standard error are none.
import fs from 'node:fs'
import {syncBuiltinESMExports} from 'node:module'
import net from 'node:net'
import {DatabaseSync, StatementSync} from 'node:sqlite'
import {Worker} from 'node:worker_threads'

type Method = (this: unknown, ...values: unknown[]) => unknown
type Methods = Record<string, Method>

const dieAt = Number(process.env['CHAOS_DIE_AT'] ?? 0)
const when = process.env['CHAOS_DIE'] ?? 'before'
const LATER_MS = 1
const port = Number(process.env['CHAOS_PORT'] ?? 0)
const countFile = process.env['CHAOS_COUNT']
const writeFile = fs.writeFileSync
let writes = 0

const die = (): void => void process.kill(process.pid, process.env['CHAOS_SIGNAL'] ?? 'SIGKILL')
const dieLater = when === 'later' ? startKiller() : die

/** Counts one write; at the chosen one `half` is done and the process ends, without a chance to tidy up. */
function count(half: () => void = () => undefined): void {
  writes += 1
  if (writes !== dieAt) return
  if (when === 'later') dieLater()
  if (when !== 'before') return
  half()
  die()
}

function watch(owner: object, names: readonly string[], onCall: (self: unknown, values: unknown[]) => void): void {
  const methods = owner as Methods
  for (const name of names) {
    const original = methods[name]
    if (original === undefined) throw new Error(`there is no ${name} to watch`)
    methods[name] = function (...values) {
      const before = writes
      onCall(this, values)
      const chosen = before < dieAt && writes >= dieAt
      const result = original.apply(this, values)
      if (chosen && when === 'after') die()
      return result
    }
  }
}

const always = (): void => count()
const writeSync = fs.writeSync

watch(fs, ['writeSync', 'write'], (_, [descriptor, data]) => {
  if (typeof descriptor !== 'number' || descriptor <= 2) return
  count(() => {
    const bytes = Buffer.from(data as string)
    writeSync(descriptor, bytes.subarray(0, bytes.length / 2))
  })
})
watch(fs, ['writeFileSync', 'appendFileSync', 'renameSync', 'fsyncSync', 'unlinkSync', 'rmSync', 'mkdirSync'], always)
watch(fs, ['copyFileSync', 'linkSync', 'truncateSync', 'rename', 'fsync', 'unlink', 'rm', 'writev'], always)
watch(fs.promises, ['rename', 'rm', 'unlink', 'mkdir', 'copyFile', 'writeFile', 'appendFile', 'link'], always)
watch(await handlePrototype(), ['write', 'writev', 'writeFile', 'appendFile', 'sync', 'datasync', 'truncate'], always)
watch(DatabaseSync.prototype, ['exec'], (_, [sql]) => {
  if (/^\s*(?:BEGIN IMMEDIATE|BEGIN EXCLUSIVE|COMMIT|CREATE|INSERT|UPDATE|DELETE)/iu.test(String(sql))) count()
})
watch(StatementSync.prototype, ['run'], always)
watch(net.Socket.prototype, ['write'], socket => {
  if (port !== 0 && (socket as net.Socket).remotePort === port) count()
})
syncBuiltinESMExports()

if (countFile !== undefined) process.once('exit', () => writeFile(countFile, String(writes)))

/** A thread that waits beside: SQLite's writes give no other turn in which a timer could end the process. */
function startKiller(): () => void {
  const flag = new Int32Array(new SharedArrayBuffer(4))
  const code = `const {workerData: flag} = require('node:worker_threads')
    Atomics.wait(flag, 0, 0)
    Atomics.wait(flag, 0, 1, ${LATER_MS})
    process.kill(process.pid, 'SIGKILL')`
  new Worker(code, {eval: true, workerData: flag, execArgv: []}).unref()
  return () => {
    Atomics.store(flag, 0, 1)
    Atomics.notify(flag, 0)
  }
}

async function handlePrototype(): Promise<object> {
  const handle = await fs.promises.open(import.meta.filename)
  await handle.close()
  return Object.getPrototypeOf(handle) as object
}

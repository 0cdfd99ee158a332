import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {accessSync, constants} from 'node:fs'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'

import {MongoClient} from 'mongodb'

import {ferretdbBinary} from './ferretdb-binary.ts'
import {freePort} from './free-port.ts'

const READY_WITHIN_MS = 60_000
const STOPPED_WITHIN_MS = 5000

export interface MongoServer {
  /** FerretDB differs from MongoDB in small ways: see the tests that ask. */
  isFerretDB: boolean
  /** False for the one that EP23_TEST_MONGO_URL names: tests remove their databases there. */
  isOurs: boolean
  /** The address of one of its databases; tests use a new name each. */
  url(database: string): string
  /** Ends the server and removes its data, unless the folder was given. Does nothing to a server of somebody else. */
  stop(): Promise<void>
  /** Takes it away without warning (SIGKILL); the data stay. */
  kill(): Promise<void>
}

export interface StartOptions {
  /** A free one by default. */
  port?: number
  /** A temporary one by default. */
  dataDir?: string
}

/** Starts mongod when it is on the PATH, else FerretDB; undefined when the machine has neither it nor Go. */
export async function startMongo(options: StartOptions = {}): Promise<MongoServer | undefined> {
  const mongod = onPath('mongod')
  const binary = mongod ?? (await ferretdbBinary())
  if (binary === undefined) return undefined
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'ep23-mongo-')))
  const port = options.port ?? (await freePort())
  const child = spawn(binary, mongod ? mongodArguments(port, dataDir) : ferretdbArguments(port, dataDir), {
    // FerretDB ends when its input does, also when this process is killed.
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const server = asServer(child, {isFerretDB: mongod === undefined, port, dataDir, keepData: 'dataDir' in options})
  try {
    await untilReady(server.url('admin'), child)
  } catch (error) {
    await server.stop()
    throw error
  }
  return server
}

function mongodArguments(port: number, dataDir: string): string[] {
  return ['--dbpath', dataDir, '--port', String(port), '--bind_ip', '127.0.0.1', '--quiet']
}

function ferretdbArguments(port: number, dataDir: string): string[] {
  return ['-listen', `127.0.0.1:${port}`, '-data', dataDir]
}

function asServer(
  child: ChildProcess,
  {isFerretDB, port, dataDir, keepData}: {isFerretDB: boolean; port: number; dataDir: string; keepData: boolean},
): MongoServer {
  const killNow = (): boolean => child.kill('SIGKILL')
  process.once('exit', killNow)
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    process.off('exit', killNow)
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await Promise.race([exited, delay(STOPPED_WITHIN_MS).then(killNow)])
    await exited
  }
  return {
    isFerretDB,
    isOurs: true,
    url: database => `mongodb://127.0.0.1:${port}/${database}`,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM')
      if (!keepData) await rm(dataDir, {recursive: true, force: true})
    },
  }
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4000)))
  let spawnError = ''
  child.once('error', error => (spawnError = error.message))
  const deadline = performance.now() + READY_WITHIN_MS
  while (!(await answers(url))) {
    if (child.exitCode !== null || spawnError || performance.now() > deadline)
      throw new Error(`the MongoDB server did not get ready: ${spawnError || `exit ${child.exitCode}`}\n${log}`)
    await delay(50)
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new MongoClient(url, {serverSelectionTimeoutMS: 500})
  try {
    await client.db().command({ping: 1})
    return true
  } catch {
    return false
  } finally {
    await client.close()
  }
}

function onPath(program: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map(folder => join(folder, program))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

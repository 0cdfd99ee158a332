import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {accessSync, constants} from 'node:fs'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'

import {MongoClient} from 'mongodb'

import {ferretdbBinary} from './ferretdb-binary.ts'
import {cannotRun} from './live-test.ts'
import {freePort} from './free-port.ts'

const HOW_TO_RUN = 'set EP23_TEST_MONGO_URL, or install mongod or Go 1.24'
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

let shared: Promise<MongoServer | undefined> | undefined

/**
 * The server of this test run, started on first use and stopped after the last test. Without one the tests of the calling
 * hook's suite are skipped, and on CI they fail.
 */
export async function sharedMongo(hook: Mocha.Context): Promise<MongoServer> {
  hook.timeout(600_000)
  return (await (shared ??= givenOrStarted())) ?? skip(hook)
}

/** A server of the test's own, which it may take away; never the one that EP23_TEST_MONGO_URL names. */
export async function ownMongo(hook: Mocha.Context, options: StartOptions = {}): Promise<MongoServer> {
  hook.timeout(600_000)
  return (await startMongo(options)) ?? skip(hook)
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

function skip(hook: Mocha.Context): never {
  return cannotRun(hook, 'MongoDB', HOW_TO_RUN)
}

async function givenOrStarted(): Promise<MongoServer | undefined> {
  const given = process.env['EP23_TEST_MONGO_URL']
  if (!given) return startMongo()
  const url = (database: string): string => withDatabase(given, database)
  return {isFerretDB: await isFerretDB(url('admin')), isOurs: false, url, stop: doNothing, kill: doNothing}
}

async function isFerretDB(url: string): Promise<boolean> {
  const client = new MongoClient(url)
  try {
    return 'ferretdbVersion' in (await client.db().command({buildInfo: 1}))
  } finally {
    await client.close()
  }
}

async function doNothing(): Promise<void> {}

// Without authSource the database in the path is also the one to log in to.
function withDatabase(url: string, database: string): string {
  const [, head, named = '', options = ''] = /^([^/]+\/\/[^/?]+)\/?([^?]*)\??(.*)$/u.exec(url) ?? []
  const search = new URLSearchParams(options)
  if (head?.includes('@') && !search.has('authSource')) search.set('authSource', named || 'admin')
  return `${head}/${database}?${search}`
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

after(async function () {
  this.timeout(120_000)
  const ending = shared
  // A worker of `mocha --parallel` runs this after each file, and the next file wants a server that runs.
  shared = undefined
  await (await ending?.catch(() => undefined))?.stop()
})

import {MongoClient} from 'mongodb'

import {cannotRun} from './live-test.ts'
import {type MongoServer, startMongo, type StartOptions} from './start-mongo.ts'

const HOW_TO_RUN = 'set EP23_TEST_MONGO_URL, or install mongod or Go 1.24'

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

after(async function () {
  this.timeout(120_000)
  const ending = shared
  // A worker of `mocha --parallel` runs this after each file, and the next file wants a server that runs.
  shared = undefined
  await (await ending?.catch(() => undefined))?.stop()
})

import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {runEp23, temporaryFolder} from './helpers/run-ep23.ts'
import {programOutput, startProgram} from './store/programs/run-program.ts'

/** What each of these needs to come as far as the store; a command that is not here is run without a word. */
const NEEDED: Record<string, string> = {
  'benchmark:pilot': '--scenario channel_digest_ru --judge lexical',
  'benchmark:run': '--scenario channel_digest_ru --judge lexical',
  'dataset:diff': '@sample_city 2024-11-04',
  'dataset:purge': '--origin synthetic --yes',
  'dataset:restore': '20241204T090000Z-0123456789ab',
  'dataset:show': '@sample_city 2024-11-04',
  'exporters:run': 'digests',
  'observability:handoff': '--epic 23 --stage benchmark',
  'observability:traces:show': 'abcd',
  'rag:evaluate': '--queries samples/retrieval/queries.jsonl --qrels samples/retrieval/qrels.tsv',
  'rag:queries:build': '--output candidates.jsonl',
}
/** They read the store in any case. */
const READERS = [
  ...Object.keys(NEEDED),
  ...['dataset:audit', 'dataset:history', 'dataset:history:prune', 'dataset:list', 'dataset:spotcheck'],
  ...['exporters:verify', 'observability:metrics', 'observability:prune', 'observability:traces:list'],
  ...['observability:traces:slow', 'store:upgrade'],
].toSorted()
/** They serve until they are ended, start processes, or have a folder of their own. */
const OTHERS = /^(?:view|tour|infra:.*|benchmark:matrix|observability:(?:mcp|serve|policy|docs|provision:.*))$/u

describe('the command line contract', () => {
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(() => folder.remove())

  it('writes one envelope to stdout with --json', async () => {
    const {code, stdout} = await runEp23(['config:explain', '--json'], {cwd: folder.path})
    const envelope = JSON.parse(stdout)
    expect(code).to.equal(0)
    expect(envelope).to.include({schema_version: 1, command: 'config:explain', status: 'ok'})
    expect(envelope.run_id).to.match(/^\d{8}T\d{6}Z-[0-9a-f]{12}$/u)
    expect(envelope.trace_id).to.match(/^[0-9a-f]{32}$/u)
  })

  it('takes the topic separated by a colon or by a space', async () => {
    const colon = await runEp23(['config:explain'], {cwd: folder.path})
    const space = await runEp23(['config', 'explain'], {cwd: folder.path})
    expect(colon.stdout).to.equal(space.stdout).and.include('store')
  })

  it('says that there is no store, and a command that was given a wrong one makes none', async function () {
    this.timeout(60_000)
    const commands = manifests().filter(({makesStore, id}) => !makesStore && !OTHERS.test(id))
    const lines = commands.map(({id}) => [id, NEEDED[id] ?? []].flat().join(' '))
    const program = import.meta.resolve('./store/programs/run-without-store.ts')
    const child = startProgram(program, ['dataset:samples samples', ...lines], {cwd: folder.path})
    const ends = (await programOutput(child)) as Record<string, {code: string; made: boolean}>
    const those = (is: (end: {code: string; made: boolean}) => boolean): string[] =>
      Object.keys(ends)
        .filter(id => ends[id] && is(ends[id]))
        .toSorted()
    expect(those(({code, made}) => made && code !== 'none')).to.deep.equal([])
    expect(those(({code}) => code === 'STORE_MISSING')).to.deep.equal(READERS)
    expect(Object.keys(ends)).to.have.length(lines.length).and.include.members(READERS)
  })

  for (const json of [false, true])
    it(`exits 64 for an unknown flag ${json ? 'with' : 'without'} --json, and says which`, async () => {
      const {code, stdout, stderr} = await runEp23(['doctor', '--nope', ...(json ? ['--json'] : [])], {
        cwd: folder.path,
      })
      expect(code).to.equal(64)
      if (json)
        expect(JSON.parse(stdout).error)
          .to.include({code: 'USAGE', exit: 64})
          .and.have.property('message')
          .that.includes('--nope')
      else expect(stderr).to.include('--nope').and.not.include('    at ')
    })

  it('exits 64 for a flag given twice, and 127 for a command that is none', async () => {
    const twice = await runEp23(['doctor', '--store', 'a', '--store', 'b'], {cwd: folder.path})
    expect(twice.code, twice.stderr).to.equal(64)
    expect(twice.stderr).to.include('--store can only be specified once')
    expect((await runEp23(['nosuch'], {cwd: folder.path})).code).to.equal(127)
  })

  it('exits 69 from doctor when the store is down, and hides the password', async () => {
    const {code, stdout} = await runEp23(['doctor', '--store', 'mongodb://reader:hunter2@127.0.0.1:1/x', '--json'], {
      cwd: folder.path,
    })
    const {data, status} = JSON.parse(stdout)
    expect(code).to.equal(69)
    expect(status).to.equal('failed')
    expect(data.checks.find((check: {name: string}) => check.name === 'store')).to.include({status: 'down'})
    expect(stdout).to.not.include('hunter2')
  })

  it('says where each setting comes from: flag before environment before file before default', async () => {
    const settingsFile = join(folder.path, 'own.yaml')
    await import('node:fs/promises').then(({writeFile}) =>
      writeFile(settingsFile, 'dataset_dir: from-file\nstore: file.sqlite\nlog_level: warn\n'),
    )
    const {stdout} = await runEp23(['config:explain', '--json', '--config', settingsFile, '--store', 'flag.sqlite'], {
      cwd: folder.path,
      env: {EP23_STORE: 'environment.sqlite', EP23_LOG_LEVEL: 'debug', OPENAI_API_KEY: 'sk-secret'},
    })
    const settings = new Map<string, {value: string; origin: string}>(
      JSON.parse(stdout).data.settings.map((setting: {key: string}) => [setting.key, setting]),
    )
    expect(settings.get('store')).to.include({value: join(folder.path, 'flag.sqlite'), origin: 'flag --store'})
    expect(settings.get('logLevel')).to.include({value: 'debug', origin: 'environment EP23_LOG_LEVEL'})
    expect(settings.get('datasetDir')?.value).to.equal(join(folder.path, 'from-file'))
    expect(settings.get('logDir')).to.include({origin: 'default'})
    expect(stdout).to.not.include('sk-secret')
  })

  it('refuses a settings file with a mistake, with line and column', async () => {
    const {writeFile} = await import('node:fs/promises')
    await writeFile(join(folder.path, 'ep23.config.yaml'), 'store: a\nstore: b\n')
    const {code, stderr} = await runEp23(['config:explain'], {cwd: folder.path})
    expect(code).to.equal(65)
    expect(stderr)
      .to.include('ep23.config.yaml')
      .and.match(/line 2/u)
  })

  it('has a page of exit codes, and names it on every help page', async () => {
    const page = await runEp23(['dataset:seed', '--help'], {cwd: folder.path})
    expect(page.stdout).to.include('ep23 help exit-codes')
    const codes = await runEp23(['help', 'exit-codes'], {cwd: folder.path})
    expect(codes.stdout)
      .to.match(/EXIT CODES\n +0 {2}ok/u)
      .and.include('130  interrupted')
  })

  it('gives every flag an environment variable or a setting', () => {
    const settings = ['store', 'dataset-dir', 'log-level', 'lang', 'json']
    for (const {id, flags} of manifests())
      for (const [name, flag] of Object.entries(flags))
        expect(flag.env?.startsWith('EP23_') || settings.includes(name), `${id} --${name}`).to.equal(true)
  })
})

interface CommandManifest {
  id: string
  flags: Record<string, {env?: string}>
  makesStore?: boolean
}

function manifests(): CommandManifest[] {
  const plugins = ['dataset', 'exporters', 'benchmark', 'daily', 'observability', 'rag'].map(name => `plugins/${name}`)
  return ['.', ...plugins].flatMap(folder => {
    const file = join(import.meta.dirname, '..', folder, 'oclif.manifest.json')
    return Object.values<CommandManifest>(JSON.parse(readFileSync(file, 'utf8')).commands)
  })
}

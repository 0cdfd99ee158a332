import {spawn} from 'node:child_process'
import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'

const BIN = join(import.meta.dirname, '../../bin/run.js')

describe('the exporters commands on the demo', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(async () => {
    folder = temporaryFolder()
    const {code, stderr} = await ep23('dataset:seed', '--quiet')
    expect(code, stderr).to.equal(0)
  })
  after(() => folder.remove())

  const ep23 = (...args: string[]): Promise<Ended> => runEp23(args, {cwd: folder.path})
  const at = (...names: string[]) => join(folder.path, ...names)
  async function dataOf(...args: string[]): Promise<Record<string, any>> {
    const {code, stdout, stderr} = await ep23(...args, '--json')
    expect(code, stderr + stdout).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    return JSON.parse(stdout).data
  }

  it('export what was seeded last, and the manifest holds', async () => {
    const {export: facts} = await dataOf('exporters:run', 'digests', '--output', 'out')
    expect(facts.records).to.deep.include({total: 150, by_origin: {synthetic: 150}})
    expect(facts.query.window).to.include({days: 30, time_zone: 'Europe/Moscow', source: 'snapshot'})
    const {manifests} = await dataOf('exporters:check', 'out')
    expect(manifests[0].exports[0]).to.include({
      records_checked: 150,
      records_valid: 150,
      merkle_root: facts.merkle.root,
    })
  })

  it('join the parts of an export, and do nothing the second time', async () => {
    await dataOf('exporters:run', 'digests', '--output', 'parts', '--split', '100KB')
    const first = await dataOf('exporters:join', 'parts/digests.manifest.json', '--output', 'whole.jsonl')
    expect(readFileSync(at('whole.jsonl'))).to.deep.equal(readFileSync(at('out/digests.jsonl')))
    const second = await dataOf('exporters:join', 'parts/digests.manifest.json', '--output', 'whole.jsonl')
    expect([first, second]).to.deep.equal([
      {...first, unchanged: false},
      {...first, unchanged: true},
    ])
    writeFileSync(at('whole.jsonl'), 'ours')
    const refused = await ep23('exporters:join', 'parts/digests.manifest.json', '--output', 'whole.jsonl')
    expect(refused.code).to.equal(77)
    expect(readFileSync(at('whole.jsonl'), 'utf8')).to.equal('ours')
  })

  it('say in words what they did', async () => {
    const {stdout, stderr, code} = await ep23('exporters:run', 'review_reports', '-o', 'out', '--limit', '7')
    expect(code).to.equal(0)
    expect(stdout).to.match(/^7 records of review_reports in out\/review_reports.jsonl \(\d/u)
    expect(stderr)
      .to.include('[2/3] Write review_reports: done')
      .and.include('143 stored records are left out: 143 by --limit')
  })

  it('verify both exporters with a signature, and the archive checks out for whoever has the public key', async () => {
    const {private_key, key_id} = await dataOf('exporters:keygen', '--output', 'qa.key')
    expect(statSync(private_key).mode & 0o777).to.equal(0o600)
    const {archive, exporters} = await dataOf('exporters:verify', '--sign', 'qa.key')
    expect(exporters.map((one: any) => [one.exporter, one.records, one.runs.length])).to.deep.equal([
      ['digests', 150, 2],
      ['review_reports', 150, 2],
    ])
    const tar = join(archive.folder, archive.tar)
    const {manifests} = await dataOf('exporters:check', tar, '--verify-key', 'qa.key.pub')
    expect(manifests[0].signature).to.deep.equal({file: 'manifest.dsse.json', key_id, verified: true})
    expect((await ep23('exporters:run', 'digests', '-o', archive.folder)).code).to.equal(77)
  })

  it('leave a document of the run, its metrics and its spans in the store, and nothing of the key anywhere', async () => {
    const store = await openStore(at('.ep23/store.sqlite'))
    const runs = await Array.fromAsync(
      store.collection<Record<string, any>>('ep23_runs').find({command: 'exporters:verify'}),
    )
    const spans = await Array.fromAsync(store.collection<Record<string, any>>('ep23_spans').find({}))
    await store.dispose()
    expect(JSON.stringify(runs)).to.include('"findings_total":0')
    expect(spans.map(({name}) => name)).to.include('exporters.export')
    const secret = readFileSync(at('qa.key'), 'utf8').split('\n')[1] ?? expect.fail('a key has a second line')
    expect(JSON.stringify([runs, spans])).to.not.include(secret)
    for (const name of readdirSync(at('.ep23/logs')))
      expect(readFileSync(at('.ep23/logs', name), 'utf8')).to.not.include(secret)
  })

  it('exit 2 and name the record when a byte of the archive was changed', async () => {
    const {archive} = await dataOf('exporters:verify', '--exporter', 'digests')
    const path = join(archive.folder, 'digests.jsonl')
    const bytes = readFileSync(path)
    bytes[Math.floor(bytes.length / 2)] = 0x21
    writeFileSync(path, bytes)
    const {code, stdout} = await ep23('exporters:check', archive.folder, '--json')
    expect(code).to.equal(2)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    const {status, data} = JSON.parse(stdout)
    expect(status).to.equal('failed')
    expect(data.findings[0]).to.include({exporter: 'digests', file: 'digests.jsonl'}).and.have.property('line')
  })

  it('exit 2 when there are too few samples, and archive nothing', async () => {
    const {code, stdout} = await ep23('exporters:verify', '--min-samples', '151', '--json')
    expect(code).to.equal(2)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    expect(JSON.parse(stdout).data).to.include({archive: null, findings_total: 2})
  })

  it('list, print and compare', async () => {
    const {exporters} = await dataOf('exporters:list')
    expect(exporters.map((one: any) => one.name)).to.deep.equal(['digests', 'review_reports'])
    const printed = JSON.parse((await ep23('exporters:schema', 'digests')).stdout)
    expect(printed).to.include({$id: 'urn:ep23:export:digests:1'})
    const {exporters: schemas} = await dataOf('exporters:schema', '--check')
    expect(schemas.map((one: any) => one.changes)).to.deep.equal([[], []])
  })

  it('split and join', async () => {
    await dataOf('exporters:run', 'digests', '-o', 'big')
    const {parts} = await dataOf(
      'exporters:split',
      'big/digests.jsonl',
      '--max',
      '100KB',
      '--compress',
      'gzip',
      '-o',
      'parts',
    )
    expect(parts.length).to.be.above(1)
    await dataOf('exporters:join', 'parts/digests.jsonl.parts.json', '-o', 'joined.jsonl')
    expect(readFileSync(at('joined.jsonl'))).to.deep.equal(readFileSync(at('big/digests.jsonl')))
  })

  it('stream into a pipe: only records on stdout, and a reader that leaves early is no error', async () => {
    const {code, stdout, stderr} = await ep23('exporters:run', 'digests', '--limit', '3', '-o', '-')
    expect(code).to.equal(0)
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line).channel),
    ).to.deep.equal(['@habr', '@habr', '@habr'])
    expect(stderr).to.include('147 stored records are left out')
    const early = await endOf(
      `"${process.execPath}" "${BIN}" exporters:run digests -o - | head -c 10; echo "\${PIPESTATUS[0]}"`,
    )
    expect(early.stdout).to.equal('{"channel"0\n')
    expect(early.stderr).to.equal('')
  })

  for (const [args, code, message] of [
    [['run', 'digest'], 64, 'known exporters: digests, review_reports'],
    [['run'], 64, 'exporter'],
    [['run', 'digests', '--window', '30'], 64, 'a number of days, such as 30d'],
    [['run', 'digests', '--split', '1'], 64, 'at least 1000 B'],
    [['run', 'digests', '--limit', '0'], 64, 'whole number'],
    [['run', 'digests', '--channel', '@no'], 65, '@no'],
    [['run', 'digests', '--channel', '@nobody'], 65, '150 by --channel'],
    [['run', 'digests', '--language', 'russian'], 64, 'such as ru'],
    [['verify', '--runs', '1'], 64, 'from 2'],
    [['check', 'nowhere'], 64, 'nothing at nowhere'],
    [['check', '.'], 65, 'no manifest'],
    [['split', 'nowhere', '--max', '1MB'], 64, 'no file nowhere'],
    [['split', 'ep23.config.yaml'], 64, 'max'],
    [['join', 'nowhere'], 65, 'not a list of parts'],
    [['schema', 'nothing'], 64, 'known exporters'],
  ] as const)
    it(`exit ${code} for ${args.join(' ')}`, async () => {
      const [topic, ...rest] = args
      const plain = await ep23(`exporters:${topic}`, ...rest)
      expect(plain.code).to.equal(code)
      expect(plain.stderr.replaceAll(/\s+/gu, ' ')).to.include(message)
      expect(plain.stdout).to.equal('')
    })

  it('exit the same with --json, in one document', async () => {
    for (const [args, exit] of [
      [['run', 'digests', '--output', '-'], 64],
      [['check', '.'], 65],
      [['run', 'digests', '--channel', '@nobody'], 65],
    ] as const) {
      const {code, stdout} = await ep23(`exporters:${args[0]}`, ...args.slice(1), '--json')
      expect(code).to.equal(exit)
      expect(JSON.parse(stdout).error).to.include({exit}).and.have.property('suggestions')
    }
  })

  it('have a help page each, with examples, environment and exit codes', async () => {
    for (const command of ['run', 'verify', 'check', 'schema', 'list', 'keygen', 'split', 'join']) {
      const {stdout, code} = await ep23(`exporters:${command}`, '--help')
      expect(code).to.equal(0)
      expect(stdout, command).to.include('EXAMPLES').and.include('EXIT CODES')
    }
  })

  function endOf(script: string): Promise<Ended> {
    const child = spawn('bash', ['-c', script], {
      cwd: folder.path,
      env: {...process.env, CI: ''},
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return new Promise((resolve, reject) => {
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', data => (stdout += String(data)))
      child.stderr.on('data', data => (stderr += String(data)))
      child.on('error', reject)
      child.on('close', (code, signal) => resolve({code, signal, stdout, stderr}))
    })
  }
})

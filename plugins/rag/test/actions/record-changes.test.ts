import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {fakeRuntime} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {rollbackConfig, setConfig} from '#src/actions/change-config.js'
import {initOwner} from '#src/actions/owner.js'
import {promoteResult} from '#src/actions/promote.js'
import {baseHash} from '#src/usecases/judge-promotion.js'
import {readConfigYaml} from '#src/domain/config-yaml.js'

import {tuningResult} from '../usecases/tuning-results.ts'

const TEXT = 'retrieval:\n  top_k: 10\n'

describe('metrics of the configuration’s changes', () => {
  let folder: string
  let runtime: ReturnType<typeof fakeRuntime>
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-test-'))
    writeFileSync(join(folder, 'rag.yaml'), TEXT)
    await initOwner(fakeRuntime(), flags())
    runtime = fakeRuntime()
  })
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  const flags = (key = 'owner.key') => ({
    'rag-config': join(folder, 'rag.yaml'),
    config: undefined,
    key: join(folder, key),
    why: 'x',
    dataDir: folder,
  })
  const set = (key?: string) => setConfig(runtime, flags(key), {name: 'retrieval.top_k', value: '5'})
  const recorded = () =>
    runtime.recorded.metrics.map(({name, labels, value}) => [name, Object.values(labels)[0], value])
  const refused = (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      (error: {code: string}) => error.code,
    )

  async function promote(gainLow: number, canary?: number): Promise<void> {
    const base_sha256 = baseHash(readConfigYaml('c', TEXT).values)
    const measured_since = runtime.clock.now().toISOString()
    const result = tuningResult({}, {base_sha256, measured_since})
    result.front[0].gain.low = gainLow
    writeFileSync(join(folder, 'result.json'), JSON.stringify(result))
    await promoteResult(runtime, {...flags(), 'max-age-days': 7, canary}, folder)
  }

  it('counts what was written, by operation, and shows the canary’s share', async () => {
    await promote(0.1, 5)
    await rollbackConfig(runtime, flags(), undefined)
    await set()
    expect(recorded()).to.deep.equal([
      ['rag_config_changes_total', 'canary', 1],
      ['rag_canary_ratio', undefined, 0.05],
      ['rag_config_changes_total', 'rollback', 1],
      ['rag_canary_ratio', undefined, 0],
      ['rag_config_changes_total', 'set', 1],
      ['rag_canary_ratio', undefined, 0],
    ])
  })

  it('counts a refused promotion once for each reason', async () => {
    await promote(-0.1)
    expect(recorded()).to.deep.equal([['rag_config_refusals_total', 'gain_may_be_chance', 1]])
  })

  it('counts who is no owner, and what was edited by hand', async () => {
    expect(await refused(set('nobodys.key'))).to.equal('RAG_NOT_OWNER')
    expect(await refused(rollbackConfig(runtime, flags('nobodys.key'), 1))).to.equal('RAG_NOT_OWNER')
    expect(await refused(initOwner(runtime, flags('second.key')))).to.equal('RAG_NOT_OWNER')
    writeFileSync(join(folder, 'rag.yaml'), readFileSync(join(folder, 'rag.yaml'), 'utf8').replace('10', '11'))
    expect(await refused(set())).to.equal('RAG_CONFIG_UNSIGNED')
    const reasons = recorded().map(([, reason]) => reason)
    expect(reasons).to.deep.equal(['not_owner', 'not_owner', 'not_owner', 'not_signed'])
  })

  it('does not count a mistyped key as a refusal', async () => {
    await refused(setConfig(runtime, flags(), {name: 'retrieval.topk', value: '5'}))
    expect(recorded()).to.deep.equal([])
  })
})

import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {fakeRuntime, inEnglish} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {rollbackConfig, setConfig} from '#src/actions/change-config.js'
import type {ChangeFlags} from '#src/flags.js'
import {initOwner} from '#src/actions/owner.js'
import {promoteResult} from '#src/actions/promote.js'
import {showConfig, verifyConfigFile} from '#src/actions/show-config.js'
import {baseHash} from '#src/usecases/judge-promotion.js'
import {readConfigYaml} from '#src/domain/config-yaml.js'

import {tuningResult} from '../usecases/tuning-results.ts'

const TEXT = `retrieval:
  top_k: 10
reranker:
  enabled: &no false
  llm:
    model: 'm'
feature_flags:
  enable_rag_plus_plus: false # the owner's
owner:
  public_key: null
`
const FLAG = 'feature_flags.enable_rag_plus_plus'

describe('somebody without the owner’s key', () => {
  let folder: string
  let config: string
  let history: string
  let owner: string
  /** A data folder that remembers. */
  let seen: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-test-'))
    seen = join(folder, 'data')
    config = join(folder, 'rag.yaml')
    history = join(folder, 'rag.history.jsonl')
    writeFileSync(config, TEXT)
    owner = (await initOwner(fakeRuntime(), flags())).data.fingerprint!
    await set('retrieval.top_k', '20')
    await set('retrieval.top_k', '30')
  })
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  const flags = (key = 'owner.key'): ChangeFlags => ({
    'rag-config': config,
    config: undefined,
    key: join(folder, key),
    why: 'x',
    dataDir: folder,
  })
  const set = (name: string, value: string, key?: string) => setConfig(fakeRuntime(), flags(key), {name, value})
  const text = () => readFileSync(config, 'utf8')
  const lines = () => readFileSync(history, 'utf8').trim().split('\n')
  const writeLines = (all: readonly string[]) => writeFileSync(history, all.map(line => `${line}\n`).join(''))
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      (error: {code: string}) => error.code,
    )
  /** Not signed, or no configuration at all: in either case the flag does not count. */
  async function findings(pin = {}, dataDir = join(folder, 'never-seen')): Promise<string> {
    const options = {...pin, dataDir}
    const found = await verifyConfigFile(config, options).then(
      ({findings}) => inEnglish(findings).join('; '),
      (error: Error) => error.message,
    )
    const counts = await showConfig(config, options).then(
      ({data}) => data.rag_plus_plus,
      () => false,
    )
    if (found !== '') expect(counts, found).to.equal(false)
    if (dataDir !== seen) rmSync(dataDir, {recursive: true, force: true})
    return found
  }

  for (const [trick, edit] of [
    ['by hand', (yaml: string) => yaml.replace('plus: false', 'plus: true')],
    ['by an alias', (yaml: string) => yaml.replace('&no false', '&no true').replace('plus: false', 'plus: *no')],
    ['by a tag', (yaml: string) => yaml.replace('plus: false', 'plus: !!bool "true"')],
    [
      'by a key that stands twice',
      (yaml: string) => yaml.replace(/( +enable_rag.*\n)/u, '$1  enable_rag_plus_plus: true\n'),
    ],
    ['by a section that stands twice', (yaml: string) => `${yaml}feature_flags: {enable_rag_plus_plus: true}\n`],
    ['by a merge key', (yaml: string) => yaml.replace(/ +enable_rag.*/u, '  <<: {enable_rag_plus_plus: true}')],
    ['by a second document', (yaml: string) => `${yaml}---\n${yaml.replace('plus: false', 'plus: true')}`],
    ['by words of YAML 1.1', (yaml: string) => `%YAML 1.1\n---\n${yaml.replace('plus: false', 'plus: yes')}`],
    ['by a canary of it', (yaml: string) => `${yaml}canary: {percent: 99, ${FLAG.replace('.', ': {')}: true}}\n`],
    [
      'with another key in the file',
      (yaml: string) => yaml.replace(/public_key: .*/u, `public_key: ${'A'.repeat(59)}=`),
    ],
    ['with nobody in the file', (yaml: string) => yaml.replace(/public_key: .*/u, 'public_key: null')],
    ['with a comment alone', (yaml: string) => `${yaml}# approved by the owner\n`],
  ] as const)
    it(`is found out: the flag switched ${trick}`, async () => {
      writeFileSync(config, edit(text()))
      expect(text()).not.to.equal(JSON.parse(lines().at(-1)!).content)
      expect(await findings()).not.to.equal('')
    })

  it('cannot put a signature of the history under something else', async () => {
    const all = lines()
    const last = JSON.parse(all[2]!)
    const content = last.content.replace('plus: false', 'plus: true')
    for (const signature of all.map(line => JSON.parse(line).signature)) {
      writeLines([all[0]!, all[1]!, JSON.stringify({...last, content, signature})])
      writeFileSync(config, content)
      expect(await findings()).to.include('entry 3 of the history is not signed')
      writeLines([...all, JSON.stringify({...last, version: 4, content, signature})])
      expect(await findings()).to.include('entry 4 of the history is not signed')
    }
  })

  it('cannot show people another reason than the parser sees', async () => {
    const all = lines()
    writeLines([all[0]!, all[1]!, all[2]!.replace('{', '{"why":"as agreed",')])
    expect(JSON.parse(lines()[2]!)).to.include({why: 'x'})
    expect(await findings()).to.include('entry 3 of the history is not signed')
  })

  it('is found out when an old file is put back, and against a pinned version when all files are', async () => {
    const all = lines()
    writeFileSync(config, JSON.parse(all[1]!).content)
    expect(await findings()).to.include('is at version 2, the history at 3')
    writeLines(all.slice(0, 2))
    expect(await findings()).to.equal('')
    expect(await findings({leastVersion: 3})).to.include('the history ends at version 2, but version 3 was there')
  })

  it('does not get through with a pin that is empty or mistyped', async () => {
    for (const pin of ['', ' ', 'SHA256:', owner.slice(0, -1), owner.toLowerCase().replace('sha', 'md')])
      expect(await codeOf(verifyConfigFile(config, {owner: pin, dataDir: seen})), pin).to.equal('USAGE')
  })

  it('is found out against a pinned owner after a take-over of all files', async () => {
    rmSync(history)
    writeFileSync(config, TEXT.replace('plus: false', 'plus: true'))
    await initOwner(fakeRuntime(), flags('thief.key'))
    expect(await findings()).to.equal('')
    expect(await findings({owner})).to.include(`but ${owner} is expected`)
  })

  it('gets the owner to sign nothing that was forged: neither by a rollback nor by a tuning run', async () => {
    const all = lines()
    const before = text()
    writeLines([all[0]!.replace('plus: false', 'plus: true '), all[1]!, all[2]!])
    expect(await codeOf(rollbackConfig(fakeRuntime(), flags(), 1))).to.equal('RAG_HISTORY_CHANGED')
    writeLines(all)
    for (const [key, best] of [
      [FLAG, true],
      ['owner.public_key', null],
      ['reranker.adaptive_threshold', 1],
    ] as const) {
      const setting = {[key]: best}
      const result = tuningResult({}, {best: setting, base_sha256: baseHash(readConfigYaml('c', before).values)})
      result.front[0].train.setting = setting
      writeFileSync(join(folder, 'result.json'), JSON.stringify(result))
      const promotion = promoteResult(fakeRuntime(), {...flags(), 'max-age-days': 3650, canary: undefined}, folder)
      expect(await codeOf(promotion), key).to.equal('RAG_RESULT_UNREADABLE')
    }
    const judged = tuningResult({}, {best: {'retrieval.top_k': 1000}})
    writeFileSync(join(folder, 'result.json'), JSON.stringify(judged))
    const other = promoteResult(fakeRuntime(), {...flags(), 'max-age-days': 3650, canary: undefined}, folder)
    expect(await codeOf(other)).to.equal('RAG_RESULT_UNREADABLE')
    expect(text()).to.equal(before)
  })

  it('gets nowhere with set: no key, no parents of keys, no value that is more than a value', async () => {
    const before = text()
    const parents = ['feature_flags', `${FLAG}.on`, 'owner', 'canary', 'canary.percent', '<<', '__proto__', '', '.']
    for (const name of [...parents, FLAG]) {
      expect(await codeOf(set(name, 'true', 'nobodys.key')), name).to.equal('RAG_NOT_OWNER')
      if (name !== FLAG) expect(await codeOf(set(name, '{enable_rag_plus_plus: true}')), name).to.equal('USAGE')
    }
    expect(text()).to.equal(before)
    for (const value of [
      "m'\nfeature_flags:\n  enable_rag_plus_plus: true\n#",
      'm # x',
      '*no',
      '!!bool true',
      '"',
      "'",
    ]) {
      const {data} = await set('reranker.llm.model', value)
      expect(data.changes.map(({key, to}) => [key, to])).to.deep.equal([['reranker.llm.model', value]])
      expect(readConfigYaml('c', text()).values.get(FLAG)).to.equal(false)
    }
    expect(await findings()).to.equal('')
  })

  it('is found out by whoever has seen the owner: another key and a new history', async () => {
    expect(await findings({}, seen)).to.equal('')
    rmSync(history)
    writeFileSync(config, TEXT.replace('plus: false', 'plus: true'))
    const thief = (await initOwner(fakeRuntime(), flags('thief.key'))).data.fingerprint!
    expect(await findings({}, seen)).to.include(`the owner is ${thief}, but ${owner} was the owner when`)
    expect(await findings({}, seen), 'and is not believed the second time').to.include(thief)
    expect(await findings({owner: thief}, seen), 'who knows the new owner says so').to.equal('')
    expect(await findings({}, seen), 'once').to.equal('')
  })

  it('is found out by whoever has seen the versions: all files put back', async () => {
    const [all, before] = [lines(), text()]
    expect(await findings({}, seen)).to.equal('')
    writeFileSync(config, JSON.parse(all[1]!).content)
    writeLines(all.slice(0, 2))
    expect(await findings({}, seen)).to.include('the history ends at version 2, but version 3 was seen here')
    writeLines(all)
    writeFileSync(config, before)
    expect(await findings({}, seen)).to.equal('')
  })

  it('is found out behind a link that leads elsewhere, and under another name', async () => {
    const [real, forged, link] = [join(folder, 'real'), join(folder, 'forged'), join(folder, 'linked')]
    for (const place of [real, forged]) mkdirSync(place)
    writeFileSync(join(real, 'config.yaml'), text())
    writeFileSync(join(real, 'config.history.jsonl'), readFileSync(history))
    writeFileSync(join(forged, 'config.yaml'), TEXT.replace('plus: false', 'plus: true'))
    const thief = {...flags('thief.key'), 'rag-config': join(forged, 'config.yaml')}
    await initOwner(fakeRuntime(), thief)
    const verify = (path: string) => verifyConfigFile(path, {dataDir: seen})
    symlinkSync(real, link)
    expect((await verify(join(link, 'config.yaml'))).verdict).to.equal('signed')
    rmSync(link)
    symlinkSync(forged, link)
    for (const path of [join(link, 'config.yaml'), join(forged, 'config.yaml')]) {
      expect(inEnglish((await verify(path)).findings).join(), path).to.include(owner)
      expect((await showConfig(path, {dataDir: seen})).data, path).to.include({signed: false, rag_plus_plus: false})
    }
  })

  it('is found out with an older copy elsewhere, until somebody says that it is right', async () => {
    const copy = join(folder, 'elsewhere.yaml')
    writeFileSync(copy, text())
    writeFileSync(join(folder, 'elsewhere.history.jsonl'), readFileSync(history))
    await set('retrieval.top_k', '40')
    expect(await findings({}, seen)).to.equal('')
    const verify = (pin = {}) => verifyConfigFile(copy, {...pin, dataDir: seen})
    for (const time of [1, 2])
      expect(inEnglish((await verify()).findings).join(), `${time}`).to.include(`version 4 of it was seen in ${config}`)
    expect((await showConfig(copy, {dataDir: seen})).data.signed).to.equal(false)
    expect((await verify({leastVersion: 3})).verdict).to.equal('signed')
    expect((await verify()).verdict).to.equal('signed')
  })

  it('does not make what was seen forgotten: a damaged record is an error', async () => {
    expect(await findings({}, seen)).to.equal('')
    const [record] = readdirSync(join(seen, 'rag-owners'))
    writeFileSync(join(seen, 'rag-owners', record!), '{')
    expect(await codeOf(verifyConfigFile(config, {dataDir: seen}))).to.equal('RAG_SEEN_OWNER_UNREADABLE')
  })
})

import {copyFileSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import type {Client} from '@modelcontextprotocol/client'
import {Ajv2020} from 'ajv/dist/2020.js'
import {expect} from 'chai'

import {failure} from '../helpers/failure.ts'
import {callTool, connectOverHttp, startMcp, type McpOverHttp} from '../helpers/mcp-client.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const SHIPPED = join(import.meta.dirname, '../../config/retrieval_rerank_config.yaml')
const FLAG = 'feature_flags.enable_rag_plus_plus'
const SWITCH_ON = {key: FLAG, value: true, why: 'a measured gain'}
const TOKENS = {read: 'r'.repeat(32), write: 'w'.repeat(32), owner: 'o'.repeat(32)}
const GUARDED_TOOLS = [
  'show_retrieval_config',
  'seed_dataset',
  'promote_retrieval',
  'set_retrieval_config',
  'rollback_retrieval',
]

// Two locks: the scope of the token opens the tool, the key on the machine the configuration.
describe('the retrieval configuration over MCP', function () {
  this.timeout(120_000)
  const folder = temporaryFolder()
  const config = join(folder.path, 'config/retrieval_rerank_config.yaml')
  const tokenFile = join(folder.path, 'mcp.tokens')
  const clients = {} as Record<keyof typeof TOKENS, Client>
  let server: McpOverHttp

  before(async () => {
    mkdirSync(join(folder.path, 'config'))
    copyFileSync(SHIPPED, config)
    writeFileSync(
      tokenFile,
      `# who may what\n${Object.entries(TOKENS)
        .map(pair => pair.join(' '))
        .join('\n')}\n`,
    )
    server = await startMcp(folder.path, {args: ['--allow-owner', '--token-file', tokenFile]})
    for (const scope of ['read', 'write', 'owner'] as const)
      clients[scope] = await connectOverHttp(server.url, TOKENS[scope])
  })
  after(async () => {
    await Promise.all(Object.values(clients).map(async client => client.close()))
    await server.end('SIGTERM')
    folder.remove()
  })

  const isOn = (): boolean => /enable_rag_plus_plus: true/u.test(readFileSync(config, 'utf8'))

  it('shows each caller the tools of its scope and no others', async () => {
    const offered = async (scope: keyof typeof TOKENS): Promise<string[]> => {
      const {tools} = await clients[scope].listTools()
      return tools.map(({name}) => name).filter(name => GUARDED_TOOLS.includes(name))
    }
    expect(await offered('read')).to.deep.equal(['show_retrieval_config'])
    expect(await offered('write')).to.deep.equal(['show_retrieval_config', 'seed_dataset'])
    expect(await offered('owner')).to.deep.equal(GUARDED_TOOLS)
  })

  // The server does not ask that of its own tools at each start.
  it('says of every tool what it takes as a JSON Schema', async () => {
    const ajv = new Ajv2020({strict: false})
    const {tools} = await clients.owner.listTools()
    expect(tools.length).to.be.at.least(15)
    expect(tools.filter(({inputSchema}) => ajv.validateSchema(inputSchema) !== true)).to.deep.equal([])
  })

  it('cannot be changed with another token, whatever is called', async () => {
    for (const scope of ['read', 'write'] as const)
      for (const [name, args] of [
        ['set_retrieval_config', SWITCH_ON],
        ['promote_retrieval', {run: 'monday', why: 'a measured gain'}],
        ['rollback_retrieval', {why: 'complaints'}],
      ] as const) {
        const {isError, content} = await callTool(clients[scope], name, args)
        expect(isError, `${name} with the scope ${scope}`).to.equal(true)
        expect(content['error'].code).to.equal('MCP_SCOPE')
        expect(content['error'].suggestions[0]).to.include('a token of the scope owner')
      }
    expect(String(await failure(connectOverHttp(server.url, 'x'.repeat(32))))).to.match(/token|401|[Uu]nauthorized/u)
    expect(String(await failure(connectOverHttp(server.url)))).to.match(/token|401|[Uu]nauthorized/u)
    expect(isOn()).to.equal(false)
  })

  it('cannot be changed with the token alone, without the owner’s key', async () => {
    const {isError, content, text} = await callTool(clients.owner, 'set_retrieval_config', SWITCH_ON)
    expect(isError).to.equal(true)
    expect(content['error'].code).to.equal('RAG_NOT_OWNER')
    expect(text).to.include('next: ')
    expect(isOn()).to.equal(false)
  })

  it('is changed and taken back by the owner, signed, and the history says by what way', async () => {
    expect((await runEp23(['rag:owner:init'], {cwd: folder.path})).code).to.equal(0)
    const set = await callTool(clients.owner, 'set_retrieval_config', SWITCH_ON)
    expect(set.isError, set.text).to.equal(false)
    expect(set.content['data'].changes).to.deep.equal([{key: FLAG, from: false, to: true}])
    expect(isOn()).to.equal(true)
    const shown = await callTool(clients.read, 'show_retrieval_config')
    expect(shown.content['data']).to.include({signed: true, rag_plus_plus: true, version: 2})
    expect((await callTool(clients.write, 'rollback_retrieval', {why: 'complaints'})).isError).to.equal(true)
    const back = await callTool(clients.owner, 'rollback_retrieval', {why: 'complaints'})
    expect(back.text).to.include('version 3, signed')
    expect(isOn()).to.equal(false)
    const history = readFileSync(config.replace('.yaml', '.history.jsonl'), 'utf8').trim().split('\n')
    expect(history.map(line => JSON.parse(line).why)).to.deep.equal([
      'the owner takes the configuration over',
      'a measured gain (over MCP)',
      'complaints (over MCP)',
    ])
  })

  it('takes no argument for a flag, and says which tuning run it does not know', async () => {
    const owner = clients.owner
    const unknown = await callTool(owner, 'promote_retrieval', {run: 'monday', why: 'a measured gain'})
    expect(unknown.text).to.include('there is no finished tuning run monday').and.include('next: ')
    const asFlag = await callTool(owner, 'set_retrieval_config', {
      ...SWITCH_ON,
      key: 'retrieval.top_k',
      value: '--key=stranger.key',
    })
    expect(asFlag.content['error'].message).to.include('--key=stranger.key')
    for (const wrong of [{run: '--help'}, {run: '../monday'}, {run: 'monday', why: 'two\nlines'}])
      expect((await callTool(owner, 'promote_retrieval', {why: 'a reason', ...wrong})).content['error'].code).to.equal(
        'USAGE',
      )
  })

  it('is not offered over HTTP without a token that tells the owner from others', async () => {
    writeFileSync(tokenFile, `write ${TOKENS.write}\n`)
    const args = ['observability:mcp', '--http', '0', '--allow-owner', '--token-file', tokenFile]
    const {code, stderr} = await runEp23(args, {cwd: folder.path})
    expect(code).to.equal(64)
    expect(stderr).to.include('owner TOKEN')
  })
})

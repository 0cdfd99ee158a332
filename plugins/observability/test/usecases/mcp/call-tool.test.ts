import {expect} from 'chai'

import {READS, takes, SCOPES, type Tool, type Scope} from '#src/domain/tool.js'
import {createCallTool, type CallDeps, type CallResult} from '#src/usecases/mcp/call-tool.js'

const NAMES = {read: 'list_runs', write: 'seed_dataset', owner: 'set_retrieval_config'} as const

function tool(scope: Scope): Tool {
  return {
    ...{name: NAMES[scope], title: scope, description: scope, inputSchema: takes(), annotations: READS, scope},
    summarize: data => [`it says ${String(data)}`],
    run: async () => ({data: scope}),
  }
}

describe('a call of a tool', () => {
  let recorded: string[]
  beforeEach(() => (recorded = []))

  async function called(name: string, {most, scope}: {most: Scope; scope: Scope}): Promise<CallResult> {
    const deps: CallDeps = {
      clock: {now: () => new Date(0), monotonic: () => 0},
      logger: {info() {}, warn() {}, error() {}, debug() {}},
      run: {run_id: 'server-run'} as CallDeps['run'],
      spanArchive: {add: async () => undefined},
      tools: SCOPES.map(tool),
      most,
      record: (label, status) => recorded.push(`${label} ${status}`),
      traceSample: 1,
      newId: bytes => '1'.repeat(bytes * 2),
    }
    const signal = new AbortController().signal
    return createCallTool(deps)({
      ...{name, scope, signal, arguments: {}, traceparent: undefined},
      onProgress: () => undefined,
    })
  }

  for (const scope of SCOPES)
    for (const needed of SCOPES) {
      const may = SCOPES.indexOf(scope) >= SCOPES.indexOf(needed)
      it(`with the scope ${scope} ${may ? 'runs' : 'is refused'} what needs ${needed}, and is counted`, async () => {
        const {failed, content} = await called(NAMES[needed], {most: 'owner', scope})
        expect(failed).to.equal(!may)
        expect(recorded).to.deep.equal([`${NAMES[needed]} ${may ? 'ok' : 'error'}`])
        if (!may) expect(content['error']).to.include({code: 'MCP_SCOPE'})
      })
    }

  it('says whether the server or the token is what keeps it closed', async () => {
    const server = await called(NAMES.owner, {most: 'write', scope: 'write'})
    expect(server.text).to.include('started without --allow-owner')
    const token = await called(NAMES.owner, {most: 'owner', scope: 'write'})
    expect(token.text).to.include('next: ask its operator for a token of the scope owner')
  })

  it('begins its text with what ran and in which trace, then the summary', async () => {
    const {text} = await called(NAMES.read, {most: 'read', scope: 'read'})
    expect(text).to.equal(`list_runs: ok; trace ${'1'.repeat(32)}\nit says read`)
    expect((await called('x', {most: 'read', scope: 'read'})).text).to.match(/^USAGE: .*\nnext: list the tools$/u)
    expect(recorded.at(-1)).to.equal('unknown error')
  })
})

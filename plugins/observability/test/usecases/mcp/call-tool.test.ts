import {Ep23Error, EXIT, type SpanRecord, verbatim} from '@ep23/sdk'
import {expect} from 'chai'

import {READS, takes, SCOPES, type Tool, type Scope} from '#src/domain/tool.js'
import {createCallRecorder} from '#src/usecases/mcp/call-span.js'
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

  async function called(
    name: string,
    {most, scope, ...more}: {most: Scope; scope: Scope} & Partial<CallDeps>,
  ): Promise<CallResult> {
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
      isWorthRecording: () => true,
      checkRate: () => undefined,
      ...more,
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

  it('is a result like another when calls come too fast, with when to call again', async () => {
    const checkRate = (): never => {
      throw new Ep23Error(verbatim('too fast'), {
        code: 'MCP_TOO_MANY_CALLS',
        exit: EXIT.tryAgain,
        suggestions: [verbatim('wait')],
      })
    }
    const {failed, text} = await called(NAMES.read, {most: 'read', scope: 'read', checkRate})
    expect(failed).to.equal(true)
    expect(text).to.match(/^MCP_TOO_MANY_CALLS: too fast; .*\nnext: wait$/u)
    expect(recorded).to.deep.equal(['list_runs error'])
  })
})

describe('the record of calls', () => {
  const trace = {traceId: '1'.repeat(32), spanId: '2'.repeat(16), parentSpanId: null, flags: '01', kept: true}
  const read = {tool: 'list_runs', trace, status: 'ok', wrote: false, startedAt: new Date(0), seconds: 0} as const

  function recorder(worth: boolean[]) {
    const spans: SpanRecord[] = []
    const lines: object[] = []
    const record = createCallRecorder({
      run: {run_id: 'server-run'} as CallDeps['run'],
      logger: {info: fields => lines.push(fields), warn() {}, error() {}, debug() {}},
      spanArchive: {add: async added => void spans.push(...added)},
      isWorthRecording: () => worth.shift() ?? false,
    })
    return {record, spans, lines}
  }

  it('leaves out reads beyond what is worth it, and says of the next how many they were', async () => {
    const {record, spans, lines} = recorder([true, false, false, true])
    for (let call = 0; call < 4; call += 1) await record(read)
    expect(spans.map(({attributes}) => attributes['left_out'])).to.deep.equal([undefined, 2])
    expect(lines).to.have.length(2)
  })

  it('has every call that wrote, and counts failures apart from reads', async () => {
    const {record, spans} = recorder([false, true])
    await record({...read, tool: 'seed_dataset', wrote: true})
    await record(read)
    await record({...read, status: 'error'})
    expect(spans.map(({name, attributes}) => [name, attributes['left_out']])).to.deep.equal([
      ['mcp:seed_dataset', undefined],
      ['mcp:list_runs', undefined],
    ])
  })
})

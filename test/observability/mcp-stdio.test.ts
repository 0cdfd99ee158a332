import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'

import {expect} from 'chai'

import {temporaryFolder} from '../helpers/run-ep23.ts'

const bin = join(import.meta.dirname, '../../bin/run.js')
const DEADLINE_MS = 20_000

describe('an MCP server on standard input', function () {
  this.timeout(60_000)
  const folder = temporaryFolder()
  after(() => folder.remove())

  /** What becomes of a server that is told this, by a caller that stays or leaves. */
  async function ended(said: string, caller: 'stays' | 'leaves'): Promise<{code: number | null; stderr: string}> {
    const server = spawn(process.execPath, [bin, 'observability:mcp'], {
      ...{cwd: folder.path, timeout: DEADLINE_MS, killSignal: 'SIGKILL'},
      env: {PATH: process.env['PATH'], HOME: folder.path, EP23_LANG: 'en'},
    })
    let stderr = ''
    server.stderr.setEncoding('utf8').on('data', text => (stderr += text))
    // It may end in the midst of a message.
    server.stdin.on('error', () => undefined)
    server.stdin.write(said)
    if (caller === 'leaves') server.stdin.end()
    const [code] = await once(server, 'close')
    return {code, stderr}
  }

  it('ends with what was wrong when a message is longer than it can be', async () => {
    const endless = `{"jsonrpc":"2.0","id":1,"method":"${'x'.repeat(11 * 1024 * 1024)}`
    for (const caller of ['stays', 'leaves'] as const) {
      const {code, stderr} = await ended(endless, caller)
      expect(code, stderr).to.equal(65)
      expect(stderr).to.include('longer than 10 MiB').and.include('MCP_MESSAGE_TOO_LARGE')
    }
  })

  it('ends when its caller leaves, whatever was said before', async () => {
    for (const said of ['', 'no JSON\n', '{"jsonrpc":"2.0","id":1,"method":"tools/list"}\n', '{"half":'])
      expect((await ended(said, 'leaves')).code, said).to.equal(0)
  })
})

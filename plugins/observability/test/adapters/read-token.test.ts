import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

import {readToken, readTokens} from '#src/adapters/read-token.js'

const TOKEN = '0123456789abcdef'
const OTHER = 'fedcba9876543210'

describe('reading tokens', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ep23-test-'))
  const file = join(folder, 'tokens')
  after(() => rmSync(folder, {recursive: true}))

  async function problemOf(text: string): Promise<string> {
    writeFileSync(file, text)
    return readTokens(file, undefined).then(
      () => 'none',
      (error: Error) => error.message,
    )
  }

  it('takes one token alone for one that may write, from the file before the environment', async () => {
    writeFileSync(file, `${TOKEN}\n`)
    expect(await readTokens(file, OTHER)).to.deep.equal([{scope: 'write', token: TOKEN}])
    expect(await readTokens(undefined, OTHER)).to.deep.equal([{scope: 'write', token: OTHER}])
    expect(await readTokens(undefined, '')).to.deep.equal([])
    expect(await readToken(file, undefined)).to.equal(TOKEN)
  })

  it('takes lines of scope and token', async () => {
    writeFileSync(file, `# agents\n\nread ${TOKEN}\r\n  owner\t${OTHER}`)
    expect(await readTokens(file, undefined)).to.deep.equal([
      {scope: 'read', token: TOKEN},
      {scope: 'owner', token: OTHER},
    ])
  })

  it('refuses what it cannot be sure of, and names the line but no token', async () => {
    expect(await problemOf('')).to.include('contains no token')
    expect(await problemOf(`# only\nadmin ${TOKEN}`))
      .to.include('line 2')
      .and.not.include(TOKEN)
    expect(await problemOf(`read ${TOKEN} extra`))
      .to.include('line 1')
      .and.not.include(TOKEN)
    expect(await problemOf('owner short')).to.include('16 or more')
    expect(await problemOf(`read ${TOKEN}\nowner ${TOKEN}`))
      .to.include('twice')
      .and.not.include(TOKEN)
    expect(await readTokens(join(folder, 'none'), undefined).catch(String)).to.include('cannot be read')
  })
})

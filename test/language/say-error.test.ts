import {expect} from 'chai'

import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const SECRET = 'Zq9-between-us-alone'

describe('an error that is printed', function () {
  this.timeout(60_000)
  const folder = temporaryFolder()
  after(() => folder.remove())

  for (const how of [['--lang', 'en'], ['--lang', 'ru'], ['--debug']])
    it(`hides the secrets of the command that it quotes, with ${how.join(' ')}`, async () => {
      const source = `@c=cmd:sh -c 'exit 7' "Authorization: Bearer ${SECRET}"`
      const {code, stderr} = await runEp23(['daily', '--from', source, ...how], {cwd: folder.path})
      expect(code, stderr).to.equal(69)
      expect(stderr.replaceAll(/\s+/gu, ' ')).to.include('Authorization: [redacted]').and.not.include(SECRET)
    })

  it('hides them with --json, too', async () => {
    const source = `@c=cmd:sh -c 'exit 7' "Authorization: Bearer ${SECRET}"`
    const {code, stdout, stderr} = await runEp23(['daily', '--from', source, '--json'], {cwd: folder.path})
    expect(code, stderr).to.equal(69)
    expect(JSON.parse(stdout).error.message).to.include('Authorization: [redacted]')
    expect(stdout + stderr).to.not.include(SECRET)
  })

  it('keeps what it advises, although that looks like a secret', async () => {
    const {stderr} = await runEp23(['dataset:audit', '--store', 'mongodb://[', '--lang', 'en'], {cwd: folder.path})
    expect(stderr.replaceAll(/\s+/gu, ' ')).to.include('write mongodb://user:password@host:port/database?options')
  })
})

import {expect} from 'chai'

import {runEp23, temporaryFolder} from './helpers/run-ep23.ts'

describe('the name of a command', () => {
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())

  for (const name of [['rag:config:history'], ['rag', 'config', 'history'], ['rag:config', 'history']])
    it(`may be written as ${name.join(' ')}`, async () => {
      const {code, stdout, stderr} = await runEp23([...name, '--json'], {cwd: folder.path})
      expect(code, stderr).to.equal(0)
      expect(JSON.parse(stdout)).to.include({command: 'rag:config:history', status: 'ok'})
    })
})

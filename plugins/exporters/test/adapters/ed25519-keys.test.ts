import {generateKeyPairSync} from 'node:crypto'
import {readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {keyId, readSigningKey, readVerificationKey, writeKeyPair} from '#src/adapters/ed25519-keys.js'
import {failure} from '../sample/failure.ts'
import {temporaryFolder} from '../sample/temporary-folder.ts'

describe('a key pair', () => {
  const folder = temporaryFolder()
  const at = (name: string) => join(folder.path, name)

  it('is written so that only its owner can read the private half', async () => {
    const {private_key, public_key, key_id} = await writeKeyPair(at('qa.key'))
    expect(statSync(private_key).mode & 0o777).to.equal(0o600)
    expect(readFileSync(public_key, 'utf8')).to.include('PUBLIC KEY').and.not.include('PRIVATE')
    expect(keyId(await readSigningKey(private_key))).to.equal(key_id)
    expect(keyId(await readVerificationKey(public_key))).to.equal(key_id)
  })

  for (const standing of ['qa.key', 'qa.key.pub'])
    it(`never replaces ${standing}`, async () => {
      writeFileSync(at(standing), 'mine')
      expect(await failure(writeKeyPair(at('qa.key')))).to.include({code: 'EXPORT_KEY_EXISTS', exit: 77})
      expect(readFileSync(at(standing), 'utf8')).to.equal('mine')
    })

  it('is refused when the halves are mixed up, of another kind, or no key', async () => {
    const {private_key, public_key} = await writeKeyPair(at('qa.key'))
    const rsa = generateKeyPairSync('rsa', {modulusLength: 2048})
    writeFileSync(at('rsa.key'), rsa.privateKey.export({type: 'pkcs8', format: 'pem'}))
    writeFileSync(at('text'), 'no key')
    for (const attempt of [
      () => readSigningKey(public_key),
      () => readVerificationKey(private_key),
      () => readSigningKey(at('rsa.key')),
      () => readVerificationKey(at('text')),
    ])
      expect(await failure(attempt())).to.include({code: 'EXPORT_BAD_KEY', exit: 65})
    expect(await failure(readSigningKey(at('absent')))).to.include({exit: 64})
  })
})

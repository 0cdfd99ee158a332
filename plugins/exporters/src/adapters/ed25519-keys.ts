import {createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject} from 'node:crypto'
import {lstat} from 'node:fs/promises'

import {
  badDataError,
  Ep23Error,
  EXIT,
  readTextFile,
  writeFileAtomically,
  errorMessage,
  usageError,
  type Message,
} from '@ep23/sdk'
import {message as say} from '../words/words.js'

/** Only its owner may read a private key. */
const PRIVATE_MODE = 0o600

export interface KeyFiles {
  private_key: string
  public_key: string
  key_id: string
}

/** SHA-256 of a public key's DER form (SPKI), lower-case hex: what signatures call their key. */
export function keyId(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return createHash('sha256')
    .update(publicKey.export({type: 'spki', format: 'der'}))
    .digest('hex')
}

/**
 * Makes an Ed25519 key pair: `path` (PKCS 8, mode 0600) and `path.pub` (SPKI).
 * @throws Ep23Error EXPORT_KEY_EXISTS (77) rather than replace a key
 */
export async function writeKeyPair(path: string): Promise<KeyFiles> {
  const publicPath = `${path}.pub`
  for (const existing of [path, publicPath]) await assertAbsent(existing)
  const {privateKey, publicKey} = generateKeyPairSync('ed25519')
  await writeFileAtomically(path, privateKey.export({type: 'pkcs8', format: 'pem'}), {mode: PRIVATE_MODE})
  await writeFileAtomically(publicPath, publicKey.export({type: 'spki', format: 'pem'}))
  return {private_key: path, public_key: publicPath, key_id: keyId(publicKey)}
}

async function assertAbsent(path: string): Promise<void> {
  const found = await lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )
  if (!found) return
  throw new Ep23Error(say('keyExists', {path}), {
    code: 'EXPORT_KEY_EXISTS',
    exit: EXIT.notPermitted,
    suggestions: [say('nameOtherOutput')],
  })
}

/** @throws Ep23Error EXPORT_BAD_KEY (65) for a file that holds no Ed25519 private key */
export async function readSigningKey(path: string): Promise<KeyObject> {
  return readKey(path, 'private', createPrivateKey, say('makeKey'))
}

/** @throws Ep23Error EXPORT_BAD_KEY (65) for a file that holds no Ed25519 public key */
export async function readVerificationKey(path: string): Promise<KeyObject> {
  return readKey(path, 'public', createPublicKey, say('usePubFile'))
}

async function readKey(
  path: string,
  kind: string,
  parse: (pem: string) => KeyObject,
  advice: Message,
): Promise<KeyObject> {
  const pem = await readTextFile(path)
  try {
    // Node makes a public key of a private one: whoever mistakes the two should hear of it.
    const key = kind === 'public' && pem.includes('PRIVATE KEY') ? undefined : parse(pem)
    if (key?.asymmetricKeyType === 'ed25519') return key
    throw usageError(key ? say('keyOfType', {type: String(key.asymmetricKeyType)}) : say('isPrivateKey'))
  } catch (error) {
    throw badDataError('EXPORT_BAD_KEY', say('noEd25519Key', {path, kind, reason: reasonOf(error)}), [advice])
  }
}

// OpenSSL's words name its own routines.
function reasonOf(error: unknown): Message {
  const {code = ''} = error as NodeJS.ErrnoException
  return code.startsWith('ERR_OSSL') ? say('noneInPem') : errorMessage(error)
}

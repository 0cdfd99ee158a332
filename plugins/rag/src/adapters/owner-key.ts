import {createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify} from 'node:crypto'
import {existsSync} from 'node:fs'
import {readFile, realpath, stat} from 'node:fs/promises'
import {dirname, join, relative, resolve, sep} from 'node:path'

import {badDataError, Ep23Error, EXIT, usageError, writeFileAtomically, errorMessage, type Message} from '@ep23/sdk'
import {message as say} from '../words/words.js'

const PRIVATE_MODE = 0o600
const READABLE_BY_OTHERS = 0o077

/** What signs for the owner. */
export interface OwnerKey {
  /** SPKI, DER, in Base64: as it stands in the configuration. */
  publicKey: string
  sign(text: string): string
}

/**
 * Makes the owner's Ed25519 key pair and keeps the private half in `path` with mode 0600.
 * @throws Ep23Error RAG_KEY_EXISTS (77) rather than replace a key, USAGE (64) for a place inside a repository.
 */
export async function makeOwnerKey(path: string): Promise<OwnerKey> {
  await refuseRepository(path)
  if (existsSync(path) && (await stat(path)).isDirectory())
    throw usageError(say('keyIsFolder', {path}), [say('forExample', {file: join(path, 'rag-owner.key')})])
  if (existsSync(path))
    throw new Ep23Error(say('keyExists', {path}), {
      code: 'RAG_KEY_EXISTS',
      exit: EXIT.notPermitted,
      suggestions: [say('nameOtherKey'), say('seeOwner')],
    })
  const {privateKey} = generateKeyPairSync('ed25519')
  await writeFileAtomically(path, privateKey.export({type: 'pkcs8', format: 'pem'}), {mode: PRIVATE_MODE})
  return ownerKey(privateKey)
}

/** @throws Ep23Error RAG_NOT_OWNER (77) when there is no such key or others may read it, RAG_KEY_BAD (65) when it is none. */
export async function readOwnerKey(path: string): Promise<OwnerKey> {
  const pem = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw notOwner(
      say('ownersKeyIs', {
        path,
        state: error.code === 'ENOENT' ? say('notThere') : say('notReadable', {code: String(error.code)}),
      }),
    )
  })
  const {mode} = await stat(path)
  if (process.platform !== 'win32' && (mode & READABLE_BY_OTHERS) !== 0)
    throw notOwner(say('keyOpen', {path, mode: (mode & 0o777).toString(8)}), [say('closeKey', {path})])
  return ownerKey(parsePrivate(path, pem))
}

/** Whether the owner of this public key signed the text. False for what is no key or no signature. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der'})
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

/** Exit 77: a plain sentence, and what the owner would do. */
export function notOwner(problem: Message, suggestions: Message[] = []): Ep23Error {
  return new Ep23Error(problem, {
    code: 'RAG_NOT_OWNER',
    exit: EXIT.notPermitted,
    suggestions: [...suggestions, say('ownerNamesKey')],
  })
}

function ownerKey(key: KeyObject): OwnerKey {
  return {
    publicKey: createPublicKey(key).export({type: 'spki', format: 'der'}).toString('base64'),
    sign: text => sign(null, Buffer.from(text), key).toString('base64'),
  }
}

function parsePrivate(path: string, pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
    throw new Error(`it is a key of type ${key.asymmetricKeyType}`)
  } catch (error) {
    throw badDataError('RAG_KEY_BAD', say('notPrivateKey', {path, problem: errorMessage(error)}), [say('makeKey')])
  }
}

// What lies in a repository is one `git add` away from everybody.
async function refuseRepository(path: string): Promise<void> {
  const repository = await enclosingRepository(dirname(resolve(path)))
  if (repository !== undefined) throw usageError(say('keyInRepository', {path, repository}), [say('keepKeyOutside')])
}

async function enclosingRepository(folder: string): Promise<string | undefined> {
  if (!existsSync(folder)) return folder === dirname(folder) ? undefined : enclosingRepository(dirname(folder))
  const real = await realpath(folder)
  const parts = relative(resolve('/'), real).split(sep)
  const above = parts.map((_, i) => resolve('/', ...parts.slice(0, parts.length - i)))
  return above.find(candidate => existsSync(join(candidate, '.git')))
}

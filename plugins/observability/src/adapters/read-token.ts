import {readTextFile, usageError, errorMessage} from '@ep23/sdk'

import {isScope, SCOPES, type ScopedToken} from '../domain/tool.js'
import {message} from '../words/words.js'

const SHORTEST = 16

/**
 * The bearer token, from a file or from the environment: never from an argument, which every user of the machine can
 * read. Undefined when there is none. @throws Ep23Error USAGE
 */
export async function readToken(file: string | undefined, value: string | undefined): Promise<string | undefined> {
  const token = (file === undefined ? value : await read(file))?.trim()
  if (token === undefined || (token === '' && file === undefined)) return undefined
  return checked(token)
}

/**
 * Tokens with scopes: a file has one token alone, which may write, or lines of scope and token, empty ones and those
 * that begin with `#` aside. The token of the environment may write. @throws Ep23Error USAGE
 */
export async function readTokens(file: string | undefined, value: string | undefined): Promise<ScopedToken[]> {
  if (file === undefined) {
    const token = await readToken(undefined, value)
    return token === undefined ? [] : [{scope: 'write', token}]
  }
  const lines = (await read(file)).split('\n').map(line => line.trim())
  const tokens = lines.flatMap((line, index) => (line === '' || line.startsWith('#') ? [] : [scoped(line, index + 1)]))
  if (tokens.length === 0) throw usageError(message('noTokenIn', {file}), [HOW_TO_MAKE_ONE])
  if (new Set(tokens.map(({token}) => token)).size < tokens.length)
    throw usageError(message('tokenTwice', {file}), [message('tokenPerScope')])
  return tokens
}

const HOW_TO_MAKE_ONE = message('makeToken')

// The message names the line and not what stands in it.
function scoped(line: string, number: number): ScopedToken {
  const [first = '', second, ...rest] = line.split(/\s+/u)
  if (second === undefined) return {scope: 'write', token: checked(first)}
  if (rest.length > 0 || !isScope(first))
    throw usageError(message('notScopeToken', {line: number}), [message('scopesAre', {scopes: SCOPES.join(', ')})])
  return {scope: first, token: checked(second)}
}

function checked(token: string): string {
  if (token.length < SHORTEST || !/^[\x21-\x7e]+$/u.test(token))
    throw usageError(message('tokenTooShort', {shortest: SHORTEST}), [HOW_TO_MAKE_ONE])
  return token
}

async function read(file: string): Promise<string> {
  try {
    return await readTextFile(file)
  } catch (error) {
    throw usageError(message('tokenFileUnreadable', {file, problem: errorMessage(error)}), [message('checkTokenPath')])
  }
}

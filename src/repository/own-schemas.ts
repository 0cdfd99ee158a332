import {globSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {isDeepStrictEqual} from 'node:util'

import {isObject} from '@ep23/sdk'

import {message} from '../words/words.js'
import type {RepositoryFinding} from './repository-finding.js'

/** What this ep23 and its plugins bring, by title. @param roots folders of the packages */
export async function readOwnSchemas(roots: readonly string[]): Promise<ReadonlyMap<string, object>> {
  const files = roots.flatMap(root => globSync('schemas/*.json', {cwd: root}).map(file => join(root, file)))
  const schemas = await Promise.all(files.map(async file => JSON.parse(await readFile(file, 'utf8')) as unknown))
  return new Map(schemas.flatMap(schema => (isTitled(schema) ? [[schema.title, schema]] : [])))
}

/** A copy of one of ep23's schemas that is not what this ep23 has: whoever checks with it checks an older output. */
export function schemaFindings(file: string, text: string, own: ReadonlyMap<string, object>): RepositoryFinding[] {
  if (!file.endsWith('.json') || !text.includes('json-schema.org')) return []
  const copy = parsed(text)
  const current = isTitled(copy) ? own.get(copy.title) : undefined
  if (current === undefined || isDeepStrictEqual(copy, current)) return []
  return [{rule: 'schema', file, line: null, column: null, detail: message('staleSchema')}]
}

function isTitled(value: unknown): value is {title: string} {
  return isObject(value) && typeof value['title'] === 'string'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What is no JSON is a finding of its own.
    return undefined
  }
}

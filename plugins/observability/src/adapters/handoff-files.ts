import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'

import {badDataError, readTextFile, usageError} from '@ep23/sdk'

import type {JsonObject} from '../domain/json-shape.js'

/** Path, size and hash of a file. @throws Ep23Error USAGE when it cannot be read */
export async function describeEvidence(path: string): Promise<{path: string; bytes: number; sha256: string}> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch (error) {
    throw usageError(`the evidence ${path} cannot be read: ${(error as Error).message}`)
  }
  return {path, bytes, sha256: hash.digest('hex')}
}

/** The fields of a handoff that people write. @throws Ep23Error TEMPLATE_INVALID (65), USAGE (64) */
export async function readTemplate(path: string): Promise<JsonObject> {
  const text = await readTextFile(path).catch((error: Error) => {
    throw usageError(`the template ${path} cannot be read: ${error.message}`)
  })
  const value = parse(text, path)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badDataError('TEMPLATE_INVALID', `the template ${path} is not a JSON object`)
  return value as JsonObject
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw badDataError('TEMPLATE_INVALID', `the template ${path} is not JSON: ${(error as Error).message}`)
  }
}

import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {readFile} from 'node:fs/promises'

import {badDataError, readTextFile, schemaMessageAt, usageError, errorMessage, type Message} from '@ep23/sdk'

import type {JsonObject} from '../domain/json-shape.js'
import {message as say} from '../words/words.js'

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
    throw usageError(say('evidenceUnreadable', {path, problem: errorMessage(error)}))
  }
  return {path, bytes, sha256: hash.digest('hex')}
}

/** The fields of a handoff that people write. @throws Ep23Error TEMPLATE_INVALID (65), USAGE (64) */
export async function readTemplate(path: string): Promise<JsonObject> {
  const text = await readTextFile(path).catch((error: Error) => {
    throw usageError(say('templateUnreadable', {path, problem: error.message}))
  })
  const value = parse(text, path)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badDataError('TEMPLATE_INVALID', say('templateNotObject', {path}))
  return value as JsonObject
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw badDataError('TEMPLATE_INVALID', say('templateNotJson', {path, problem: errorMessage(error)}))
  }
}

const LONGEST_MS = 2000

/** Whether somebody answers there with the metrics now. */
export async function endpointAnswers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, {signal: AbortSignal.timeout(LONGEST_MS)})).ok
  } catch {
    return false
  }
}

/** A check against `schemas/handoff.schema.json`: what is wrong, and where. */
export async function compileHandoffSchema(): Promise<(handoff: object) => Message[]> {
  const [{Ajv2020}, {default: addFormats}, text] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('ajv-formats'),
    readFile(new URL('../../schemas/handoff.schema.json', import.meta.url), 'utf8'),
  ])
  const ajv = new Ajv2020({allErrors: true, allowUnionTypes: true, validateSchema: false})
  addFormats.default(ajv)
  const validate = ajv.compile(JSON.parse(text) as object)
  return handoff => {
    validate(handoff)
    return (validate.errors ?? []).map(error => schemaMessageAt(error.instancePath || say('theHandoff'), error))
  }
}

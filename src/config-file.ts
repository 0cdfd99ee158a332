import {dirname, relative, resolve} from 'node:path'

import {badDataError, parseGuarded, readTextFile, twoReadings, usageError, joined, errorMessage} from '@ep23/sdk'

import {checkSettings, type SettingSchema} from './check-settings.js'
import {message} from './words/words.js'

const FILE_NAME = 'ep23.config.yaml'
const MOST_BYTES = 1024 * 1024

export interface ConfigFile {
  path: string
  /** How messages name the file. */
  label: string
  isShipped: boolean
  content: Readonly<Record<string, unknown>>
}

interface Places {
  flags: Readonly<Record<string, unknown>>
  cwd: string
  shippedFile: string
  /** What the file may hold. */
  schema: SettingSchema
}

/**
 * Reads `--config FILE`, else `ep23.config.yaml` of the working directory or the nearest folder above it, else the one shipped with
 * ep23.
 */
export async function readSettingsFile({flags, cwd, shippedFile, schema}: Places): Promise<ConfigFile> {
  const named = flags['config']
  if (typeof named === 'string') {
    const path = resolve(cwd, named)
    const text = await readIfThere(path)
    if (text === undefined) throw usageError(message('noSettingsFile', {file: named}), [message('checkConfigPath')])
    return {path, label: named, isShipped: false, content: await parse(text, named, schema)}
  }
  for (const folder of upwards(cwd)) {
    const path = resolve(folder, FILE_NAME)
    const text = await readIfThere(path)
    if (text === undefined) continue
    const label = relative(cwd, path)
    return {path, label, isShipped: path === shippedFile, content: await parse(text, label, schema)}
  }
  const shipped = (await readIfThere(shippedFile)) ?? ''
  const label = `${FILE_NAME} (shipped)`
  return {path: shippedFile, label, isShipped: true, content: await parse(shipped, label, schema)}
}

function* upwards(folder: string): Generator<string> {
  yield folder
  const parent = dirname(folder)
  if (parent !== folder) yield* upwards(parent)
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readTextFile(path, MOST_BYTES)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
}

async function parse(text: string, label: string, schema: SettingSchema): Promise<ConfigFile['content']> {
  const {LineCounter, parseDocument, visit} = await import('yaml')
  const lineCounter = new LineCounter()
  const guard = {file: label, text, code: 'CONFIG_INVALID'}
  const document = parseGuarded(guard, () => parseDocument(text, {uniqueKeys: true, lineCounter}))
  const problem = document.errors[0]
  if (problem)
    throw badDataError('CONFIG_INVALID', joined([label, errorMessage(problem)], ': '), [message('fixAtLine')])
  visit(document, {
    Scalar(_, node) {
      const found = twoReadings(node)
      if (found === undefined) return
      const {line, col} = lineCounter.linePos(node.range?.[0] ?? 0)
      const {written, reading, agreed} = found
      const place = `${label}:${line}:${col}`
      throw badDataError('CONFIG_INVALID', message('twoReadings', {place, written, reading}), [
        message('writeInstead', {agreed}),
      ])
    },
  })
  const content: unknown = parseGuarded(guard, () => document.toJS() as unknown) ?? {}
  if (typeof content !== 'object' || Array.isArray(content))
    throw badDataError('CONFIG_INVALID', message('notKeysWithValues', {file: label}))
  checkSettings(schema, {document, text, label})
  return content as ConfigFile['content']
}

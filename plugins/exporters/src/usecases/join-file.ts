import {basename, dirname, join} from 'node:path'

import {
  badDataError,
  Ep23Error,
  EXIT,
  hasCode,
  usageError,
  type JsonSchemaDocument,
  errorMessage,
  joined,
} from '@ep23/sdk'

import type {FileFacts, Manifest, RecordFile, Parts} from '../domain/manifest.js'
import type {FilePorts} from '../domain/ports.js'
import {recordValidator} from './record-validator.js'
import {message} from '../words/words.js'

interface JoinDeps {
  files: FilePorts
  schemas: {parts: JsonSchemaDocument; manifest: JsonSchemaDocument}
  /** A file's content, decompressed. */
  readContent(path: string): AsyncIterable<Buffer>
  writeAtomically(path: string, content: AsyncIterable<Uint8Array>): Promise<number>
  signal: AbortSignal
}

export interface Joined {
  path: string
  bytes: number
  sha256: string
  parts: number
  /** The file was there already, byte for byte. */
  unchanged: boolean
}

interface Plan {
  name: string
  /** Absent for a split export, whose parts are each vouched for. */
  whole?: FileFacts
  parts: readonly RecordFile[]
}

/**
 * Joins parts to the file they were cut from. Every part is checked before it is used, and the whole before it appears.
 * @param list the `.parts.json` of exporters:split, or the manifest of an export with --split
 * @param output defaults to the file's own name beside the list
 * @throws Ep23Error EXPORT_BAD_PART, EXPORT_BAD_LIST (65), EXPORT_FILE_EXISTS (77) rather than replace another file
 */
export async function joinFile(deps: JoinDeps, list: string, output: string | undefined): Promise<Joined> {
  const folder = dirname(list)
  const plan = await readPlan(deps, list)
  for (const part of plan.parts) await assertIntactPart(deps.files, folder, part)
  const path = output ?? join(folder, plan.name)
  const hash = deps.files.hashing.growing()
  const standing = await deps.files.hashFile(path).catch(undefinedIfMissing)
  if (standing && standing.sha256 !== (plan.whole?.sha256 ?? (await joinedHash(deps, folder, plan))))
    throw fileExists(path)
  if (standing) return {path, ...withoutName(standing), parts: plan.parts.length, unchanged: true}
  const bytes = await deps.writeAtomically(path, contentOf(deps, folder, plan, hash))
  return {path, bytes, sha256: hash.hex(), parts: plan.parts.length, unchanged: false}
}

async function* contentOf(
  deps: JoinDeps,
  folder: string,
  {parts, whole}: Plan,
  hash: {update(data: Uint8Array): void; hex(): string},
): AsyncGenerator<Uint8Array> {
  for (const {name} of parts)
    for await (const chunk of deps.readContent(join(folder, name))) {
      deps.signal.throwIfAborted()
      hash.update(chunk)
      yield chunk
    }
  // Thrown before the file gets its name: a wrong whole never appears.
  if (whole && hash.hex() !== whole.sha256)
    throw badDataError(
      'EXPORT_BAD_PART',
      message('partsDoNotAddUp', {name: whole.name, got: hash.hex(), wanted: whole.sha256}),
    )
}

/** What the parts add up to, for a manifest, which does not say it. */
async function joinedHash(deps: JoinDeps, folder: string, plan: Plan): Promise<string> {
  const hash = deps.files.hashing.growing()
  for await (const _ of contentOf(deps, folder, plan, hash));
  return hash.hex()
}

function undefinedIfMissing(error: unknown): undefined {
  if (!hasCode(error, 'ENOENT')) throw error
}

async function readPlan({files, schemas}: JoinDeps, list: string): Promise<Plan> {
  const isManifest = basename(list).endsWith('manifest.json')
  const document = await readList(files, list, isManifest ? schemas.manifest : schemas.parts)
  if (!isManifest) {
    const {file, parts} = document as Parts
    return {name: file.name, whole: file, parts}
  }
  const [first, ...others] = (document as Manifest).exports
  if (!first || others.length > 0 || first.format !== 'jsonl') throw usageError(message('notManifestOfOne', {list}))
  return {name: basename(list).replace(/(?:\.manifest)?\.json$/u, '.jsonl'), parts: first.files}
}

async function readList(files: FilePorts, list: string, schema: JsonSchemaDocument): Promise<unknown> {
  try {
    const document: unknown = JSON.parse(await files.readText(list))
    const [problem] = recordValidator(schema, message('listSchema'))(document)
    if (problem) throw badDataError('EXPORT_BAD_LIST', joined([problem.pointer, problem.message], ' '))
    return document
  } catch (error) {
    throw badDataError('EXPORT_BAD_LIST', message('notListOfParts', {list, problem: errorMessage(error)}), [
      message('nameSplitOutput'),
    ])
  }
}

async function assertIntactPart(files: FilePorts, folder: string, said: FileFacts): Promise<void> {
  const found = await files.hashFile(join(folder, said.name)).catch(() => undefined)
  if (found?.sha256 === said.sha256) return
  const problem = found ? message('partHash', {found: found.sha256, said: said.sha256}) : message('isMissing')
  throw badDataError('EXPORT_BAD_PART', message('partProblem', {name: said.name, problem}), [message('freshCopy')])
}

function withoutName({bytes, sha256}: FileFacts): {bytes: number; sha256: string} {
  return {bytes, sha256}
}

function fileExists(path: string): Error {
  return new Ep23Error(message('existsWithOther', {path}), {
    code: 'EXPORT_FILE_EXISTS',
    exit: EXIT.notPermitted,
    suggestions: [message('nameOtherOutput')],
  })
}

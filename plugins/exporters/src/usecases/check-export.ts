import {join} from 'node:path'

import type {JsonSchemaDocument} from '@ep23/sdk'

import {canonicalJson} from '../domain/canonical-json.js'
import {FindingList, type Finding} from '../domain/finding.js'
import type {ExportFacts, FileFacts} from '../domain/manifest.js'
import type {Advance, FilePorts} from '../domain/ports.js'
import {RecordStats} from '../domain/record-stats.js'
import {ContentCheck, LeafComparison} from './manifest-comparison.js'
import {recordValidator, type RecordValidator} from './record-validator.js'
import {scanRecords, type ScannedLine} from './scan-records.js'
import {errorMessage} from '@ep23/sdk'
import {message} from '../words/words.js'

export interface ExportCheck {
  exporter: string
  /** Records read, and how many of them fit the schema. */
  checked: number
  valid: number
  merkle_root: string
  findings: FindingList
}

interface Comparison {
  facts: ExportFacts
  stats: RecordStats
  leaves: LeafComparison
  content: ContentCheck
  validate: RecordValidator
  check: ExportCheck
}

/**
 * Computes everything that a manifest says of an export again from the files beside it: sizes and hashes, each record's
 * schema, form, place and hash, counts, Merkle root. What differs is named, the first differing record first.
 * @param schema what the records are held to; by default the schema beside them
 */
export async function checkExport(
  files: FilePorts,
  folder: string,
  facts: ExportFacts,
  {schema, advance = () => undefined}: {schema?: JsonSchemaDocument; advance?: Advance} = {},
): Promise<ExportCheck> {
  const findings = new FindingList()
  const check: ExportCheck = {exporter: facts.exporter, checked: 0, valid: 0, merkle_root: '', findings}
  const add = (finding: Finding): void => findings.add({exporter: facts.exporter, ...finding})
  try {
    const validate = recordValidator(
      schema ?? (await readSchema(files, folder, facts, add)),
      message('schemaOf', {exporter: facts.exporter}),
    )
    const stats = new RecordStats(data => files.hashing.sha256(data))
    const leaves = new LeafComparison(files, folder, facts)
    const content = new ContentCheck(facts, files.hashing)
    await checkRecords(files, folder, {facts, stats, leaves, content, validate, check}, {add, advance})
    check.merkle_root = stats.root
    compareStats(facts, stats, add)
  } catch (error) {
    add({rule: 'file', message: message('cannotReadOn', {problem: errorMessage(error)})})
  }
  for (const file of [...facts.files, facts.schema, facts.merkle.leaves]) await checkFile(files, folder, file, add)
  return check
}

interface CheckHooks {
  add: (finding: Finding) => void
  advance: Advance
}

async function checkRecords(
  files: FilePorts,
  folder: string,
  comparison: Comparison,
  {add, advance}: CheckHooks,
): Promise<void> {
  const names = comparison.facts.files.map(({name}) => name)
  for await (const scanned of scanRecords(files, folder, names)) {
    comparison.check.checked += 1
    for (const finding of await lineFindings(files, comparison, scanned)) add(finding)
    if (comparison.check.checked % 1000 === 0) advance(comparison.check.checked, comparison.facts.records.total)
  }
  for (const finding of [...(await comparison.leaves.close()), ...comparison.content.close()]) add(finding)
}

async function lineFindings(files: FilePorts, comparison: Comparison, scanned: ScannedLine): Promise<Finding[]> {
  const {file, line, bytes, record, canonical = bytes, problem} = scanned
  const place = {file, line, ...(record && {sample_id: record.sample_id})}
  comparison.content.add(file, bytes)
  const leaf = files.hashing.leafHash(comparison.facts.canonical ? bytes : canonical)
  const findings = (await comparison.leaves.next(leaf, record?.sample_id)).map(finding => ({...finding, ...place}))
  if (!record) return [{rule: 'schema', ...place, message: problem ?? message('notRecord')}, ...findings]
  const problems = comparison.validate(record)
  if (problems.length === 0) comparison.check.valid += 1
  findings.push(...problems.map(broken => ({rule: 'schema' as const, ...place, ...broken})))
  const misplaced = comparison.stats.add(record, leaf)
  if (misplaced) findings.push({rule: 'order', ...place, message: misplaced})
  if (comparison.facts.canonical && !bytes.equals(canonical))
    findings.push({rule: 'canonical', ...place, message: message('notCanonical')})
  return findings
}

function compareStats({records, merkle}: ExportFacts, stats: RecordStats, add: CheckHooks['add']): void {
  const counts = stats.counts
  if (counts.total !== records.total)
    add({rule: 'count', message: message('recordsFound', {found: counts.total, said: records.total})})
  for (const kind of ['by_channel', 'by_origin'] as const) {
    const [found, said] = [canonicalJson(counts[kind]), canonicalJson(records[kind])]
    if (found !== said) add({rule: 'count', message: message('kindIs', {kind, found, said})})
  }
  if (stats.root !== merkle.root)
    add({rule: 'hash', message: message('rootIs', {found: stats.root, said: merkle.root})})
}

async function readSchema(
  files: FilePorts,
  folder: string,
  {schema}: ExportFacts,
  add: CheckHooks['add'],
): Promise<JsonSchemaDocument> {
  const document = JSON.parse(await files.readText(join(folder, schema.name))) as JsonSchemaDocument
  if (files.hashing.sha256(canonicalJson(document)) !== schema.canonical_sha256)
    add({rule: 'schema', file: schema.name, message: message('otherSchema')})
  return document
}

/** Compares a file as it lies on disk with what the manifest says of it. */
export async function checkFile(
  files: Pick<FilePorts, 'hashFile'>,
  folder: string,
  said: FileFacts,
  add: (finding: Finding) => void,
): Promise<void> {
  const place = {rule: 'file', file: said.name} as const
  try {
    const found = await files.hashFile(join(folder, said.name))
    if (found.bytes !== said.bytes)
      add({...place, message: message('hasBytes', {found: found.bytes, said: said.bytes})})
    else if (found.sha256 !== said.sha256)
      add({...place, message: message('hasHash', {found: found.sha256, said: said.sha256})})
  } catch (error) {
    add({
      ...place,
      message: (error as NodeJS.ErrnoException).code === 'ENOENT' ? message('isMissing') : errorMessage(error),
    })
  }
}

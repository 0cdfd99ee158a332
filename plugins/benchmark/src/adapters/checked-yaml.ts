import {readFile} from 'node:fs/promises'

import {
  badDataError,
  type Ep23Error,
  parseGuarded,
  schemaMessageAt,
  twoReadings,
  joined,
  type Message,
  type Text,
} from '@ep23/sdk'
import {Ajv2020, type ErrorObject, type ValidateFunction} from 'ajv/dist/2020.js'
import {LineCounter, parseDocument, type Document, visit} from 'yaml'

import {message as say} from '../words/words.js'
import type {MeaningProblem} from '../domain/meaning-problem.js'

/** A kind of YAML file that this plugin reads. */
export interface YamlKind {
  /** Of its errors. */
  code: string
  what: Message
  schema: URL
  /** Where to read what such a file holds. */
  advice: Message
}

type Path = readonly (string | number)[]

interface ParsedYaml {
  kind: YamlKind
  file: string
  document: Document
  lines: LineCounter
}

/**
 * The value in a YAML file, held against its kind's schema, which the caller trusts to give a T, and against what no schema can say.
 * @throws Ep23Error the kind's code (65) naming file, line, column and field of the first problem, and how many more there are
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export async function checkedYaml<T>(
  {file, text}: {file: string; text: string},
  kind: YamlKind,
  meaning: (value: T) => MeaningProblem[],
): Promise<T> {
  const lines = new LineCounter()
  const guard = {file, text, code: kind.code}
  const document = parseGuarded(guard, () => parseDocument(text, {lineCounter: lines}))
  const parsed = {kind, file, document, lines}
  const [syntax] = document.errors
  if (syntax) throw problem(parsed, lines.linePos(syntax.pos[0]), syntax.message.split('\n')[0] ?? '', 0)
  refuseTwoReadings(parsed)
  const value = parseGuarded(guard, () => document.toJS() as unknown)
  const validate = await schemaValidator(kind)
  if (!validate(value)) throw schemaProblem(parsed, validate.errors ?? [])
  const [first, ...rest] = meaning(value as T)
  if (first)
    throw problem(
      parsed,
      locationOf(parsed, first.path),
      joined([first.path.join('.'), first.message], ': '),
      rest.length,
    )
  return value as T
}

// Such a file decides whether a build fails: it must be one file for everybody who reads it.
function refuseTwoReadings(parsed: ParsedYaml): void {
  visit(parsed.document, {
    Scalar(_, node) {
      const found = twoReadings(node)
      if (found === undefined) return
      const place = parsed.lines.linePos(node.range?.[0] ?? 0)
      const {written, reading, agreed} = found
      throw problem(parsed, place, say('twoReadings', {written, reading, agreed}), 0)
    },
  })
}

async function schemaValidator({schema: url}: YamlKind): Promise<ValidateFunction> {
  const schema = JSON.parse(await readFile(url, 'utf8')) as object
  // Our own, which a test holds against the meta-schema: to compile that takes longer than all else here.
  return new Ajv2020({allErrors: true, validateSchema: false}).compile(schema)
}

function schemaProblem(parsed: ParsedYaml, errors: readonly ErrorObject[]): Ep23Error {
  // That a branch of the schema did not hold is told by what did not hold in it.
  const told = errors.filter(({keyword}) => keyword !== 'if')
  const [first] = told
  if (first === undefined) return problem(parsed, {line: 1, col: 1}, parsed.kind.what, 0)
  const path = first.instancePath.split('/').slice(1).map(toKey)
  const stray = first.params['additionalProperty'] as string | undefined
  const said = schemaMessageAt(path.length > 0 ? path.join('.') : parsed.kind.what, first)
  return problem(parsed, locationOf(parsed, stray ? [...path, stray] : path), said, told.length - 1)
}

function toKey(part: string): string | number {
  return /^\d+$/u.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** Where the value stands, or the nearest thing around it. */
function locationOf(parsed: ParsedYaml, path: Path): {line: number; col: number} {
  const node = parsed.document.getIn(path, true) as {range?: [number, number, number]} | undefined
  if (node?.range) return parsed.lines.linePos(node.range[0])
  return path.length > 0 ? locationOf(parsed, path.slice(0, -1)) : {line: 1, col: 1}
}

function problem(
  {file, kind}: ParsedYaml,
  {line, col}: {line: number; col: number},
  message: Text,
  more: number,
): Ep23Error {
  const others = more > 0 ? say('moreProblems', {more}) : ''
  return badDataError(kind.code, joined([`${file}:${line}:${col}: `, message, others], ''), [kind.advice])
}

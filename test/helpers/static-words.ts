import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {parseSync, Visitor} from 'oxc-parser'

const root = join(import.meta.dirname, '../..')

interface Described {
  summary?: string
  description?: string
  hidden?: boolean
}

interface Manifest {
  commands: Record<
    string,
    Described & {
      examples?: (string | {description: string})[]
      flags: Record<string, Described & {helpGroup?: string}>
      args: Record<string, Described>
    }
  >
}

interface PackageJson {
  description: string
  oclif: {plugins?: string[]; topics?: Record<string, Described>}
}

/** The static Russian texts of host and plugins: file -> English -> Russian. */
export function catalogues(): Map<string, Record<string, string>> {
  const files = globSync(['messages/ru.json', 'plugins/*/messages/ru.json'], {cwd: root})
  return new Map(files.sort().map(file => [file, readJson(file) as Record<string, string>]))
}

/** Every English text of the help pages: of host, own plugins and those of oclif. */
export function helpTexts(): Set<string> {
  const host = readJson('package.json') as PackageJson
  const plugins = (host.oclif.plugins ?? []).map(name => `node_modules/${name}`)
  const texts = ['.', ...plugins].flatMap(folder => [
    ...textsOfManifest(readJson(join(folder, 'oclif.manifest.json')) as Manifest),
    ...Object.values((readJson(join(folder, 'package.json')) as PackageJson).oclif.topics ?? {}).flatMap(textsOf),
  ])
  return new Set([host.description, ...texts])
}

function textsOfManifest({commands}: Manifest): string[] {
  return Object.values(commands)
    .filter(({hidden}) => !hidden)
    .flatMap(({examples = [], flags, args, ...command}) => [
      ...textsOf(command),
      ...examples.flatMap(example => (typeof example === 'string' ? [] : [example.description])),
      ...[...Object.values(flags), ...Object.values(args)].filter(({hidden}) => !hidden).flatMap(textsOf),
      ...Object.values(flags).flatMap(({hidden, helpGroup}) => (hidden || !helpGroup ? [] : [`${helpGroup} FLAGS`])),
    ])
}

function textsOf({summary, description}: Described): string[] {
  return [summary, description].filter(text => text !== undefined && text !== '') as string[]
}

/** Titles of progress steps, reasons for skipping them and units of their counts, as the sources write them; `{}` is a value. */
export function progressTexts(): Set<string> {
  const files = globSync(['src/**/*.ts', 'plugins/*/src/**/*.ts'], {cwd: root}).filter(file => !file.endsWith('.d.ts'))
  return new Set(files.flatMap(file => progressTextsOf(readFileSync(join(root, file), 'utf8'), file)))
}

/** Titles of tables, as the sources write them. */
export function tableTitles(): Set<string> {
  const files = globSync('plugins/*/src/**/*.ts', {cwd: root}).map(file => readFileSync(join(root, file), 'utf8'))
  return new Set(files.filter(text => /columns: |COLUMNS = /u.test(text)).flatMap(titlesOf))
}

function titlesOf(text: string): string[] {
  const alone = [...text.matchAll(/\{title: '([^']+)'/gu)].map(([, title]) => title ?? '')
  const mapped = [...text.matchAll(/\[([^[\]]*)\]\.map\(\s*title =>/gu)]
  const named = [...text.matchAll(/(?:COLUMNS|\]) = \[('[^[\]]*')\]$/gmu)]
  const listed = [...mapped, ...named].flatMap(([, list = '']) =>
    [...list.matchAll(/'([^']*)'/gu)].map(([, title]) => title ?? ''),
  )
  return [...alone, ...listed]
}

interface Node {
  type: string
  [key: string]: unknown
}

function progressTextsOf(text: string, file: string): string[] {
  if (!/\b(?:steps?|advance)\(/u.test(text)) return []
  const found: string[] = []
  const {program} = parseSync(file, text)
  const constants = constantsOf(program as unknown as Node)
  new Visitor({
    CallExpression(call) {
      const {callee, arguments: given} = call as unknown as {callee: Node; arguments: Node[]}
      const name = (callee['property'] as Node | undefined)?.['name'] ?? callee['name']
      if (name === 'steps' || name === 'step') found.push(...literals(given[0], constants))
      if (name === 'skip') found.push(...given.flatMap(each => literals(each, constants)))
      if (name === 'advance') found.push(...literals(given[2], constants))
    },
  }).visit(program)
  return found
}

/** What a text in the sources is: a literal, a template, a constant of the same file, or a list of these. */
function literals(node: Node | undefined, constants: ReadonlyMap<string, Node>): string[] {
  switch (node?.type) {
    case 'Literal':
      return typeof node['value'] === 'string' ? [node['value']] : []
    case 'TemplateLiteral':
      return [(node['quasis'] as {value: {cooked: string}}[]).map(({value}) => value.cooked).join('{}')]
    case 'ArrayExpression':
      return (node['elements'] as Node[]).flatMap(each => literals(each, constants))
    case 'SpreadElement':
      return literals(node['argument'] as Node, constants)
    case 'CallExpression':
      return [node['callee'] as Node, ...(node['arguments'] as Node[])].flatMap(each => literals(each, constants))
    case 'TSAsExpression':
      return literals(node['expression'] as Node, constants)
    case 'ArrowFunctionExpression':
      return literals(node['body'] as Node, constants)
    case 'Identifier': {
      const name = String(node['name'])
      const rest = new Map(constants)
      rest.delete(name)
      return literals(constants.get(name), rest)
    }
    default:
      return []
  }
}

/** Constants and functions that return a text, by their name; of a destructured list, each name is one of its items. */
function constantsOf(program: Node): Map<string, Node> {
  const constants = new Map<string, Node>()
  new Visitor({
    VariableDeclarator(declarator) {
      const {id, init} = declarator as unknown as {id: Node; init: Node | null}
      if (init === null) return
      if (id.type === 'Identifier') constants.set(String(id['name']), init)
      if (id.type === 'ArrayPattern')
        for (const element of id['elements'] as (Node | null)[])
          if (element?.type === 'Identifier') constants.set(String(element['name']), init)
    },
    FunctionDeclaration(declaration) {
      const {id, body} = declaration as unknown as {id: Node | null; body: {body: Node[]} | null}
      const [first] = body?.body ?? []
      if (id && first?.type === 'ReturnStatement') constants.set(String(id['name']), first['argument'] as Node)
    },
  }).visit(program as never)
  return constants
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), 'utf8'))
}

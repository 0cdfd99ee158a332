// The sources as they are laid out: files, what they import, and what they declare.
import {globSync, readFileSync} from 'node:fs'
import {dirname, join, relative, resolve} from 'node:path'

import {parseSync, Visitor} from 'oxc-parser'

const SOURCES = ['src/**/*.ts', 'packages/*/src/**/*.ts', 'plugins/*/src/**/*.ts']

/**
 * Every source file of the tree below `root`.
 * @returns {{file: string, owner: string, text: string, lines: number, imports: string[], functions: object[], types: object[], exported: object[], nonNull: number, any: number}[]}
 */
export function readSources(root) {
  const files = globSync(SOURCES, {cwd: root}).filter(file => !file.endsWith('.d.ts'))
  const known = new Set(files)
  return files.sort().map(file => readSource(root, file, known))
}

function readSource(root, file, known) {
  const text = readFileSync(join(root, file), 'utf8')
  const {program, module} = parseSync(file, text)
  const specifiers = [
    ...module.staticImports.map(({moduleRequest}) => moduleRequest.value),
    ...module.staticExports.flatMap(({entries}) => entries.map(({moduleRequest}) => moduleRequest?.value ?? '')),
    ...module.dynamicImports.map(({moduleRequest: {start, end}}) => text.slice(start + 1, end - 1)),
  ]
  const imports = specifiers
    .filter(specifier => specifier.startsWith('.'))
    .map(specifier => relative(root, resolve(root, dirname(file), specifier)).replace(/\.js$/u, '.ts'))
  return {
    file,
    owner: /^(?:packages|plugins)\/[^/]+/u.exec(file)?.[0] ?? 'src',
    text,
    lines: text.split('\n').length - 1,
    imports: [...new Set(imports)].filter(target => known.has(target)),
    exported: program.body.flatMap(exportedNames),
    types: program.body.flatMap(statement => declaredTypes(statement, text)),
    ...countNodes(program, text),
  }
}

const TYPES = ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration']

/** Names that a statement declares and exports; what it hands on from elsewhere is declared there. */
function exportedNames({type, declaration}) {
  if (type !== 'ExportNamedDeclaration' || !declaration) return []
  const declared = declaration.type === 'VariableDeclaration' ? declaration.declarations : [declaration]
  return declared.filter(({id}) => id?.name).map(({id}) => ({name: id.name, isType: TYPES.includes(declaration.type)}))
}

/** Interfaces and type aliases, exported or not, by what they say. */
function declaredTypes(statement, text) {
  const declared = statement.declaration ?? statement
  if (!TYPES.includes(declared.type)) return []
  const {start, end} = declared.body ?? declared.typeAnnotation
  return [{name: declared.id.name, code: withoutComments(text.slice(start, end))}]
}

function countNodes(program, text) {
  const found = {functions: [], nonNull: 0, any: 0}
  const add = (name, {start, end, params, body}) =>
    found.functions.push({
      name,
      lines: text.slice(start, end).split('\n').length,
      code: `${sourceOf(text, params)} ${withoutComments(text.slice(body.start, body.end))}`,
    })
  new Visitor({
    FunctionDeclaration: node => node.body && add(node.id?.name ?? 'default', node),
    VariableDeclarator: ({id, init}) => init?.type === 'ArrowFunctionExpression' && add(id.name, init),
    TSNonNullExpression: () => (found.nonNull += 1),
    TSAnyKeyword: () => (found.any += 1),
  }).visit(program)
  return found
}

function sourceOf(text, params) {
  return withoutComments(params.length === 0 ? '' : text.slice(params[0].start, params.at(-1).end))
}

function withoutComments(code) {
  return code.replaceAll(/\/\*[^]*?\*\/|\/\/[^\n]*/gu, '').replaceAll(/\s+/gu, ' ')
}

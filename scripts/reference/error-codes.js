import {globSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {pathToFileURL} from 'node:url'

import {parseSync, Visitor} from 'oxc-parser'

const {EXIT} = await import(
  pathToFileURL(join(import.meta.dirname, '../../packages/sdk/dist/command/exit-codes.js')).href
)
/** Functions that make an error whose first argument is its code, and how it ends the process. */
const MAKERS = {badDataError: EXIT.badData, lineError: EXIT.badData}
const CODE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/u

/** Every error code in the sources: its exit codes, the parts that use it, and what the first one says. */
export function errorCodes(root, language) {
  const files = globSync(['src/**/*.ts', 'packages/*/src/**/*.ts', 'plugins/*/src/**/*.ts'], {cwd: root})
    .filter(file => !file.endsWith('.d.ts'))
    .sort()
  const found = files.flatMap(file => errorsOf(root, file, language))
  return [...Map.groupBy(found, ({code}) => code)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, errors]) => ({
      code,
      exits: [...new Set(errors.map(({exit}) => exit))].filter(exit => exit !== undefined).toSorted((a, b) => a - b),
      parts: [...new Set(errors.map(({part}) => part))],
      says: errors.find(({says}) => /\p{L}/u.test(says))?.says ?? '',
    }))
}

function errorsOf(root, file, language) {
  const source = readFileSync(join(root, file), 'utf8')
  if (!/Error\(/u.test(source)) return []
  const {program} = parseSync(file, source)
  const constants = constantsOf(program)
  const says = node => textOf(node, key => sentence(root, dirname(file), language, key))
  const part = /^(?:plugins|packages)\/([^/]+)/u.exec(file)?.[1] ?? 'host'
  const found = []
  const add = (code, exit, text) => {
    if (CODE.test(code ?? '')) found.push({code, exit, part, says: text})
  }
  new Visitor({
    NewExpression({callee, arguments: [text, details]}) {
      if (callee.name !== 'Ep23Error' || details?.type !== 'ObjectExpression') return
      const {code, exit} = Object.fromEntries(details.properties.map(({key, value}) => [key?.name, value]))
      add(valueOf(code, constants), EXIT[exit?.property?.name], says(text))
    },
    CallExpression({callee, arguments: [code, ...others]}) {
      const exit = MAKERS[callee.name]
      if (exit !== undefined) add(valueOf(code, constants), exit, says(others.find(node => node.type !== 'Identifier')))
    },
  }).visit(program)
  return found
}

function constantsOf(program) {
  const constants = new Map()
  new Visitor({
    VariableDeclarator({id, init}) {
      if (init?.type === 'Literal') constants.set(id.name, init.value)
    },
  }).visit(program)
  return constants
}

function valueOf(node, constants) {
  return node?.type === 'Literal' ? node.value : constants.get(node?.name)
}

/** A literal, a template with `…` for its values, a message by its key, either of two, or several of these as one. */
function textOf(node, messageOf) {
  if (node?.type === 'Literal') return String(node.value)
  if (node?.type === 'TemplateLiteral') return node.quasis.map(({value}) => value.cooked).join('…')
  if (node?.type === 'ArrowFunctionExpression') return textOf(node.body, messageOf)
  if (node?.type === 'ConditionalExpression')
    return [node.consequent, node.alternate]
      .map(each => textOf(each, messageOf))
      .filter(Boolean)
      .join(' / ')
  if (node?.type !== 'CallExpression') return ''
  const name = node.callee.property?.name ?? node.callee.name
  if (name === 'joined') return joinedText(node, messageOf)
  return name === 'message' || name === 'say' ? messageOf(node.arguments[0]?.value) : ''
}

function joinedText({arguments: [parts, separator]}, messageOf) {
  if (parts.type !== 'ArrayExpression') return ''
  return parts.elements.map(part => textOf(part, messageOf) || '…').join(separator?.value ?? ', ')
}

const catalogues = new Map()

function sentence(root, folder, language, key) {
  const file = `${folder.replace(/\/src(\/.*)?$|^src(\/.*)?$/u, match => (match.startsWith('/') ? '/src' : 'src'))}/words/${language === 'ru' ? 'russian' : 'english'}.ts`
  if (!catalogues.has(file)) catalogues.set(file, readCatalogue(join(root, file), file))
  return catalogues.get(file).get(key) ?? ''
}

function readCatalogue(path, file) {
  const texts = new Map()
  try {
    new Visitor({
      Property({key, value}) {
        const text = textOf(value, () => '')
        if (text !== '') texts.set(key.name, text)
      },
    }).visit(parseSync(file, readFileSync(path, 'utf8')).program)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  return texts
}

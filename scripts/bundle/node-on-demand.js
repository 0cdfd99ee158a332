import {isBuiltin} from 'node:module'

/** Those that take milliseconds to load, and whose functions few commands call: loaded with the first call. */
const LATE = new Set(['assert', 'crypto', 'v8'])
const isLate = module => LATE.has(module.replace('node:', ''))

/**
 * Takes Node's own modules as they are, not as ES modules: `import {createHash} from 'node:crypto'` makes Node read every export of
 * `node:crypto`, and reading some of them (`webcrypto`, `promises`) loads dozens of modules more.
 */
export function nodeOnDemand() {
  return {
    name: 'node-on-demand',
    transform(code, id) {
      if (id.endsWith('.json')) return undefined
      const isModule = /^\s*(?:import|export)\b/mu.test(code)
      const changed = isModule ? importedLate(code, this.parse(code)) : requiredLate(code)
      // Lines stay right: the source map of before still tells them.
      return changed === code ? undefined : {code: changed, map: null}
    },
  }
}

function importedLate(code, program) {
  const imports = program.body.filter(node => node.type === 'ImportDeclaration' && isBuiltin(node.source.value))
  // From the last to the first, so that positions stay right; within its lines, so that lines stay right.
  return imports.toReversed().reduce((text, node) => {
    const lines = '\n'.repeat(text.slice(node.start, node.end).split('\n').length - 1)
    return `${text.slice(0, node.start)}${lines}${taken(node)}${text.slice(node.end)}`
  }, code)
}

function taken({source, specifiers}) {
  // Not `process` alone: a module may import it under that name.
  const module = `globalThis.process.getBuiltinModule(${JSON.stringify(source.value)})`
  return specifiers
    .map(({type, local, imported}) => {
      if (type !== 'ImportSpecifier' || imported.name === 'default') return `const ${local.name} = ${module};`
      return isCalledLate(source.value, imported.name)
        ? `const ${local.name} = (...given) => ${module}.${imported.name}(...given);`
        : `const {${imported.name}: ${local.name}} = ${module};`
    })
    .join(' ')
}

function isCalledLate(module, name) {
  return isLate(module) && /^[a-z]/u.test(name) && typeof process.getBuiltinModule(module)[name] === 'function'
}

function requiredLate(code) {
  return code.replaceAll(/^(?:var|const) (\w+) = require\(["']([\w:]+)["']\);$/gmu, (line, name, module) =>
    isLate(module) && !new RegExp(`[^.\\w]${name}\\(`, 'u').test(code)
      ? `const ${name} = new Proxy({}, {get: (_, key) => process.getBuiltinModule("${module}")[key]});`
      : line,
  )
}

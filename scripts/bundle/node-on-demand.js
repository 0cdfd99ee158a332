import {isBuiltin} from 'node:module'

/**
 * Takes Node's own modules as they are, not as ES modules: `import {createHash} from 'node:crypto'` makes Node read every export of
 * `node:crypto`, and reading some of them (`webcrypto`, `promises`) loads dozens of modules more.
 */
export function nodeOnDemand() {
  return {
    name: 'node-on-demand',
    transform(code, id) {
      if (!/\bfrom\s*["']/u.test(code) || /\.(?:json|cjs)$/u.test(id)) return undefined
      const imports = this.parse(code).body.filter(
        node => node.type === 'ImportDeclaration' && isBuiltin(node.source.value) && node.importKind !== 'type',
      )
      // From the last to the first, so that positions stay right; within its lines, so that lines stay right.
      return imports.toReversed().reduce((text, node) => {
        const given = text.slice(node.start, node.end)
        const lines = '\n'.repeat(given.split('\n').length - 1)
        return `${text.slice(0, node.start)}${lines}${taken(node)}${text.slice(node.end)}`
      }, code)
    },
  }
}

function taken({source, specifiers}) {
  // Not `process` alone: a module may import it under that name.
  const module = `globalThis.process.getBuiltinModule(${JSON.stringify(source.value)})`
  return specifiers
    .map(({type, local, imported}) =>
      type === 'ImportSpecifier' && imported.name !== 'default'
        ? `const {${imported.name}: ${local.name}} = ${module};`
        : `const ${local.name} = ${module};`,
    )
    .join(' ')
}

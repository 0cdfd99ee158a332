// Parts of dependencies that nobody here can reach, and which their authors' way of importing would bundle all the same.
import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

/**
 * Parts of BullMQ that nobody here can reach: its queues on PostgreSQL and jobs that repeat by a calendar: 0.3 MB of the tarball. `module -> what stands for it`.
 */
const LEFT_OUT = {
  'cron-parser': 'export const CronExpressionParser = undefined',
  './postgres': 'export {}',
}

/** bunyan's means to rotate files and to trace with DTrace, which our log never does; bunyan runs without them. */
const BUNYAN_EXTRAS = /require\('(?:mv|dtrace-provider|source-map-support)' \+ ''\)/gu

export function leftOut() {
  return {
    name: 'left-out',
    resolveId: (id, importer) =>
      importer?.includes('/node_modules/bullmq/') && id in LEFT_OUT ? `\0left-out:${id}` : undefined,
    load: id => (id.startsWith('\0left-out:') ? LEFT_OUT[id.slice('\0left-out:'.length)] : undefined),
    transform: (code, id) =>
      id.endsWith('/bunyan/lib/bunyan.js') ? {code: code.replaceAll(BUNYAN_EXTRAS, 'null'), map: null} : undefined,
  }
}

/**
 * class-validator-jsonschema requires class-validator as a whole, so that all of validator and the phone numbers of all countries would be
 * bundled: it gets the names that it uses.
 */
export function namedRequires(root) {
  const build = join(root, 'node_modules/class-validator-jsonschema/build')
  return {
    name: 'named-requires',
    resolveId: id => (id === 'ep23:class-validator' ? '\0ep23:class-validator' : undefined),
    load(id) {
      if (id !== '\0ep23:class-validator') return undefined
      const text = globSync('*.js', {cwd: build}).map(file => readFileSync(join(build, file), 'utf8'))
      const names = [...text.join('\n').matchAll(/\b(?:cv|class_validator_1)\.(\w+)/gu)].map(([, name]) => name)
      return `export {${[...new Set(names)].join(', ')}} from 'class-validator'`
    },
    transform: (code, id) =>
      id.startsWith(build)
        ? {code: code.replaceAll('require("class-validator")', 'require("ep23:class-validator")'), map: null}
        : undefined,
  }
}

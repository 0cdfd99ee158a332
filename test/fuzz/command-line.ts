import {globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

const root = join(import.meta.dirname, '../..')

export interface CommandShape {
  id: string
  args: string[]
  flags: {name: string; kind: 'switch' | 'path' | 'url' | 'number' | 'text'; options: readonly string[]}[]
}

/** What never ends by itself, or is another program's. */
const ENDLESS = /^(?:observability:(?:serve|mcp)|rag:label|infra:|plugins|autocomplete|help)/u

interface Manifest {
  commands: Record<
    string,
    {args?: object; flags: Record<string, {type: string; helpValue?: string; options?: string[]}>}
  >
}

/** All commands with their arguments and flags, as the manifests have them. */
export function commandShapes(): CommandShape[] {
  const files = globSync(['oclif.manifest.json', 'plugins/*/oclif.manifest.json'], {cwd: root})
  const manifests = files.map(file => JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest)
  return manifests.flatMap(({commands}) =>
    Object.entries(commands)
      .filter(([id]) => !ENDLESS.test(id))
      .map(([id, {args = {}, flags}]) => ({
        id,
        args: Object.keys(args),
        // With --debug a stack trace is what was asked for.
        flags: Object.entries(flags)
          .filter(([name]) => name !== 'debug')
          .map(([name, {type, helpValue = '', options = []}]) => ({
            name,
            kind: type === 'boolean' ? ('switch' as const) : kindOf(name, helpValue),
            options,
          })),
      })),
  )
}

function kindOf(name: string, helpValue: string): 'path' | 'url' | 'number' | 'text' {
  if (/URL/u.test(helpValue) && !/FILE/u.test(helpValue)) return 'url'
  if (/FILE|DIR|PATH/u.test(helpValue) || name === 'dataset-dir' || name === 'store') return 'path'
  return /^(?:N|X|SECONDS|0\.\.)/u.test(helpValue) ? 'number' : 'text'
}

/** Settings of the environment that take a path, a URL or a word. */
export const ENVIRONMENT = {
  path: [
    'EP23_STORE',
    'EP23_DATASET_DIR',
    'EP23_LOG_DIR',
    'EP23_CONFIG',
    'EP23_RAG_CONFIG',
    'EP23_RAG_OWNER_KEY',
    'EP23_DATA_DIR',
    'TMPDIR',
  ],
  url: ['LLM_URL', 'MONGODB_URL', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  text: [
    'EP23_LOG_LEVEL',
    'EP23_LANG',
    'EP23_TELEMETRY',
    'EP23_TRACE_SAMPLE',
    'OPENAI_API_KEY',
    'TRACEPARENT',
    'NO_COLOR',
    'COLUMNS',
  ],
} as const

/** Makes what paths may lead to, in a folder; returns it by its kind. */
export function hostilePaths(folder: string): Record<string, string> {
  const at = (name: string): string => join(folder, name)
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(at(name), content)
    return at(name)
  }
  mkdirSync(at('folder.yaml'), {recursive: true})
  symlinkSync(at('loop.yaml'), at('loop.yaml'))
  const aliases = Array.from(
    {length: 12},
    (_, index) =>
      `a${index}: &a${index} [${Array(9)
        .fill(index === 0 ? 'x' : `*a${index - 1}`)
        .join(',')}]`,
  )
  return {
    missing: at('missing.jsonl'),
    'in no folder': at('none/at/all.jsonl'),
    folder: at('folder.yaml'),
    'a loop': at('loop.yaml'),
    'a file as folder': join(file('plain.txt', 'plain\n'), 'x.jsonl'),
    empty: file('empty.jsonl', ''),
    binary: file(
      'binary.jsonl',
      Uint8Array.from({length: 4096}, (_, index) => (index * 197 + 13) % 256),
    ),
    'another encoding': file('cp1251.csv', Buffer.from('\xcf\xf0\xe8\xe2\xe5\xf2;\xec\xe8\xf0\n', 'latin1')),
    'deep JSON': file('deep.json', '['.repeat(100_000)),
    'deep YAML': file('deep.yaml', '['.repeat(20_000)),
    'an alias bomb': file('bomb.yaml', aliases.join('\n')),
    'itself in itself': file('self.yaml', 'a: &a\n  <<: *a\n  b: *a\n'),
    prototype: file('proto.json', '{"__proto__": {"x": 1}, "constructor": {"prototype": 1}}\n'),
    null: file('null.json', 'null\n'),
    'a gzip that is none': file('none.jsonl.gz', 'plain'),
    'a SQLite file that is none': file('none.sqlite', 'SQLite format 3\0 but not really'),
    'a device': '/dev/null',
    'an endless device': '/dev/zero',
    'a name too long': at('x'.repeat(300)),
    'a null byte': 'a\u{fffd}b',
  }
}

export const HOSTILE_WORDS = [
  '',
  ' ',
  '-1',
  '0',
  '1e999',
  'NaN',
  '9'.repeat(40),
  '0x10',
  '1,5',
  '--',
  '-',
  '__proto__',
  '../../etc/passwd',
  '%00',
  '\u{202e}',
  'ы'.repeat(5000),
  '{}',
  "';--",
  '*',
  '@',
  '@habr',
  '@habr=',
  '2024-02-30',
  '0000-00-00',
  'latest',
  'all',
  'store',
  '30d',
  '-5d',
  'constructor',
]
export const HOSTILE_URLS = [
  'nonsense',
  'http://',
  'http://[',
  'http://127.0.0.1:1/',
  'localhost:8080',
  'ftp://host/',
  'file:///etc/passwd',
  'mongodb://',
  'mongodb://127.0.0.1:1/x?serverSelectionTimeoutMS=200',
  'http://u:p@127.0.0.1:1/v1?key=secret',
  'javascript:1',
  '://',
  'http://127.0.0.1:99999/',
]

import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {code, described, plain, table} from './markdown.js'

const WORDS = {
  en: {
    host: 'ep23 itself',
    title: name => `Commands: ${name}`,
    index: 'Commands',
    command: ['command', 'what it does'],
    arguments: ['argument', 'meaning'],
    flags: ['flag', 'meaning', 'default', 'environment'],
    required: 'required',
    global: 'Flags of every command',
  },
  ru: {
    host: 'сам ep23',
    title: name => `Команды: ${name}`,
    index: 'Команды',
    command: ['команда', 'что делает'],
    arguments: ['аргумент', 'что значит'],
    flags: ['флаг', 'что значит', 'по умолчанию', 'переменная'],
    required: 'обязателен',
    global: 'Флаги каждой команды',
  },
}

/** A page a plugin, and one that lists all commands. */
export function commandPages(root, language, t) {
  const words = WORDS[language]
  const parts = readManifests(root)
  const pages = parts.map(({name, commands}) => [
    `commands/${name}.md`,
    [
      `# ${words.title(name === 'host' ? words.host : name)}`,
      ...commands.flatMap(command => ['', ...section(command, words, t)]),
    ],
  ])
  return [['commands/index.md', indexLines(parts, words, t)], ...pages]
}

function readManifests(root) {
  const files = ['oclif.manifest.json', ...globSync('plugins/*/oclif.manifest.json', {cwd: root}).sort()]
  return files.map(file => ({
    name: /^plugins\/(.+)\/[^/]+$/u.exec(file)?.[1] ?? 'host',
    commands: Object.values(JSON.parse(readFileSync(join(root, file), 'utf8')).commands)
      .filter(({hidden}) => !hidden)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }))
}

function indexLines(parts, words, t) {
  const rows = parts.flatMap(({name, commands}) =>
    commands.map(({id, summary}) => [`[${code(id)}](${name}.md#${anchor(id)})`, described(id, plain(t(summary)))]),
  )
  const [{commands}] = parts
  const common = Object.values(commands[0]?.flags ?? {}).filter(isGlobal)
  return [
    ...[`# ${words.index}`, '', ...table(words.command, rows)],
    ...['', `## ${words.global}`, '', ...flagTable(common, words, t)],
  ]
}

function section({id, summary = '', description = '', examples = [], args = {}, flags = {}}, words, t) {
  const own = Object.values(flags).filter(flag => !flag.hidden && !isGlobal(flag))
  const given = Object.values(args).filter(({hidden}) => !hidden)
  return [
    // GitHub and VitePress make different anchors of a heading with a colon.
    `<a id="${anchor(id)}"></a>`,
    '',
    `## ${id}`,
    ...['', plain(t(summary))],
    ...(description ? ['', ...t(description).split('\n').map(plain)] : []),
    ...(examples.length > 0 ? ['', '```sh', ...examples.map(example => exampleLine(example, t)), '```'] : []),
    ...(given.length > 0
      ? [
          '',
          ...table(
            words.arguments,
            given.map(arg => [code(arg.name.toUpperCase()), described(arg.name, plain(t(arg.description)))]),
          ),
        ]
      : []),
    ...(own.length > 0 ? ['', ...flagTable(own, words, t)] : []),
  ]
}

function flagTable(flags, words, t) {
  return table(
    words.flags,
    flags.map(flag => [
      code(`${flag.char ? `-${flag.char}, ` : ''}--${flag.allowNo ? '[no-]' : ''}${flag.name}${valueOf(flag)}`),
      described(flag.name, plain(t(flag.summary ?? flag.description))),
      flag.required ? words.required : flag.default === undefined || flag.default === false ? '' : code(flag.default),
      flag.env === undefined ? '' : code(flag.env),
    ]),
  )
}

function valueOf({type, options, helpValue}) {
  if (type === 'boolean') return ''
  return ` ${options?.join('|') ?? helpValue ?? 'VALUE'}`
}

function exampleLine(example, t) {
  const {command, description} = typeof example === 'string' ? {command: example} : example
  const line = command.replaceAll('<%= config.bin %>', 'ep23')
  return description === undefined ? line : `${line}     # ${t(description)}`
}

const isGlobal = ({helpGroup}) => helpGroup === 'GLOBAL'
const anchor = id => id.replaceAll(':', '-')

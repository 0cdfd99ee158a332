import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'

import {expect} from 'chai'

import {commandBlocks} from './helpers/readme-blocks.ts'

interface Manifest {
  commands: Record<string, {flags: Record<string, {char?: string; aliases?: string[]}>; hiddenAliases?: string[]}>
}

const root = join(import.meta.dirname, '..')
const documents = [
  'README.md',
  'README.ru.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  ...readdirSync(join(root, 'docs'), {recursive: true, encoding: 'utf8'})
    .filter(name => name.endsWith('.md'))
    .map(name => join('docs', name)),
]
/** Shows mistakes, and what is answered. */
const OF_MISTAKES = 'docs/first-half-hour.md'
const commands = readCommands()

describe('what README and docs tell people to run', () => {
  for (const name of documents.filter(each => each !== OF_MISTAKES))
    it(`has commands and flags that exist: ${name}`, () => {
      expect(commandsIn(readDocument(name)).flatMap(problemsOf)).to.deep.equal([])
    })

  it('is looked at: README names commands of every plugin', () => {
    const topics = new Set(commandsIn(readDocument('README.md')).map(words => words[0]?.split(':')[0]))
    expect([...topics]).to.include.members(['dataset', 'exporters', 'benchmark', 'observability', 'infra', 'rag'])
  })

  it('finds a command or flag that does not exist', () => {
    const text = '```\nnpx ep23 dataset:sow\nep23 dataset:seed --source x   # no such flag\nep23 rag config show\n```\n'
    expect(commandsIn(text).flatMap(problemsOf)).to.deep.equal([
      'no command dataset:sow',
      'dataset:seed has no flag --source',
    ])
  })
})

describe('the Russian README', () => {
  it('has the command blocks of the English one', () => {
    expect(commandBlocks(readDocument('README.ru.md'))).to.deep.equal(commandBlocks(readDocument('README.md')))
  })
})

describe('links in README and docs', () => {
  for (const name of documents)
    it(`lead to files that exist: ${name}`, () => {
      const targets = [...readDocument(name).matchAll(/\]\((?<target>[^)\s#]+)(?:#[^)]*)?\)/gu)]
        .map(match => match.groups?.['target'] ?? '')
        .filter(target => !/^[a-z]+:/u.test(target))
      const missing = targets.filter(target => !existsSync(join(root, dirname(name), target)))
      expect(missing).to.deep.equal([])
    })
})

function readDocument(name: string): string {
  return readFileSync(join(root, name), 'utf8')
}

function readCommands(): Map<string, Set<string>> {
  const files = ['.', ...readdirSync(join(root, 'plugins')).map(name => join('plugins', name))]
    .map(folder => join(root, folder, 'oclif.manifest.json'))
    .filter(file => existsSync(file))
  const manifests = files.map(file => JSON.parse(readFileSync(file, 'utf8')) as Manifest)
  expect(manifests.length, `manifests below ${relative('.', root)}: run npm run build`).to.be.above(5)
  return new Map(
    manifests.flatMap(({commands: found}) =>
      Object.entries(found).map(([id, {flags}]) => [
        id,
        new Set([
          '--help',
          '-h',
          ...Object.entries(flags).flatMap(([flag, {char, aliases = []}]) => [
            `--${flag}`,
            `--no-${flag}`,
            ...(char ? [`-${char}`] : []),
            ...aliases.map(alias => `--${alias}`),
          ]),
        ]),
      ]),
    ),
  )
}

/** Each `ep23 …` of code blocks and inline code, as words: continued lines joined, comments and quoted text left out. */
function commandsIn(text: string): string[][] {
  const code = [
    ...text.matchAll(/^(?:```[^\n]*\n(?<block>[^]*?)^```|(?<indented>(?: {4}[^\n]*\n)+))|`(?<inline>[^`\n]+)`/gmu),
  ]
    .map(({groups}) => groups?.['block'] ?? groups?.['indented'] ?? groups?.['inline'] ?? '')
    .join('\n')
  return code
    .replaceAll(/\\\n\s*/gu, ' ')
    .replaceAll(/'[^'\n]*'|"[^"\n]*"/gu, 'TEXT')
    .split(/\n|&&|\||;| · /u)
    .map(line => line.replace(/\s#.*$/u, ''))
    .flatMap(line => {
      const words = /(?:^|\s)(?:npx )?ep23 (?<rest>[a-z-].*)$/u.exec(line)?.groups?.['rest']?.trim().split(/\s+/u)
      return words ? [words] : []
    })
}

// oclif's own plugins have manifests of their own; team: is the example of docs/plugin-guide.md, whose test runs it.
function problemsOf(words: string[]): string[] {
  if (/^(?:-|help$|plugins$|plugins:|autocomplete$|team:)/u.test(words[0] ?? '')) return []
  const length = [3, 2, 1].find(count => commands.has(words.slice(0, count).join(':')))
  if (length === undefined) {
    const name = words[0] ?? ''
    return isTopic(name) && !name.includes(':') && (words[1] ?? '<').startsWith('<') ? [] : [`no command ${name}`]
  }
  const id = words.slice(0, length).join(':')
  const flags = words.filter(word => /^--?[a-z]/u.test(word)).map(word => word.replace(/[=,.].*$/u, ''))
  return flags.filter(flag => !commands.get(id)?.has(flag)).map(flag => `${id} has no flag ${flag}`)
}

function isTopic(name: string): boolean {
  return [...commands.keys()].some(id => id.startsWith(`${name}:`))
}

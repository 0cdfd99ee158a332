import {copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync} from 'node:fs'
import {homedir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

import {commandBlocks} from './helpers/readme-blocks.ts'
import {runCommands, type CommandEnd} from './helpers/run-commands.ts'
import {temporaryFolder} from './helpers/run-ep23.ts'
import {pack} from './helpers/team-plugin.ts'

const root = join(import.meta.dirname, '..')

describe('the packed tarball', function () {
  this.timeout(300_000)
  let folder: ReturnType<typeof temporaryFolder>
  let work: string
  let ends: CommandEnd[]

  before(() => {
    folder = temporaryFolder()
    work = join(folder.path, 'work')
    mkdirSync(join(folder.path, 'home'))
    mkdirSync(work)
    const tarball = pack(join(root, 'bundle'), folder.path)
    copyFileSync(tarball, join(work, 'ep23-0.1.0.tgz'))
    const blocks = commandBlocks(readFileSync(join(root, 'README.md'), 'utf8')).filter(({place}) => place === '')
    ends = typeIn(blocks.flatMap(({commands}) => commands))
  })
  after(() => folder.remove())

  it('is all that the blocks of README need, in their order, from an empty folder', () => {
    expect(ends.length).to.be.above(30)
    expect(ends.filter(({code}) => code !== 0)).to.deep.equal([])
  })

  it('is installed for everywhere and for a project', () => {
    expect(existsSync(join(folder.path, 'prefix/bin/ep23'))).to.equal(true)
    expect(existsSync(join(work, 'node_modules/.bin/ep23'))).to.equal(true)
  })

  it('leaves few files, and few packages', () => {
    const files = readdirSync(join(folder.path, 'prefix'), {recursive: true, withFileTypes: true})
    expect(files.filter(entry => entry.isFile()).length).to.be.below(3000)
    expect(files.filter(({name}) => name === 'package.json').length).to.be.at.most(60)
  })

  it('makes a dataset of the posts of files, and of synthetic ones where there is no file', () => {
    expect(endOf('ep23 dataset:seed').output).to.include('150 digests (150 telegram, 0 synthetic)')
    const [version, , seeded] = typeIn(['ep23 --version', 'mkdir ../demo && cd ../demo', 'ep23 dataset:seed'])
    expect(version?.output).to.match(/^ep23\/0\.1\.0 /u)
    expect(seeded?.output).to.include('150 digests (0 telegram, 150 synthetic)')
  })

  it('prints what docs/getting-started.md shows, in English and in Russian', () => {
    const page = (name: string): string => readFileSync(join(root, 'docs', name), 'utf8')
    const typed = commandBlocks(page('getting-started.md')).flatMap(({commands}) => commands)
    const ownOfThePage = ['ep23 tour', 'mkdir digests && cd digests']
    expect(typed.filter(command => !ends.some(end => end.command === command))).to.deep.equal(ownOfThePage)
    const [first = '', second = ''] = ['', ' --answer-writer extractive'].map(runOf)
    const russian = typeIn([
      `EP23_LANG=ru ep23 benchmark:show ${first}`,
      `EP23_LANG=ru ep23 benchmark:compare main ${second} --pair source`,
    ])
    const printed = wordsOf([...ends, ...russian].map(({output}) => output).join('\n'))
    const shown = ['getting-started.md', 'ru/getting-started.md'].flatMap(name => sampleLines(page(name)))
    expect(shown.length).to.be.above(8)
    expect(shown.filter(line => !printed.includes(line))).to.deep.equal([])
  })

  it('has what checks dashboards and alerts', () => {
    for (const name of ['grafana', 'prometheus', 'docs']) cpSync(join(root, name), join(work, name), {recursive: true})
    const [checked] = typeIn(['ep23 observability:provision:check'])
    expect(checked?.output).to.not.include('Cannot find package')
  })

  function typeIn(commands: readonly string[]): CommandEnd[] {
    return runCommands(commands, {cwd: work, env: environment(folder.path), logs: join(folder.path, 'logs')})
  }

  function runOf(writer: string): string {
    const {output} = endOf(`ep23 benchmark:run --scenario channel_digest_ru --judge lexical${writer}`)
    return /\d{8}T\d{6}Z-\w+/u.exec(output)?.[0] ?? ''
  }

  function endOf(command: string): CommandEnd {
    const end = ends.find(each => each.command === command)
    if (end === undefined) throw new Error(`README has no ${command}`)
    return end
  }
})

/** What a page shows of a program's words; a line that names a run is of that run alone. */
function sampleLines(page: string): string[] {
  const blocks = [...page.matchAll(/^```text\n(?<text>[^]*?)^```/gmu)].map(({groups}) => groups?.['text'] ?? '')
  return blocks
    .flatMap(text => text.trim().split('\n'))
    .filter(line => !/\d{8}T\d{6}Z/u.test(line))
    .map(wordsOf)
}

function wordsOf(text: string): string {
  return text.replaceAll(/[^\S\n]+/gu, ' ').trim()
}

// npm scripts put Node 24 first on the PATH; nothing else of this checkout may reach the installed copy.
function environment(folder: string): Record<string, string> {
  const prefix = join(folder, 'prefix')
  return {
    // Behind a company's proxy npm trusts what the machine trusts.
    ...(process.env['NODE_EXTRA_CA_CERTS'] && {NODE_EXTRA_CA_CERTS: process.env['NODE_EXTRA_CA_CERTS']}),
    PATH: `${join(prefix, 'bin')}:${process.env['PATH'] ?? ''}`,
    HOME: join(folder, 'home'),
    npm_config_prefix: prefix,
    // What the repository's own `npm install` has fetched is not fetched again.
    npm_config_cache: process.env['npm_config_cache'] ?? join(homedir(), '.npm'),
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  }
}

import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import {once} from 'node:events'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'

import {expect} from 'chai'
import {parse} from 'yaml'

import {inTerminal} from './helpers/in-terminal.ts'
import {problemsOfOutput} from './helpers/json-data.ts'
import {runEp23, temporaryFolder} from './helpers/run-ep23.ts'

const POSTS = [1, 2, 3].map(id => ({
  id,
  date: `2024-11-0${id}T09:00:00Z`,
  text: `Сегодня открыли станцию метро номер ${id}.`,
}))

describe('ep23 init', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(() => folder.remove())

  // The same program each time: the settings name the folder of its schemas.
  const init = (...args: string[]) => runEp23(['init', ...args], {cwd: folder.path, coverage: false})
  const at = (name: string) => join(folder.path, name)
  const settings = () => parse(readFileSync(at('ep23.config.yaml'), 'utf8'))
  const exports = (...names: string[]) => {
    mkdirSync(at('exports'))
    for (const name of names) writeFileSync(at(`exports/${name}.json`), JSON.stringify(POSTS))
  }
  /** What ep23 made, without the user's folders of the test. */
  const made = () =>
    readdirSync(folder.path)
      .filter(name => !['.data', '.config', '.cache', '.ep23', 'exports'].includes(name))
      .sort()

  it('sets up the demo without a question, so that every plugin works; a second time changes nothing', async () => {
    const first = await init('--yes', '--json')
    expect(first.code, first.stdout).to.equal(0)
    expect(problemsOfOutput(first.stdout)).to.deep.equal([])
    expect(made()).to.deep.equal(['config', 'ep23.config.yaml'])
    expect(readFileSync(at('ep23.config.yaml'), 'utf8')).to.match(
      /^# yaml-language-server: \$schema=file:\/\/.*ep23\.config\.schema\.json\n/u,
    )
    expect(settings().dataset.channels).to.have.length(5)
    for (const command of ['rag:config:validate', 'config:explain', 'dataset:seed'])
      expect((await runEp23([command, '--quiet'], {cwd: folder.path})).code, command).to.equal(0)

    const second = JSON.parse((await init('--yes', '--json')).stdout)
    expect(second.data.files).to.deep.equal([
      {path: 'ep23.config.yaml', status: 'unchanged'},
      {path: 'config/retrieval_rerank_config.yaml', status: 'kept'},
    ])
  })

  it('takes the channels from a folder of exports, tells how many posts they have, and seeds from them', async () => {
    exports('habr', 'proglib')
    const {code, stdout, stderr} = await init('--yes', '--from', 'exports', '--store', 'own.sqlite')
    expect(code, stderr).to.equal(0)
    expect(stdout).to.include('sources: @habr 3 posts, @proglib 3 posts')
    expect(settings()).to.deep.include({store: 'own.sqlite'})
    expect(settings().dataset.channels).to.deep.equal([
      {name: '@habr', from: 'exports/habr.json'},
      {name: '@proglib', from: 'exports/proglib.json'},
    ])
    expect(existsSync(at('own.sqlite'))).to.equal(false)
  })

  it('writes files with Russian comments for those who read Russian', async () => {
    expect((await init('--yes', '--lang', 'ru')).code).to.equal(0)
    for (const name of ['ep23.config.yaml', 'config/retrieval_rerank_config.yaml']) {
      const comments = readFileSync(at(name), 'utf8').match(/(?<=^ *# ).*/gmu) ?? []
      const english = comments.filter(comment => !/[а-яё]|^yaml-language-server/iu.test(comment))
      expect([comments.length > 1, english], name).to.deep.equal([true, []])
    }
  })

  it('overwrites nothing without --force, and a retrieval configuration never', async () => {
    mkdirSync(at('config'))
    writeFileSync(at('config/retrieval_rerank_config.yaml'), 'retrieval:\n  top_k: 3\n')
    writeFileSync(at('ep23.config.yaml'), 'lang: en\n')
    const refused = await init('--yes')
    expect(refused.code).to.equal(77)
    expect(refused.stderr).to.include('exists already').and.include('ep23 init --force')
    expect(settings()).to.deep.equal({lang: 'en'})
    expect((await init('--yes', '--force')).code).to.equal(0)
    expect(settings().dataset.channels).to.have.length(5)
    expect(readFileSync(at('config/retrieval_rerank_config.yaml'), 'utf8')).to.equal('retrieval:\n  top_k: 3\n')
  })

  it('adds to .gitignore when asked, once', async () => {
    writeFileSync(at('.gitignore'), 'node_modules/\n.ep23')
    expect((await init('--yes')).stdout).to.include('not in .gitignore: datasets/ *.key')
    expect(readFileSync(at('.gitignore'), 'utf8')).to.equal('node_modules/\n.ep23')
    for (const _ of [1, 2]) expect((await init('--yes', '--gitignore')).code).to.equal(0)
    expect(readFileSync(at('.gitignore'), 'utf8')).to.equal(
      'node_modules/\n.ep23\ndatasets/\n*.key\nmcp.token\n*.tar.gz\n',
    )
  })

  const FAILING: [what: string, args: string[], said: RegExp][] = [
    ['an export that is not there', ['--from', '@habr=nowhere.json'], /sources: .*nowhere\.json does not exist/u],
    ['a database that is down', ['--store', 'mongodb://127.0.0.1:1/x'], /store: .*127\.0\.0\.1:1/u],
    [
      'a model server that is down',
      ['--llm-url', 'http://127.0.0.1:1/v1'],
      /model server: http:\/\/127\.0\.0\.1:1\/v1 does not answer/u,
    ],
    ['an address that is none', ['--llm-url', 'localhost:1'], /model server: /u],
  ]
  for (const [what, args, said] of FAILING)
    it(`writes nothing for ${what}, unless it is told to`, async () => {
      const {code, stderr} = await init('--yes', ...args)
      expect(code).to.equal(69)
      expect(stderr.replaceAll(/\s+/gu, ' ')).to.match(said)
      expect(made()).to.deep.equal([])
      expect((await init('--yes', '--no-check', ...args)).code).to.equal(0)
      expect(made()).to.include('ep23.config.yaml')
    })

  it('refuses channels that cannot be, and asks nobody without a terminal', async () => {
    for (const names of ['a b;c', '@abcd_']) expect((await init('--yes', '--channels', names)).code).to.equal(64)
    expect((await init('--yes', '--from', 'mongodb://127.0.0.1:1')).stderr).to.include('--channels')
    expect((await init('--yes', '--from', 'nofile')).stderr).to.include('nofile does not exist')
    const {code, stderr} = await init()
    expect(code).to.equal(64)
    expect(stderr).to.include('--yes')
    expect(made()).to.deep.equal([])
  })

  describe('in a terminal', () => {
    let server: Server
    let url: string
    before(async () => {
      server = createServer(({url: path}, response) => {
        response.statusCode = path === '/v1/models' ? 200 : 404
        response.end('{"data":[]}')
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
    })
    after(() => server.close())

    it('asks, asks again what does not hold, and writes what was answered', async function () {
      exports('habr')
      const {code, text} = await inTerminal(this, 'init', {
        cwd: folder.path,
        typed: [
          ['Channels', 'в е\r'],
          ['not the name of a channel', ''],
          ['Channels', '\u0015@habr\r'],
          ['Their posts', 'nowhere\r'],
          ['Store', '\r'],
          ['Model server', `${url}\r`],
          ['Language', 'de\r'],
          ['Language', 'ru\r'],
          ['.gitignore', 'y\r'],
          ['Write it anyway?', 'n\r'],
          ['Channels', '\r'],
          ['Their posts', 'exports\r'],
          ['Store', '\r'],
          ['Model server', '\r'],
          ['Language', '\r'],
        ],
      })
      expect(code, text).to.equal(0)
      expect(text).to.include(`✔ model server: ${url} answers`).and.include('sources: @habr 3 posts')
      expect(settings()).to.deep.include({store: '.ep23/store.sqlite', lang: 'ru', llm_url: url})
      expect(settings().dataset.channels).to.deep.equal([{name: '@habr', from: 'exports/habr.json'}])
      expect(readFileSync(at('.gitignore'), 'utf8')).to.include('*.key')
    })

    for (const [key, typed] of [
      ['Ctrl-C', '\u0003'],
      ['Ctrl-D', '\u0004'],
    ] as const)
      it(`leaves nothing behind after ${key}`, async function () {
        const {code, text} = await inTerminal(this, 'init', {
          cwd: folder.path,
          typed: [
            ['Channels', '\r'],
            ['Their posts', typed],
          ],
        })
        expect(code, text).to.equal(130)
        expect(text).to.include('nothing was written')
        expect(made()).to.deep.equal([])
      })
  })
})

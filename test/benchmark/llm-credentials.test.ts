import {globSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {completion, ModelServer, send, type Behaviour} from '../../packages/llm/test/model-server.ts'
import {goodJudgement, type ChatBody} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {samplesOf} from '../../plugins/benchmark/test/sample/samples.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const PASSWORD = 'Gesundheit-23'
const KEY = 'Fledermaus-42'
const BASIC = Buffer.from(`butler:${PASSWORD}`).toString('base64')
const SECRETS = [PASSWORD, KEY, BASIC, encodeURIComponent(PASSWORD)]

/** A server that quotes all it was sent, as proxies like to. */
const quotes =
  (status: number): Behaviour =>
  (response, {path, headers}) =>
    send(response, status, {
      error: {message: `upstream http://butler:${PASSWORD}@inner${path} ${headers.authorization}`},
    })

describe('credentials in LLM_URL', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let server: ModelServer
  before(async () => {
    server = new ModelServer({
      good: (response, {body}) =>
        send(response, 200, completion({content: goodJudgement(body as unknown as ChatBody)})),
      refusing: quotes(403),
      failing: quotes(500),
      busy: (response, asked) => {
        response.setHeader('retry-after', '9999')
        return quotes(429)(response, asked)
      },
      odd: quotes(400),
      page: response => send(response, 200, `<html><title>http://butler:${PASSWORD}@inner?key=${KEY}</title>`),
    })
    await server.start()
  })
  after(() => server.stop())
  beforeEach(() => {
    folder = temporaryFolder()
    const lines = samplesOf(3).map(sample => `${JSON.stringify(sample)}\n`)
    writeFileSync(join(folder.path, 'data.jsonl'), lines.join(''))
  })
  afterEach(() => folder.remove())

  const urlOf = (name: string) =>
    `${server.origin.replace('://', `://butler:${PASSWORD}@`)}/${name}/v1?key=${KEY}&token=${KEY}`
  const run =
    (...args: string[]) =>
    (url: string) =>
      runEp23([...args, '--debug'], {cwd: folder.path, env: {LLM_URL: url, EP23_LOG_LEVEL: 'debug'}})
  const judge = run(
    'benchmark:run',
    '-s',
    'channel_digest_ru',
    '-d',
    'data.jsonl',
    '-j',
    'llm',
    '--model',
    'm',
    '--attempts',
    '2',
  )

  /** Everything that a command left behind, whatever its name. */
  function leftBehind(): [string, string][] {
    return globSync('**/*', {cwd: folder.path, withFileTypes: true})
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .concat(globSync(join(folder.path, '.ep23/**/*')).filter(path => /\.\w+(?:-wal)?$/u.test(path)))
      .map(path => [path, readFileSync(path).toString('latin1')])
  }

  const ENDINGS: Record<string, number> = {good: 4, refusing: 77, failing: 5, busy: 75, odd: 5, page: 5}
  for (const [name, code] of Object.entries(ENDINGS))
    it(`reach the server and nothing else (${name})`, async () => {
      const ended = await judge(urlOf(name))
      expect(ended.code, ended.stderr).to.equal(code)
      const [asked] = server.of(name)
      expect(asked?.headers.authorization).to.equal(`Basic ${BASIC}`)
      expect(asked?.path).to.include(`key=${KEY}`)
      const places = [['stdout', ended.stdout], ['stderr', ended.stderr], ...leftBehind()]
      expect(places.some(([place]) => place?.endsWith('store.sqlite'))).to.equal(true)
      for (const [place, text] of places)
        for (const secret of SECRETS) expect(text?.includes(secret), `${secret} in ${place}`).to.equal(false)
    })

  for (const url of [`ftp://butler:${PASSWORD}@host/v1`, `butler:${PASSWORD}@host`, `http://butler:${PASSWORD}@`])
    it(`are not shown of an address that is none: ${url.slice(0, 12)}…`, async () => {
      for (const command of [judge, run('rag:queries:build', '--output', 'q.jsonl', '--model', 'm')]) {
        const {code, stdout, stderr} = await command(url)
        expect(code, stderr).to.equal(64)
        expect(stderr).to.include('LLM_URL is not an http:// or https:// URL')
        expect(stdout + stderr).to.not.include(PASSWORD)
      }
    })
})

import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'

import {expect} from 'chai'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const POSTS = [
  'В Москве открыли новый мост через реку. Его строили 20 месяцев.',
  'Учёные Института физики нашли редкий минерал в пробах с Камчатки.',
  'Вышла версия 3.14 языка Python: она на 12 % быстрее прежней.',
]

/** Thirty digests of five channels; a worse writer leaves most of them out. */
function dataset(isWorse: boolean): string {
  const lines = ['@habr', '@proglib', '@moscowach', '@moskva_live', '@naked_science'].flatMap((channel, c) =>
    Array.from({length: 6}, (_, day) => {
      const posts = POSTS.map(post => post.replace(/\d+/u, number => String(Number(number) + c + day)))
      return {
        ...{channel, ground_truth: {}, language: 'ru', sample_id: `${channel}:2024-11-0${day + 1}`},
        metadata: {feature_flags: {}, llm_model: 'hand|<b>@team', origin: 'telegram', posts_count: 3},
        source_text: posts.join('\n\n'),
        summary_markdown: posts
          .slice(0, isWorse ? 1 : 3)
          .map(post => `- ${post}`)
          .join('\n'),
        timestamp: `2024-11-0${day + 1}T20:59:59.999Z`,
      }
    }),
  )
  return lines.map(line => `${JSON.stringify(line)}\n`).join('')
}

interface Note {
  id: number
  body: string
}

/** The comments of GitHub's and GitLab's API, a hundred a page, behind a token. */
class ForgeServer {
  readonly comments: Note[] = []
  readonly writes: string[] = []
  head = 'a'.repeat(40)
  mayWrite = true
  readonly #server: Server = createServer((request, response) => {
    void text(request).then(body => {
      const {method = '', url = '', headers} = request
      const address = new URL(url, 'http://localhost')
      const isKnown = headers.authorization === 'Bearer secret-token' || headers['private-token'] === 'secret-token'
      const answer = (status: number, data: unknown) =>
        response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(data))
      if (!isKnown) return answer(401, {message: 'Bad credentials'})
      if (address.pathname.endsWith('/pulls/7')) return answer(200, {head: {sha: this.head}})
      if (address.pathname.endsWith('/merge_requests/7')) return answer(200, {sha: this.head})
      if (method === 'GET') {
        const page = Number(address.searchParams.get('page'))
        return answer(200, this.comments.slice(100 * (page - 1), 100 * page))
      }
      if (!this.mayWrite) return answer(403, {message: 'Resource not accessible by integration'})
      this.writes.push(`${method} ${address.pathname}`)
      const written = JSON.parse(body) as Note
      const id = Number(/\d+$/u.exec(address.pathname)?.[0])
      const known = method === 'POST' ? undefined : this.comments.find(each => each.id === id)
      if (known) known.body = written.body
      else this.comments.push({id: 1000 + this.comments.length, body: written.body})
      return answer(known ? 200 : 201, {})
    })
  })

  async start(): Promise<string> {
    await new Promise<void>(done => this.#server.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(done => this.#server.close(done))
  }
}

describe('benchmark:comment', function () {
  this.timeout(120_000)
  const folder = temporaryFolder()
  let forge: ForgeServer
  let api: string
  before(async () => {
    for (const [name, isWorse] of [
      ['good', false],
      ['worse', true],
    ] as const) {
      const file = join(folder.path, `${name}.jsonl`)
      writeFileSync(file, dataset(isWorse))
      const run = ['benchmark:run', '-s', 'channel_digest_ru', '-d', file, '--allow-undecided', '-o', name]
      await runEp23(run, {cwd: folder.path})
    }
    const {code, stderr} = await runEp23(['benchmark:bless', 'good', '--as', 'main'], {cwd: folder.path})
    expect(code, stderr).to.equal(0)
  })
  beforeEach(async () => {
    forge = new ForgeServer()
    // Talk of others, more than a page of it.
    for (let id = 1; id <= 120; id++) forge.comments.push({id, body: `comment ${id}`})
    api = await forge.start()
  })
  afterEach(() => forge.stop())
  after(() => folder.remove())

  const comment = (args: string[], env: Record<string, string> = {}) =>
    runEp23(['benchmark:comment', ...args, '--json'], {
      cwd: folder.path,
      env: {GITHUB_API_URL: api, GITHUB_REPOSITORY: 'team/bot', GITHUB_TOKEN: 'secret-token', ...env},
    })

  const pullRequest = (from: string): Record<string, string> => {
    const path = join(folder.path, 'event.json')
    const head = {sha: 'a'.repeat(40), repo: {full_name: from}}
    writeFileSync(path, JSON.stringify({pull_request: {number: 7, head, base: {repo: {full_name: 'team/bot'}}}}))
    return {GITHUB_EVENT_PATH: path}
  }

  it('twice writes one comment and then updates it, behind whatever others said', async () => {
    const first = await comment(['worse', '--baseline', 'main'], pullRequest('team/bot'))
    const second = await comment(['good', '--baseline', 'main'], pullRequest('team/bot'))
    expect([first.code, second.code], first.stderr + second.stderr).to.deep.equal([0, 0])
    expect(problemsOfOutput(first.stdout)).to.deep.equal([])
    expect([first, second].map(({stdout}) => JSON.parse(stdout).data.outcome)).to.deep.equal(['created', 'updated'])
    expect(forge.writes).to.deep.equal([
      'POST /repos/team/bot/issues/7/comments',
      'PATCH /repos/team/bot/issues/comments/1120',
    ])
    expect(forge.comments).to.have.length(121)
    expect(forge.comments[120]?.body).to.match(/^<!-- ep23:channel_digest_ru -->\n### ⚪ no difference/u)
  })

  it('says what is worse, by how much and how sure, in a table', async () => {
    await comment(['worse', '--baseline', 'main', '--number', '7'])
    const body = forge.comments[120]?.body ?? ''
    expect(body).to.match(/^<!-- ep23:channel_digest_ru -->\n### 🔴 worse/u)
    expect(body).to.match(
      /\| coverage \| \d\.\d{3} \| \d\.\d{3} \| −0\.\d{3} \| −0\.\d{3} … −0\.\d{3} \|.*🔴 worse \|/u,
    )
    expect(body).to.not.match(/<b>|[^<]@\w/u)
  })

  it('does the same for a merge request of GitLab', async () => {
    const env = {
      ...{GITLAB_CI: 'true', CI_API_V4_URL: api, CI_PROJECT_ID: '42', CI_MERGE_REQUEST_IID: '7'},
      GITLAB_TOKEN: 'secret-token',
    }
    await comment(['worse', '--baseline', 'main'], env)
    await comment(['good', '--baseline', 'main'], env)
    expect(forge.writes).to.deep.equal([
      'POST /projects/42/merge_requests/7/notes',
      'PUT /projects/42/merge_requests/7/notes/1120',
    ])
  })

  it('of a fork asks nobody and leaves an artifact, which a job that may write sends', async () => {
    const fork = pullRequest('stranger/bot')
    const summary = join(folder.path, 'summary.md')
    const left = await comment(['worse', '--baseline', 'main'], {...fork, GITHUB_STEP_SUMMARY: summary})
    expect(JSON.parse(left.stdout).data).to.include({outcome: 'artifact', number: 7, artifact: 'benchmark-comment'})
    expect(forge.writes).to.deep.equal([])
    expect(readFileSync(summary, 'utf8')).to.include('🔴 worse')
    const sent = await comment(['--send', 'benchmark-comment'])
    expect(sent.code, sent.stderr).to.equal(0)
    expect(forge.writes).to.deep.equal(['POST /repos/team/bot/issues/7/comments'])
  })

  it('left as an artifact on a machine that knows neither commit nor request is sent where somebody names it', async () => {
    await comment(['worse', '--baseline', 'main', '--artifact', 'art'])
    const kept = JSON.parse(readFileSync(join(folder.path, 'art/comment.json'), 'utf8')) as Record<string, unknown>
    expect(kept).to.include({head_sha: null, number: null})
    const nameless = await comment(['--send', 'art'])
    expect([nameless.code, JSON.parse(nameless.stdout).error.message]).to.deep.equal([
      64,
      'name the pull or merge request: --number N',
    ])
    const sent = await comment(['--send', 'art', '--number', '7'])
    expect(sent.code, sent.stderr).to.equal(0)
    expect(JSON.parse(sent.stdout).warnings.join()).to.include('commit')
    expect(forge.writes).to.deep.equal(['POST /repos/team/bot/issues/7/comments'])
    for (const wrong of [{head_sha: 5}, {number: '7'}, {number: 0.5}]) {
      writeFileSync(join(folder.path, 'art/comment.json'), JSON.stringify({...kept, ...wrong}))
      const refused = await comment(['--send', 'art', '--number', '7'])
      expect(JSON.parse(refused.stdout).error.code).to.equal('BENCHMARK_BAD_COMMENT')
    }
  })

  it('left by a job of a merge request is sent there by a job of none', async () => {
    const env = {GITLAB_CI: 'true', CI_API_V4_URL: api, CI_PROJECT_ID: '42', GITLAB_TOKEN: 'secret-token'}
    const ofRequest = {...env, CI_MERGE_REQUEST_IID: '7', CI_COMMIT_SHA: forge.head}
    await comment(['worse', '--baseline', 'main', '--artifact', 'merge'], ofRequest)
    const sent = await comment(['--send', 'merge'], env)
    expect(sent.code, sent.stderr).to.equal(0)
    expect(JSON.parse(sent.stdout).warnings).to.deep.equal([])
    expect(forge.writes).to.deep.equal(['POST /projects/42/merge_requests/7/notes'])
  })

  it('does not send what was made for another commit, or is no comment of ep23', async () => {
    await comment(['worse', '--baseline', 'main', '--artifact', 'left'], pullRequest('stranger/bot'))
    expect(existsSync(join(folder.path, 'left/comment.md'))).to.equal(true)
    forge.head = 'b'.repeat(40)
    const stale = await comment(['--send', 'left'])
    expect(stale.code).to.equal(65)
    expect(JSON.parse(stale.stdout).error.code).to.equal('BENCHMARK_STALE_COMMENT')
    // What the artifact claims does not count where GitHub says which commit was judged.
    const event = join(folder.path, 'run.json')
    writeFileSync(event, JSON.stringify({workflow_run: {head_sha: 'c'.repeat(40)}}))
    const claimed = await comment(['--send', 'left'], {GITHUB_EVENT_PATH: event})
    expect(JSON.parse(claimed.stdout).error.message).to.include('c'.repeat(40))
    writeFileSync(join(folder.path, 'left/comment.md'), 'Buy now @everyone')
    forge.head = 'a'.repeat(40)
    expect(JSON.parse((await comment(['--send', 'left'])).stdout).error.code).to.equal('BENCHMARK_BAD_COMMENT')
    expect(forge.writes).to.deep.equal([])
  })

  it('tells no password of an address that cannot be asked', async () => {
    const addresses = ['https://user:PW-3141@host.test', 'https://user:PW-3141@ho st', 'ftp://user:PW-3141@host.test']
    for (const address of addresses) {
      const {code, stdout, stderr} = await comment(['worse', '--baseline', 'main', '--number', '7', '--api', address])
      expect(code, stderr).to.equal(64)
      expect(stdout + stderr)
        .to.include('GITHUB_TOKEN')
        .and.not.include('PW-3141')
    }
  })

  it('says what to do when the token may not, without the token', async () => {
    forge.mayWrite = false
    const {code, stdout} = await comment(['worse', '--baseline', 'main', '--number', '7'])
    expect(code).to.equal(77)
    expect(stdout).to.include('workflow_run').and.not.include('secret-token')
  })
})

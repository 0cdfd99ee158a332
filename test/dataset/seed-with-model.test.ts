import {join} from 'node:path'

import {expect} from 'chai'

import {answer, LlmServer} from '../../plugins/dataset/test/servers/llm-server.ts'
import {fromFlags} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {storedDataset} from '../helpers/stored-dataset.ts'

type Stored = {metadata: {llm_model: string; origin: string}; summary_markdown: string}

describe('dataset:seed --summarizer openai:MODEL', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let server: LlmServer
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(async () => {
    await server.stop()
    folder.remove()
  })

  it('lets a model write the real days, at most two at once, and the grammar fill the rest', async () => {
    server = new LlmServer((response, asked) => answer(response, bulletFor(asked.body)))
    const url = await server.start()
    const args = [
      'dataset:seed',
      '--json',
      '--until',
      '2024-11-06',
      '--days',
      '3',
      '--minimum',
      '3',
      '--summarizer',
      'openai:small',
    ]
    const seed = () =>
      runEp23([...args, ...fromFlags(['kanal_112'])], {
        cwd: folder.path,
        env: {LLM_URL: url, OPENAI_API_KEY: 'sk-secret-123'},
      })
    const first = await seed()
    expect(first.code, first.stderr).to.equal(0)
    const digests = (await storedDataset(join(folder.path, '.ep23/store.sqlite'))).digests as unknown as Stored[]
    expect(digests.map(({metadata}) => metadata.origin)).to.deep.equal(['synthetic', 'telegram', 'telegram'])
    expect(digests[1]?.summary_markdown).to.include('Важная новость дня')
    expect(digests[0]?.metadata.llm_model).to.match(/^extractive-/u)
    expect(server.asked).to.have.length(2)
    expect(server.mostAtOnce).to.be.at.most(2)

    expect((await seed()).stderr).to.not.include('sk-secret-123')
    expect(server.asked, 'a second run asks for nothing').to.have.length(2)
  })
})

/** A good answer: a Russian bullet with a link to the first post that the prompt names. */
function bulletFor(body: unknown): string {
  const [link = 'none'] = /https:\/\/t\.me\/[a-z0-9_]+\/\d+/u.exec(JSON.stringify(body)) ?? []
  return `- Важная новость дня рассказана здесь простыми словами. [пост](${link})`
}

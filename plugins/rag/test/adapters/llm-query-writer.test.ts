import {expect} from 'chai'

import {llmQueryWriter} from '#src/adapters/llm-query-writer.js'

import {type Behaviour, complete, reply, RerankServer} from '../servers/rerank-server.ts'

async function written(behave: Behaviour, number = 0, post = 'Открыта станция метро') {
  const server = new RerankServer(behave)
  try {
    const url = `${await server.start()}/v1`
    const signal = new AbortController().signal
    const options = {url, apiKey: 'sk-secret1', model: 'm1', temperature: 0.3, seed: 40, timeoutSeconds: 5, signal}
    const answer = await llmQueryWriter(options)
      .write(post, number)
      .catch(error => error)
    return {answer, asked: server.asked}
  } finally {
    await server.stop()
  }
}

describe('queries by a language model', () => {
  it('are asked for in Russian, with model, temperature, seed and schema as given', async () => {
    const {answer, asked} = await written(response => complete(response, {queries: [' какие  станции открыли ']}), 2)
    expect(answer).to.deep.equal({queries: ['какие станции открыли'], repaired: false})
    expect(asked).to.have.length(1)
    expect(asked[0]).to.include({path: '/v1/chat/completions', authorization: 'Bearer sk-secret1'})
    expect(asked[0]!.body).to.include({model: 'm1', temperature: 0.3, seed: 42})
    expect(asked[0]!.body.response_format).to.have.nested.property('json_schema.schema.properties.queries')
    expect(asked[0]!.body.messages!.map(({content}) => content).join('\n'))
      .to.include('поисковые запросы')
      .and.include('<пост>\nОткрыта станция метро\n</пост>')
  })

  for (const [what, content, told] of [
    ['no JSON', 'Конечно! Вот запросы', 'не объект JSON'],
    ['another shape', '{"queries": "метро"}', 'не JSON'],
    ['English', '{"queries": ["new metro station"]}', 'не на русском'],
    ['a single word', '{"queries": ["метро"]}', 'не от 2 до 14 слов'],
  ] as const)
    it(`are asked for once more after ${what}, with what is wrong`, async () => {
      const {answer, asked} = await written((response, _, count) =>
        complete(response, count === 1 ? content : '```json\n{"queries": ["новые станции метро"]}\n```'),
      )
      expect(answer).to.deep.equal({queries: ['новые станции метро'], repaired: true})
      expect(asked[1]!.body.messages!.at(-1)!.content).to.include(told)
      expect((await written(response => complete(response, content))).answer).to.deep.equal({
        queries: [],
        unusable: 'unreadable',
        repaired: true,
      })
    })

  it('are asked for with the beginning of a long post, and not with half of an emoji', async () => {
    const longest = (asked: Awaited<ReturnType<typeof written>>['asked']) => asked[0]!.body.messages!.at(-1)!.content
    for (const before of ['', 'я']) {
      const post = before + '🔴'.repeat(5000)
      const {asked} = await written(response => complete(response, {queries: []}), 0, post)
      expect(longest(asked)).to.match(/^<пост>\nя?🔴+\n<\/пост>$/u)
    }
  })

  it('are left out where the model refuses or has nothing to say, without asking again', async () => {
    const refusal = {choices: [{message: {content: null, refusal: 'нельзя'}}]}
    for (const [body, unusable] of [
      [refusal, 'refused'],
      [{choices: [{message: {content: ' '}}]}, 'empty'],
      [{choices: [{message: {content: '{"queries": []}'}}]}, 'empty'],
      [{choices: []}, 'empty'],
    ] as const) {
      const {answer, asked} = await written(response => reply(response, 200, body))
      expect(answer).to.deep.equal({queries: [], unusable, repaired: false})
      expect(asked).to.have.length(1)
    }
  })

  it('end with an error when the server does not answer, without the key in it', async () => {
    const {answer} = await written(response => reply(response, 401, {error: {message: 'bad key sk-secret1'}}))
    expect(answer).to.include({code: 'LLM_NOT_PERMITTED', exit: 77})
    expect(answer.message).to.not.include('sk-secret1')
  })
})

import type {Server} from 'node:http'
import type {AddressInfo} from 'node:net'

import {expect} from 'chai'

import {mockModelServer} from '#src/adapters/infra/mock-model-server.js'

describe('the mock model server', () => {
  let server: Server
  let url: string
  before(async () => {
    server = mockModelServer()
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  })
  after(() => {
    server.close()
    server.closeAllConnections()
  })

  const post = (route: string, body: unknown): Promise<Response> =>
    fetch(`${url}/${route}`, {method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body)})
  const messages = [{role: 'user', content: 'Сводка дня'}]

  it('lists its model', async () => {
    const {data} = (await (await fetch(`${url}/models`)).json()) as {data: {id: string}[]}
    expect(data.map(({id}) => id)).to.deep.equal(['ep23-mock'])
  })

  it('answers a chat, says that it is a mock, and answers the same again', async () => {
    const [one, two]: any[] = await Promise.all(
      [1, 2].map(async () => (await post('chat/completions', {messages})).json()),
    )
    expect(one).to.deep.equal(two)
    expect(one.choices[0].message.content).to.equal('Mock reply to: Сводка дня')
    expect(one.usage.total_tokens).to.equal(one.usage.prompt_tokens + one.usage.completion_tokens)
  })

  it('answers a prompt of dataset:seed with a digest that links to its posts', async () => {
    const posts = [7, 8].map(
      id => `<пост адрес="https://t.me/museum/${id}">\nМузей открыл зал ${id} [тут](x).\n</пост>`,
    )
    const asked = [
      {role: 'system', content: 'Правила'},
      {role: 'user', content: posts.join('\n\n')},
    ]
    const reply: any = await (await post('chat/completions', {messages: asked})).json()
    expect(reply.choices[0].message.content).to.equal(
      [7, 8]
        .map(id => `- Проба без модели: Музей открыл зал ${id} тут x. [пост](https://t.me/museum/${id})`)
        .join('\n'),
    )
  })

  it('streams the same reply', async () => {
    const text = await (await post('chat/completions', {messages, stream: true})).text()
    const events = text.trim().split('\n\n')
    expect(events.at(-1)).to.equal('data: [DONE]')
    const words = events.slice(0, -1).map(event => JSON.parse(event.slice(6)).choices[0].delta.content ?? '')
    expect(words.join('')).to.equal('Mock reply to: Сводка дня')
  })

  it('gives unit vectors that depend on the text alone', async () => {
    const {data} = (await (await post('embeddings', {input: ['а', 'б', 'а']})).json()) as {
      data: {embedding: number[]}[]
    }
    const [a, b, again] = data.map(({embedding}) => embedding)
    expect(a).to.deep.equal(again).and.not.deep.equal(b)
    expect(Math.hypot(...(a ?? []))).to.be.closeTo(1, 1e-12)
  })

  it('refuses what is no request, and unknown routes, as OpenAI does', async () => {
    expect((await post('chat/completions', '{')).status).to.equal(400)
    expect((await post('chat/completions', {messages: []})).status).to.equal(400)
    const unknown = await post('images', {})
    expect(unknown.status).to.equal(404)
    expect(((await unknown.json()) as {error: {message: string}}).error.message).to.include('POST /v1/images')
  })
})

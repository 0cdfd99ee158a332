import {expect} from 'chai'

import {LlmClient, LlmFailure, openEndpoint, printUrl, RetryingChat} from '#src/index.js'

import {completion, ModelServer, send} from './model-server.ts'
import {verbatim} from '@ep23/sdk'

const open = (url: string, apiKey?: string) => openEndpoint({url, apiKey, neededBy: verbatim('the test needs it')})

describe('an endpoint', () => {
  const NAMES: Record<string, string> = {
    'http://h/v1': 'http://h/v1',
    'http://h:80/v1/': 'http://h/v1',
    'https://h/v1//': 'https://h/v1',
    'http://h': 'http://h',
    'http://user:SECRET@h/v1': 'http://h/v1',
    'http://SECRET@h/v1': 'http://h/v1',
    'http://h/v1?key=SECRET': 'http://h/v1',
    'http://h/v1?api_key=SECRET&token=SECRET': 'http://h/v1',
    'http://h/v1?x-sig=SECRET#SECRET': 'http://h/v1',
    'https://r.openai.azure.com/openai/deployments/d?api-version=2024-06-01&key=SECRET':
      'https://r.openai.azure.com/openai/deployments/d?api-version=2024-06-01',
    'http://h/v1/chat/completions': 'http://h/v1',
    'http://h/rerank?key=SECRET': 'http://h',
  }
  for (const [url, name] of Object.entries(NAMES))
    it(`is called ${name} when it is ${url}`, () => {
      expect(open(url).name).to.equal(name)
      expect(printUrl(url)).to.equal(name)
    })

  it('tells two paths of one host apart, and one key of another not', () => {
    expect(open('http://h/a/v1').name).to.not.equal(open('http://h/b/v1').name)
    expect(open('http://h/v1?key=ONE1').name).to.equal(open('http://h/v1?key=TWO2').name)
  })

  for (const url of ['', ' ', 'localhost:11434', 'SECRET', 'ftp://u:SECRET@h', 'http://', 'http://u:SECRET@'])
    it(`is refused when it is "${url}", and not shown`, () => {
      expect(() => open(url))
        .to.throw(/^LLM_URL is not/u)
        .with.property('code', 'USAGE')
      try {
        open(url)
      } catch (error) {
        expect(JSON.stringify([(error as Error).message, error])).to.not.include('SECRET')
      }
      expect(printUrl(url)).to.equal('(not a URL)')
    })

  it('adds a path before its query', () => {
    const url = open('http://u:p@h/v1/?api-version=1&key=k').urlOf('/chat/completions')
    expect(url.href).to.equal('http://h/v1/chat/completions?api-version=1&key=k')
  })

  it('sends what proves who asks: the key, or user and password in place of it', () => {
    expect(open('http://h/v1', 'sk-1').authorization).to.deep.equal({authorization: 'Bearer sk-1'})
    const basic = `Basic ${Buffer.from('u ser:p@ss').toString('base64')}`
    expect(open('http://u%20ser:p%40ss@h/v1', 'sk-1').authorization).to.deep.equal({authorization: basic})
    expect(open('http://h/v1').authorization).to.deep.equal({})
    expect(open('http://h/v1?api-version=1', 'k-azure').authorization).to.include({'api-key': 'k-azure'})
  })

  const TOLD: Record<string, (secret: string) => string> = {
    'as it is': secret => `wrong key ${secret}!`,
    'in a URL': secret => `no route to http://u:${secret}@h/v1?key=${secret}&x=1`,
    encoded: secret => `bad ${encodeURIComponent(secret)}`,
    'as JSON': secret => JSON.stringify({key: secret}),
    'in Base64': secret => `Basic ${Buffer.from(`u:${secret}`).toString('base64')}`,
  }
  for (const [how, tell] of Object.entries(TOLD))
    it(`hides its credentials in what others say, ${how}`, () => {
      const secret = 'p@ss"wörd/1'
      const encoded = encodeURIComponent(secret)
      for (const endpoint of [
        open(`http://u:${encoded}@h/v1`),
        open(`http://h/v1?key=${encoded}`),
        open('http://h', secret),
      ])
        for (const form of [secret, encoded, JSON.stringify(secret).slice(1, -1)])
          expect(endpoint.hide(tell(secret))).to.not.include(form)
    })

  it('keeps other words', () => {
    expect(open('http://u:pass-word@h').hide('model m not found at /v1')).to.equal('model m not found at /v1')
  })
})

describe('credentials on their way', () => {
  let first: ModelServer
  let other: ModelServer
  beforeEach(async () => {
    const good = (response: Parameters<typeof send>[0]) => send(response, 200, completion({content: 'Да'}))
    other = new ModelServer({good, v1: good})
    await other.start()
    first = new ModelServer({
      good,
      moved: (response, {path}) => send(response, 308, '', {location: path.replace('/moved/', '/good/')}),
      away: response => send(response, 307, '', {location: `${other.origin}/good/v1/chat/completions`}),
      loop: (response, {path}) => send(response, 302, '', {location: path}),
      strange: response => send(response, 302, '', {location: 'file:///etc/passwd'}),
      quote: (response, {path, headers}) =>
        send(response, 400, {error: {message: `cannot serve ${path} with ${headers.authorization}`}}),
    })
    await first.start()
  })
  afterEach(() => Promise.all([first.stop(), other.stop()]))

  const ask = (name: string, apiKey?: string) => {
    const url = first.origin.replace('http://', 'http://user:hidden-word@') + `/${name}/v1?key=hidden-key`
    const client = new LlmClient({endpoint: open(url, apiKey), attempts: 2, attemptSeconds: 2})
    return new RetryingChat(client).ask({model: 'm', messages: []}, new AbortController().signal)
  }

  it('reach the server', async () => {
    await ask('good')
    expect(first.asked[0]?.path).to.equal('/good/v1/chat/completions?key=hidden-key')
    expect(first.asked[0]?.headers.authorization).to.equal(
      `Basic ${Buffer.from('user:hidden-word').toString('base64')}`,
    )
  })

  it('go along when the server moves within its origin, with the body', async () => {
    await ask('moved')
    expect(first.asked.map(({headers}) => headers.authorization)).to.satisfy((sent: string[]) => sent.every(Boolean))
    expect(first.asked[1]?.body).to.deep.equal(first.asked[0]?.body)
  })

  it('do not go to another host', async () => {
    await ask('away')
    expect(other.asked).to.have.length(1)
    expect(other.asked[0]?.headers).to.not.have.property('authorization')
    expect(JSON.stringify(other.asked[0])).to.not.include('hidden')
  })

  for (const [name, requests] of [
    ['loop', 6],
    ['strange', 1],
  ] as const)
    it(`are not sent on for ever, or to anything but a server (${name})`, async () => {
      const failure = await ask(name).catch((error: unknown) => error)
      expect(failure).to.be.instanceOf(LlmFailure).and.to.include({kind: 'unreadable'})
      expect(first.asked).to.have.length(requests)
      expect((failure as Error).message).to.not.include('hidden')
    })

  it('are cut out of what the server says of them', async () => {
    const failure = (await ask('quote').catch((error: unknown) => error)) as Error
    expect(failure.message)
      .to.include('cannot serve')
      .and.not.match(/hidden|dXNlcjpoaWRkZW4/u)
  })
})

import {EXIT, verbatim} from '@ep23/sdk'
import {expect} from 'chai'

import {
  AdaptiveLimit,
  failureError,
  LlmClient,
  LlmFailure,
  openEndpoint,
  RetryingChat,
  type ClientOptions,
} from '#src/index.js'

import {type Behaviour, BROKEN, completion, ModelServer, refuses, says, send, WIRE} from './model-server.ts'

const REQUEST = {
  model: 'm',
  messages: [
    {role: 'system' as const, content: 'Отвечай.'},
    {role: 'user' as const, content: 'Ёж?'},
  ],
  temperature: 0,
  seed: 1,
  maxTokens: 50,
  schema: {name: 's', schema: {type: 'object'}},
}
const OPEN = new AbortController().signal

describe('the client of model servers', function () {
  this.timeout(60_000)
  let server: ModelServer
  afterEach(() => server.stop())

  async function at(behaviours: Record<string, Behaviour>): Promise<void> {
    server = new ModelServer(behaviours)
    await server.start()
  }

  function chatOf(name: string, options: Partial<ClientOptions> = {}): RetryingChat {
    const endpoint = openEndpoint({
      url: `${server.origin}/${name}/v1`,
      apiKey: 'k',
      neededBy: verbatim('the test needs it'),
    })
    return new RetryingChat(
      new LlmClient({endpoint, attempts: 2, attemptSeconds: 0.5, limit: new AdaptiveLimit(4), ...options}),
    )
  }

  const ask = (name: string, options?: Partial<ClientOptions>) => chatOf(name, options).ask(REQUEST, OPEN)
  async function failureOf(name: string, options?: Partial<ClientOptions>): Promise<LlmFailure> {
    const outcome = await ask(name, options).then(
      answer => expect.fail(`an answer: ${answer.reply}`),
      (error: unknown) => error,
    )
    expect(outcome).to.be.instanceOf(LlmFailure)
    return outcome as LlmFailure
  }

  describe('reads a good answer', () => {
    for (const name of Object.keys(WIRE))
      it(`that comes as ${name}`, async () => {
        await at(WIRE)
        const answer = await ask(name)
        expect(answer).to.include({reply: 'Да, ёж.', finish: 'stop', model: 'served-1'})
        expect(answer.usage).to.deep.equal({calls: 1, prompt_tokens: 100, completion_tokens: 20, cost: null})
      })

    const FORMS: Record<string, [unknown, object?]> = {
      'parts of text': [
        [
          {type: 'text', text: 'Да'},
          {type: 'text', text: ', ёж.'},
        ],
      ],
      'parts without a type': [[{text: 'Да, ёж.'}]],
      'parts beside thinking': [
        [
          {type: 'thinking', thinking: 'хм'},
          {type: 'text', text: 'Да, ёж.'},
        ],
      ],
      'parts that are strings': [['Да, ', 'ёж.']],
      'output_text parts': [[{type: 'output_text', text: 'Да, ёж.'}]],
    }
    for (const [name, [content]] of Object.entries(FORMS))
      it(`whose content is ${name}`, async () => {
        await at({form: says(content)})
        expect((await ask('form')).reply).to.equal('Да, ёж.')
      })

    it('that is an object with a text, or the call of a tool', async () => {
      const call = {function: {name: 's', arguments: '{"да": "ёж"}'}}
      await at({
        object: says({type: 'text', text: 'Да, ёж.'}),
        tool: response => send(response, 200, completion({content: null, tool_calls: [call]})),
      })
      expect((await ask('object')).reply).to.equal('Да, ёж.')
      expect((await ask('tool')).reply).to.equal('{"да": "ёж"}')
    })

    it('that stands in reasoning alone, and says so', async () => {
      await at({
        one: response => send(response, 200, completion({content: null, reasoning_content: 'Да'})),
        two: response => send(response, 200, completion({content: ' ', reasoning: 'Да'})),
      })
      for (const name of ['one', 'two']) expect(await ask(name)).to.include({reply: 'Да', isReasoning: true})
    })
  })

  describe('says how an answer ended', () => {
    const ENDS: Record<string, {behave: Behaviour; finish: string; reply: string}> = {
      'by itself': {behave: says('Да'), finish: 'stop', reply: 'Да'},
      'at the limit': {behave: says('Да, е', {finish_reason: 'length'}), finish: 'cut_short', reply: 'Да, е'},
      'in a filter': {behave: says('', {finish_reason: 'content_filter'}), finish: 'refused', reply: ''},
      'in a refusal': {
        behave: response => send(response, 200, completion({content: null, refusal: 'Нельзя.'})),
        finish: 'refused',
        reply: 'Нельзя.',
      },
      'in a refusal part': {behave: says([{type: 'refusal', refusal: 'Нельзя.'}]), finish: 'refused', reply: 'Нельзя.'},
      'without a word': {behave: says(null), finish: 'stop', reply: ''},
      'without a choice': {behave: says('', {}, {choices: []}), finish: 'stop', reply: ''},
    }
    for (const [name, {behave, finish, reply}] of Object.entries(ENDS))
      it(name, async () => {
        await at({x: behave})
        expect(await ask('x')).to.include({finish, reply})
      })
  })

  const KINDS: Record<string, [string, number]> = {
    silent: ['timed_out', 2],
    reset: ['disconnected', 2],
    half: ['unreadable', 2],
    cut: ['unreadable', 2],
    gzipcut: ['unreadable', 2],
    notgzip: ['unreadable', 2],
    drip: ['timed_out', 2],
    headersonly: ['timed_out', 2],
    page: ['unreadable', 2],
    nothing: ['unreadable', 2],
    number: ['unreadable', 2],
    list: ['unreadable', 2],
    null: ['unreadable', 2],
  }
  for (const name of Object.keys(BROKEN))
    it(`asks again after a reply that is ${name}, then knows what was wrong, and that the cost is unknown`, async () => {
      await at(BROKEN)
      const failure = await failureOf(name, {attemptSeconds: 0.3})
      expect([failure.kind, server.of(name).length]).to.deep.equal(KINDS[name])
      expect(failure.usage).to.include({calls: 2, unknown_calls: 2, cost: null})
      expect(failure.message.length).to.be.within(5, 320)
    })

  it('tells a web page by its title', async () => {
    await at(BROKEN)
    expect((await failureOf('page')).message).to.equal('a web page: "Вход"')
  })

  it('stops reading at its limit, also when it is packed', async () => {
    const {gzipSync} = await import('node:zlib')
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, ' '))
    await at({bomb: response => send(response, 200, bomb, {'content-encoding': 'gzip'})})
    const failure = await failureOf('bomb', {attemptSeconds: 20})
    expect(failure.message).to.equal('the reply is longer than 16 MiB')
    expect(server.asked).to.have.length(1)
  })

  it('gives an answer all the time of an attempt, and none beyond it', async () => {
    await at({
      slow: async (response, asked) => {
        await new Promise(resolve => setTimeout(resolve, asked.count === 1 ? 900 : 100))
        if (!response.destroyed) send(response, 200, completion({content: 'Да'}))
      },
    })
    const answer = await ask('slow')
    expect(answer.usage).to.include({calls: 2, unknown_calls: 1})
    expect(answer.latencySeconds).to.be.within(0.09, 0.5)
  })

  interface Ending {
    behave: Behaviour
    kind: string
    code: string
    exit: number
    says: RegExp
    requests?: number
  }
  const error = (message: string, rest: object = {}) => ({error: {message, ...rest}})
  const ENDINGS: Record<string, Ending> = {
    'a wrong key': {
      behave: refuses(401, error('Incorrect API key')),
      ...{kind: 'not_permitted', code: 'LLM_NOT_PERMITTED', exit: 77, says: /Incorrect API key/u},
    },
    'a forbidden region': {
      behave: refuses(403, error('Country not supported')),
      ...{kind: 'not_permitted', code: 'LLM_NOT_PERMITTED', exit: 77, says: /Country not supported/u},
    },
    'no money (402)': {
      behave: refuses(402, error('Insufficient Balance')),
      ...{kind: 'quota_spent', code: 'LLM_QUOTA_SPENT', exit: 77, says: /Insufficient Balance/u},
    },
    'no money (429 insufficient_quota)': {
      behave: refuses(429, error('You exceeded your current quota', {code: 'insufficient_quota'})),
      ...{kind: 'quota_spent', code: 'LLM_QUOTA_SPENT', exit: 77, says: /exceeded your current quota/u},
    },
    'no money (400 with the words)': {
      behave: refuses(400, error('Your credit balance: insufficient credits')),
      ...{kind: 'quota_spent', code: 'LLM_QUOTA_SPENT', exit: 77, says: /credit/u},
    },
    'no money (200 with code 402)': {
      behave: refuses(200, error('insufficient credits', {code: 402})),
      ...{kind: 'quota_spent', code: 'LLM_QUOTA_SPENT', exit: 77, says: /insufficient credits/u},
    },
    'a wrong key (200 with code "invalid_api_key")': {
      behave: refuses(200, error('bad key', {code: 'invalid_api_key'})),
      ...{kind: 'not_permitted', code: 'LLM_NOT_PERMITTED', exit: 77, says: /bad key/u},
    },
    'no such model': {
      behave: refuses(404, error("model 'm' not found, try pulling it first")),
      ...{kind: 'no_model', code: 'LLM_NO_MODEL', exit: 64, says: /try pulling it first/u},
    },
    'a day to wait': {
      behave: refuses(429, error('daily limit'), {'retry-after': '86400'}),
      ...{kind: 'long_wait', code: 'LLM_TOO_MANY_REQUESTS', exit: 75, says: /86400 s \(24 h\).*daily limit/u},
    },
    'a day to wait, as a date': {
      behave: response =>
        send(response, 429, error('daily limit'), {'retry-after': new Date(Date.now() + 86_400_000).toUTCString()}),
      ...{kind: 'long_wait', code: 'LLM_TOO_MANY_REQUESTS', exit: 75, says: /\(24 h\).*daily limit/u},
    },
    'maintenance for an hour': {
      behave: refuses(503, error('maintenance'), {'retry-after': '3600'}),
      ...{kind: 'long_wait', code: 'LLM_TOO_MANY_REQUESTS', exit: 75, says: /3600 s \(60 min\).*maintenance/u},
    },
    'Google’s delay in the body': {
      behave: refuses(429, {error: {message: 'quota', status: 'RESOURCE_EXHAUSTED', details: [{retryDelay: '120s'}]}}),
      ...{kind: 'long_wait', code: 'LLM_TOO_MANY_REQUESTS', exit: 75, says: /120 s/u},
    },
    'too many requests for too long': {
      behave: refuses(429, error('slow down')),
      ...{kind: 'rate_limited', code: 'LLM_TOO_MANY_REQUESTS', exit: 75, says: /slow down/u, requests: 2},
    },
    'a request it does not like': {
      behave: refuses(400, error('messages: too many')),
      ...{kind: 'request_refused', code: 'LLM_REQUEST_REFUSED', exit: 64, says: /messages: too many/u},
    },
    'a text that is too long': {
      behave: refuses(400, error('maximum context length is 4096 tokens', {code: 'context_length_exceeded'})),
      ...{kind: 'too_long', code: 'LLM_BAD_ANSWER', exit: 65, says: /4096/u},
    },
    'a text that its filter declines': {
      behave: refuses(400, error('filtered', {code: 'content_filter'})),
      ...{kind: 'declined', code: 'LLM_BAD_ANSWER', exit: 65, says: /filtered/u},
    },
    'a failure': {
      behave: refuses(500, 'Traceback: boom'),
      ...{kind: 'server_failed', code: 'LLM_SERVER_FAILED', exit: 69, says: /status 500.*boom/u, requests: 2},
    },
    'a failure in a choice': {
      behave: says('', {finish_reason: 'error', error: {code: 502, message: 'upstream died'}}),
      ...{kind: 'server_failed', code: 'LLM_SERVER_FAILED', exit: 69, says: /upstream died/u, requests: 2},
    },
    'vLLM’s old error object in a 200': {
      behave: refuses(200, {object: 'error', message: 'no such thing', code: 404}),
      ...{kind: 'no_model', code: 'LLM_NO_MODEL', exit: 64, says: /no such thing/u},
    },
    'a list of errors in a 200': {
      behave: refuses(200, {success: false, errors: [{code: 10_000, message: 'Authentication error'}]}),
      ...{kind: 'server_failed', code: 'LLM_SERVER_FAILED', exit: 69, says: /Authentication error/u, requests: 2},
    },
    'a day to wait in a 200': {
      behave: refuses(200, error('daily limit', {code: 429}), {'retry-after': '86400'}),
      ...{kind: 'long_wait', code: 'LLM_TOO_MANY_REQUESTS', exit: 75, says: /24 h/u},
    },
    'a text that moderation holds back (403)': {
      behave: refuses(403, error('Your input was flagged', {code: 403})),
      ...{kind: 'declined', code: 'LLM_BAD_ANSWER', exit: 65, says: /flagged/u},
    },
    'mere words in a 200': {
      behave: refuses(200, {detail: 'Not authenticated'}),
      ...{kind: 'server_failed', code: 'LLM_SERVER_FAILED', exit: 69, says: /Not authenticated/u, requests: 2},
    },
    'an error that is a string': {
      behave: refuses(200, {error: 'out of memory'}),
      ...{kind: 'server_failed', code: 'LLM_SERVER_FAILED', exit: 69, says: /out of memory/u, requests: 2},
    },
    'a provider’s own words within': {
      behave: refuses(200, error('Provider returned error', {code: 502, metadata: {raw: 'GPU fell off'}})),
      ...{kind: 'server_failed', code: 'LLM_SERVER_FAILED', exit: 69, says: /GPU fell off/u, requests: 2},
    },
  }
  for (const [name, {behave, kind, code, exit, says: words, requests = 1}] of Object.entries(ENDINGS))
    it(`knows ${name}: ${kind}, exit ${exit}, after ${requests} request(s)`, async () => {
      await at({x: behave})
      const failure = await failureOf('x')
      expect(failure.kind).to.equal(kind)
      expect(server.asked).to.have.length(requests)
      const told = failureError(failure, chatOf('x').client.endpoint, 'm')
      expect(told).to.include({code, exit})
      expect(told.message)
        .to.match(words)
        .and.to.not.match(/undefined|\[object/u)
      expect(told.suggestions.length).to.be.greaterThan(0)
    })

  it('has an exit code of the table for every ending', () => {
    for (const {exit} of Object.values(ENDINGS)) expect(Object.values(EXIT)).to.include(exit)
    server = new ModelServer({})
    return server.start()
  })

  it('waits as Retry-After says, in seconds and milliseconds, and then gets its answer', async () => {
    await at({
      wait: (response, {count}) =>
        count === 1
          ? send(response, 429, error('slow down'), {'retry-after': '1', 'retry-after-ms': '400'})
          : send(response, 200, completion({content: 'Да'})),
    })
    const started = performance.now()
    expect((await ask('wait')).usage).to.include({calls: 2, prompt_tokens: 100})
    expect(performance.now() - started).to.be.greaterThan(950)
  })

  it('does not wait longer than a sample has', async () => {
    await at({wait: refuses(429, error('slow down'), {'retry-after': '9'})})
    expect((await failureOf('wait', {longestWaitSeconds: 8})).kind).to.equal('long_wait')
  })

  it('says what it was waiting for when the time is over', async () => {
    await at({wait: refuses(429, error('slow down'), {'retry-after': '20'})})
    const outcome = await chatOf('wait')
      .ask(REQUEST, AbortSignal.timeout(200))
      .catch((failure: unknown) => failure)
    expect(outcome).to.include({kind: 'rate_limited'})
    expect((outcome as Error).message).to.match(/^slow down/u)
  })

  describe('leaves out a parameter that the server refuses', () => {
    type Refusal = [string, number, unknown]
    const REFUSALS: Record<string, Refusal> = {
      'OpenAI, seed': ['seed', 400, error('Unknown parameter: seed.', {param: 'seed'})],
      'OpenAI, temperature': [
        'temperature',
        400,
        error("Unsupported value: 'temperature' does not support 0 with this model."),
      ],
      'OpenAI, max_tokens': [
        'max_tokens',
        400,
        error("Unsupported parameter: 'max_tokens' is not supported with this model.", {param: 'max_tokens'}),
      ],
      'DeepSeek, response_format': ['response_format', 400, error('This response_format type is unavailable now')],
      'FastAPI, seed': ['seed', 422, {detail: [{type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs'}]}],
      'llama.cpp, grammar': ['response_format', 400, error('Failed to initialize samplers: failed to parse grammar')],
      'ik_llama.cpp, 500': ['response_format', 500, error('response_format json_schema not supported', {code: 500})],
      'a 501': ['response_format', 501, error('Guided decoding is not implemented for this backend')],
      'structured outputs': ['response_format', 400, error('This model does not support structured outputs.')],
      'JSON mode': ['response_format', 400, {message: 'JSON mode is not enabled for this model'}],
      'in a 200': ['response_format', 200, error('response_format is not supported', {code: 400})],
      'OpenRouter, 404': ['seed', 404, error('No endpoints found that support the parameter: seed')],
      'as plain text': ['temperature', 400, 'temperature is not allowed'],
    }
    for (const [name, [parameter, status, body]] of Object.entries(REFUSALS))
      it(`as ${name} says it, and remembers`, async () => {
        await at({
          x: (response, asked) =>
            parameter in asked.body ? send(response, status, body) : send(response, 200, completion({content: 'Да'})),
        })
        const chat = chatOf('x', {attempts: 1})
        await chat.ask(REQUEST, OPEN)
        await chat.ask(REQUEST, OPEN)
        expect(server.asked.map(asked => parameter in asked.body)).to.deep.equal([true, false, false])
        const others = ['seed', 'temperature', 'max_tokens', 'response_format'].filter(each => each !== parameter)
        expect(server.asked.at(-1)?.body).to.include.keys(...others)
      })

    it('one after the other, without using up attempts', async () => {
      await at({
        x: (response, {body}) => {
          const refused = ['seed', 'temperature', 'max_tokens', 'response_format'].find(name => name in body)
          if (refused) send(response, 400, error(`${refused} is not supported`))
          else send(response, 200, completion({content: 'Да'}))
        },
      })
      const {sent, usage} = await ask('x', {attempts: 1})
      expect(sent).to.deep.equal({temperature: null, seed: null, json_schema: false})
      expect(usage).to.deep.equal({calls: 5, prompt_tokens: 100, completion_tokens: 20, cost: null})
    })

    it('the system role too: what it says then goes before the user’s words', async () => {
      await at({
        x: (response, {body}) =>
          body.messages?.some(({role}) => role === 'system')
            ? send(response, 400, error('System role not supported'))
            : send(response, 200, completion({content: 'Да'})),
      })
      await ask('x')
      expect(server.asked.at(-1)?.body.messages).to.deep.equal([{role: 'user', content: 'Отвечай.\n\nЁж?'}])
    })

    it('but not for a failure that only quotes the prompt far behind', async () => {
      await at({x: refuses(500, error(`crash ${'x'.repeat(600)} temperature`))})
      expect((await failureOf('x')).kind).to.equal('server_failed')
      expect(server.asked.every(({body}) => 'temperature' in body)).to.equal(true)
    })

    it('of one model, not of another at the same server', async () => {
      await at({
        x: (response, {body}) =>
          body['model'] === 'm' && 'seed' in body
            ? send(response, 400, error('seed is not supported'))
            : send(response, 200, completion({content: 'Да'})),
      })
      const chat = chatOf('x')
      await chat.ask(REQUEST, OPEN)
      await chat.ask({...REQUEST, model: 'other'}, OPEN)
      expect(server.asked.at(-1)?.body).to.include({model: 'other', seed: 1})
    })
  })

  it('adds up what an answer cost with the attempts before it', async () => {
    await at({
      x: (response, {count}) =>
        count === 1 ? send(response, 500, 'boom') : send(response, 200, completion({content: 'Да'})),
    })
    const {usage} = await ask('x', {prices: {prompt: 1, completion: 10}})
    expect(usage).to.deep.equal({calls: 2, prompt_tokens: 100, completion_tokens: 20, cost: 0.0003, unknown_calls: 1})
  })

  for (const [name, usage] of Object.entries({
    none: undefined,
    null: null,
    zeros: {prompt_tokens: 0, completion_tokens: 0},
    words: {prompt_tokens: 'many', completion_tokens: 'few'},
    halves: {prompt_tokens: 10},
  }))
    it(`takes a usage of ${name} for unknown, never for nothing`, async () => {
      await at({x: says('Да', {}, {usage})})
      const answer = await ask('x', {prices: {prompt: 1, completion: 1}})
      expect(answer.usage).to.deep.equal({
        calls: 1,
        prompt_tokens: 0,
        completion_tokens: 0,
        cost: null,
        unknown_calls: 1,
      })
    })

  it('never takes a mistake of ours for a failure of the server', async () => {
    await at({x: says('Да')})
    const {client} = chatOf('x')
    const read = (): never => {
      throw new TypeError('a bug')
    }
    const outcome = await client.fetchWithRetry({path: '/x', body: () => ({})}, read, OPEN).catch((bug: unknown) => bug)
    expect(outcome).to.be.instanceOf(TypeError)
  })
})

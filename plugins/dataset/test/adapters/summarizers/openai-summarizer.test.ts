import {setTimeout as wait} from 'node:timers/promises'

import {hasCode} from '@ep23/sdk'
import {expect} from 'chai'

import {openaiSummarizer, type OpenaiSummarizerOptions} from '#src/adapters/summarizers/openai-summarizer.js'
import type {DaySummary, DaySummaryInput} from '#src/domain/summarizer.js'
import {answer, LlmServer, reply, type Behaviour} from '../../servers/llm-server.ts'

const KEY = 'sk-very-secret-0123456789'
const GOOD = '- Физики впервые сняли молекулярный лёд. [пост](https://t.me/naked_science/11676)'

const INPUT: DaySummaryInput = {
  channel: '@naked_science',
  day: '2024-11-11',
  zone: 'Europe/Moscow',
  posts: [
    {
      post_id: '11676',
      published_at: new Date('2024-11-11T08:03:47Z'),
      day: '2024-11-11',
      text: 'Физики **сняли** лёд.',
      plain: 'Физики сняли лёд.',
      url: 'https://t.me/naked_science/11676',
    },
    {
      post_id: '11677',
      published_at: new Date('2024-11-11T11:06:21Z'),
      day: '2024-11-11',
      text: 'Забег вампиров.',
      plain: 'Забег вампиров.',
      url: 'https://t.me/naked_science/11677',
    },
  ],
}

describe('openai-summarizer', () => {
  let server: LlmServer | undefined

  afterEach(async () => {
    await server?.stop()
    server = undefined
  })

  async function summarize(
    behave: Behaviour,
    options: Partial<OpenaiSummarizerOptions> = {},
    signal = new AbortController().signal,
  ): Promise<DaySummary> {
    server = new LlmServer(behave)
    const url = await server.start()
    return openaiSummarizer({model: 'small', url, apiKey: KEY, retries: 2, ...options}).summarize(INPUT, signal)
  }

  async function failure(
    behave: Behaviour,
    options: Partial<OpenaiSummarizerOptions> = {},
  ): Promise<Error & {exit?: number; suggestions?: string[]}> {
    try {
      await summarize(behave, options)
    } catch (error) {
      return error as Error
    }
    throw new Error('no error was thrown')
  }

  it('puts our heading over the answer and names the model that really answered', async () => {
    const {summary_markdown, llm_model} = await summarize(response => answer(response, GOOD))
    expect(summary_markdown).to.equal(
      `# @naked_science: 11 ноября 2024 года, понедельник\n\nЗа день — 2 поста.\n\n${GOOD}\n`,
    )
    expect(llm_model).to.equal('really-this-1')
  })

  it('sends every post with its address, the model and the key', async () => {
    await summarize(response => answer(response, GOOD))
    const [asked] = server?.asked ?? []
    expect(asked?.authorization).to.equal(`Bearer ${KEY}`)
    expect(asked?.body.model).to.equal('small')
    const prompt = asked?.body.messages.map(({content}) => content).join('\n') ?? ''
    for (const {plain, url} of INPUT.posts) expect(prompt).to.include(plain).and.to.include(String(url))
  })

  it('drops a code fence and a heading that the model put around its list', async () => {
    const {summary_markdown} = await summarize(response =>
      answer(response, `\`\`\`markdown\n# Дайджест\n\n${GOOD}\n\`\`\``),
    )
    expect(summary_markdown.match(/^# /gmu)).to.have.length(1)
    expect(summary_markdown).not.to.include('```')
  })

  it('waits as long as Retry-After says and asks again', async () => {
    const at: number[] = []
    const {llm_model} = await summarize((response, _asked, count) => {
      at.push(Date.now())
      if (count === 1) reply(response, 429, {error: {message: 'slow down'}}, {'retry-after': '1'})
      else answer(response, GOOD)
    })
    expect(llm_model).to.equal('really-this-1')
    expect((at[1] ?? 0) - (at[0] ?? 0)).to.be.at.least(950)
  })

  it('asks again after a server error', async () => {
    await summarize((response, _asked, count) => (count === 1 ? reply(response, 500, 'oops') : answer(response, GOOD)))
    expect(server?.asked).to.have.length(2)
  })

  it('gives up at once when the server asks for an hour, and says so (75)', async () => {
    const error = await failure(response => reply(response, 429, {error: {message: 'quota'}}, {'retry-after': '3600'}))
    expect(error).to.include({code: 'LLM_TOO_MANY_REQUESTS', exit: 75})
    expect(error.suggestions?.join()).to.include('3600')
    expect(server?.asked).to.have.length(1)
  })

  it('ends with 75 when the server stays too busy', async () => {
    const error = await failure(response => reply(response, 429, {error: {message: 'busy'}}, {'retry-after': '0'}))
    expect(error).to.include({code: 'LLM_TOO_MANY_REQUESTS', exit: 75})
    expect(server?.asked).to.have.length(3)
  })

  it('ends with 69 when the server keeps failing', async () => {
    const error = await failure(response => reply(response, 503, {error: {message: 'down'}}), {retries: 1})
    expect(error).to.include({code: 'LLM_SERVER_FAILED', exit: 69})
  })

  it('ends with 69 when nobody listens', async () => {
    const unused = new LlmServer(() => {})
    const url = await unused.start()
    await unused.stop()
    const error = await failure(() => {}, {url, retries: 0})
    expect(error).to.include({code: 'LLM_UNREACHABLE', exit: 69})
    expect(error.message).to.include(url)
  })

  it('ends with 69 when the answer never comes', async () => {
    const error = await failure(() => {}, {attemptSeconds: 0.05, retries: 1})
    expect(error).to.include({code: 'LLM_UNREACHABLE', exit: 69})
    expect(server?.asked).to.have.length(2)
  })

  it('ends with 69 when the answer stops half-way', async () => {
    const stall: Behaviour = response => {
      response.writeHead(200, {'content-type': 'application/json'})
      response.write('{"choices":[{"message"')
    }
    const error = await failure(stall, {attemptSeconds: 0.05, retries: 1})
    expect(error).to.include({code: 'LLM_UNREACHABLE', exit: 69})
    expect(server?.asked).to.have.length(2)
  })

  it('takes a slow answer', async () => {
    const {llm_model} = await summarize(async response => {
      await wait(100)
      answer(response, GOOD)
    })
    expect(llm_model).to.equal('really-this-1')
  })

  it('ends with 77 when the key is refused, and never shows the key', async () => {
    const error = await failure(response =>
      reply(response, 401, {error: {message: `Incorrect API key provided: ${KEY}`}}),
    )
    expect(error).to.include({code: 'LLM_NOT_PERMITTED', exit: 77})
    expect(server?.asked).to.have.length(1)
    expect(JSON.stringify([error.message, error.stack, error.suggestions, error.cause ?? null])).not.to.include(KEY)
  })

  it('cuts the key out of whatever the server says', async () => {
    const error = await failure(response => reply(response, 400, {error: {message: `no model for ${KEY} here`}}))
    expect(error).to.include({code: 'LLM_REQUEST_REFUSED', exit: 64})
    expect(error.message).to.include('[key]').and.not.to.include(KEY)
  })

  it('ends with 69 on a reply that is no JSON', async () => {
    const error = await failure(response => reply(response, 200, '{"choices": [{"mess'), {retries: 0})
    expect(error).to.have.property('exit', 69)
  })

  const unusable: Record<string, [Behaviour, RegExp]> = {
    'no choices': [response => reply(response, 200, {id: 'c', model: 'm', choices: []}), /empty/u],
    'an empty choice': [response => answer(response, ''), /empty/u],
    'prose without bullets': [response => answer(response, 'Сегодня было много новостей.'), /bullets/u],
    English: [
      response => answer(response, '- Physicists saw ice. [post](https://t.me/naked_science/11676)'),
      /Russian/u,
    ],
    'a link of its own': [
      response => answer(response, `${GOOD}\n- Ещё новость дня. [пост](https://example.com/1)`),
      /example\.com/u,
    ],
    'a link to another channel’s post': [
      response => answer(response, '- Новость дня. [пост](https://t.me/habr/11676)'),
      /habr/u,
    ],
    'no links': [response => answer(response, '- Физики впервые сняли лёд.'), /links to no post/u],
    'an answer cut off': [response => answer(response, GOOD, {finish: 'length'}), /cut off/u],
  }
  for (const [name, [behave, message]] of Object.entries(unusable))
    it(`refuses ${name} (65) after asking a second time and saying why`, async () => {
      const error = await failure(behave)
      expect(error).to.include({code: 'LLM_BAD_ANSWER', exit: 65})
      expect(error.message).to.match(message).and.to.include('2024-11-11')
      expect(server?.asked).to.have.length(2)
      expect(server?.asked[1]?.body.messages.at(-1)?.content).to.include('не годится')
    })

  const OTHER = '- Прошёл забег вампиров. [пост](https://t.me/naked_science/11677)'
  const LIST = `${GOOD}\n${OTHER}`
  const AROUND: Record<string, string> = {
    'a greeting and a farewell': `Конечно! Вот дайджест:\n\n${LIST}\n\nЕсли нужно, могу дополнить.`,
    'a farewell in the next line': `${LIST}\nНадеюсь, это поможет!`,
    'a farewell after the last link': `${LIST} Готово.`,
    'a greeting in the line of the first bullet': `Вот дайджест: ${LIST} Готово.`,
    'a fence in prose': `Вот дайджест:\n\`\`\`markdown\n${LIST}\n\`\`\``,
    'a fence of waves': `Вот:\n~~~\n${LIST}\n~~~\nВсё.`,
    'a table before': `| Событие | Пост |\n| --- | --- |\n| лёд | один |\n\n${LIST}`,
    'a bold title': `**Дайджест за 11 ноября**\n\n${LIST}`,
    'sections in bold': `**Наука**\n${GOOD}\n\n**Спорт**\n${OTHER}`,
    'a bullet that says nothing': `${LIST}\n- Если нужно, могу дополнить.`,
  }
  for (const [name, content] of Object.entries(AROUND))
    it(`asks once more for a list without ${name}, then keeps only the bullets`, async () => {
      const {summary_markdown} = await summarize(response => answer(response, content))
      expect(server?.asked).to.have.length(2)
      expect(server?.asked[1]?.body.messages.at(-1)?.content).to.match(/другой текст|не в каждом пункте/u)
      expect(summary_markdown.split('\n').slice(4).join('\n').trim()).to.equal(LIST)
    })

  it('keeps the bullets of the first answer when the second is worse', async () => {
    const {summary_markdown} = await summarize((response, _asked, count) =>
      answer(response, count === 1 ? `Вот:\n\n${LIST}` : ''),
    )
    expect(summary_markdown).to.include(LIST).and.not.include('Вот')
  })

  it('takes a list with dashes for what it is', async () => {
    const {summary_markdown} = await summarize(response => answer(response, LIST.replaceAll(/^- /gmu, '— ')))
    expect(server?.asked).to.have.length(1)
    expect(summary_markdown).to.include(LIST)
  })

  it('keeps lines and sub-bullets that belong to a bullet', async () => {
    const nested = `- Физики сняли\n  молекулярный лёд. [пост](https://t.me/naked_science/11676)\n  - Впервые.\n${OTHER}`
    const {summary_markdown} = await summarize(response => answer(response, nested))
    expect(server?.asked).to.have.length(1)
    expect(summary_markdown).to.include(nested)
  })

  const THINKING: Record<string, string> = {
    'a block': `<think>\nПрочту посты.\n- черновик [пост](https://t.me/naked_science/1)\n</think>\n\n${LIST}`,
    'its closing tag': `Прочту посты.\n- черновик\n</think>\n${LIST}`,
    'harmony’s channels': `<|channel|>analysis<|message|>Посты.<|end|><|start|>assistant<|channel|>final<|message|>${LIST}`,
    'steering tokens': `<|im_start|>assistant\n${LIST}<|im_end|>`,
  }
  for (const [name, content] of Object.entries(THINKING))
    it(`stores nothing of thinking: ${name}`, async () => {
      const {summary_markdown} = await summarize(response => answer(response, content))
      expect(server?.asked).to.have.length(1)
      expect(summary_markdown.split('\n').slice(4).join('\n').trim()).to.equal(LIST)
    })

  const AMBIGUOUS: Record<string, [string, RegExp]> = {
    'a draft and an answer': [`Черновик:\n${GOOD}\n\nИтог:\n${LIST}`, /text around its bullets/u],
    'news beside the list': [`Главное: лёд [пост](https://t.me/naked_science/11676).\n\n${OTHER}`, /text around/u],
    'mostly bullets without links': [`- Раз.\n- Два.\n- Три.\n${GOOD}`, /not every bullet/u],
    'an invented link among good ones': [
      `Вот:\n${LIST}\n- Выдумка дня. [пост](https://t.me/naked_science/99999)`,
      /99999 is no post of that day/u,
    ],
    'thinking that never ends': [`<think>\n${LIST}`, /empty/u],
    'Chinese in mid-sentence': [`- Физики 首次 сняли лёд. [пост](https://t.me/naked_science/11676)`, /Russian/u],
    'half a list': [`${GOOD}\n- Прошёл заб`, /not every bullet/u],
  }
  for (const [name, [content, message]] of Object.entries(AMBIGUOUS))
    it(`takes no digest from ${name} (65)`, async () => {
      const isWhole = name !== 'half a list'
      const error = await failure(response => answer(response, content, isWhole ? {} : {finish: 'length'}))
      expect(error).to.include({code: 'LLM_BAD_ANSWER', exit: 65})
      expect(error.message).to.match(isWhole ? message : /cut off/u)
    })

  it('takes a second answer that is better', async () => {
    const {summary_markdown} = await summarize((response, _asked, count) => answer(response, count === 1 ? '' : GOOD))
    expect(summary_markdown).to.include(GOOD)
  })

  it('stops while it waits when the run is interrupted', async () => {
    const controller = new AbortController()
    const reason = new Error('interrupted')
    const running = summarize(
      response => {
        reply(response, 429, {error: {message: 'wait'}}, {'retry-after': '30'})
        setTimeout(() => controller.abort(reason), 20)
      },
      {},
      controller.signal,
    )
    expect(await running.catch((error: unknown) => error)).to.equal(reason)
  })

  it('refuses to start without LLM_URL', () => {
    for (const url of [undefined, 'localhost'])
      expect(() => openaiSummarizer({model: 'small', url}))
        .to.throw(/LLM_URL/u)
        .and.satisfy((error: unknown) => hasCode(error, 'USAGE'))
  })

  it('has model and prompt in its name, so that another model means another digest', () => {
    expect(nameOf('a')).not.to.equal(nameOf('b'))
    expect(nameOf('a')).to.match(/^openai:a digest-ru-\d+$/u)
  })
})

function nameOf(model: string): string {
  return openaiSummarizer({model, url: 'http://localhost:1/v1'}).name
}

import {createHmac} from 'node:crypto'
import {chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

import {alertmanagerNotifier} from '#src/adapters/alertmanager.js'
import {emailNotifier} from '#src/adapters/email.js'
import {telegramHtml, telegramNotifier} from '#src/adapters/telegram.js'
import {webhookNotifier} from '#src/adapters/webhook.js'
import type {Notice} from '#src/domain/message.js'

import {LocalServer} from '../servers.ts'

const TOKEN = '12345:sehr-geheim'
const {signal} = new AbortController()
const CHANGE = {before: 'quiet', ended: null} as const

function message(...lines: string[]): Notice {
  return {key: '2024-11-25 alarm', kind: 'state', day: '2024-11-25', state: 'alarm', score: 'coverage', lines}
}

describe('telling Telegram', () => {
  const server = new LocalServer()
  let url: string
  before(async () => (url = await server.start()))
  after(() => server.stop())
  beforeEach(() => server.asked.splice(0))

  const notifier = () => telegramNotifier({url, chat: '-100', token: TOKEN, signal, firstWaitSeconds: 0})
  const fails = (error: unknown) => (error as Error).message

  it('sends HTML in which only the three characters are escaped, without a link preview', async () => {
    server.answer({status: 200})
    await notifier().send(message('Канал <b>&"', 'Полнота упала: −0,05'), CHANGE)
    expect(server.asked).to.have.length(1)
    expect(server.asked[0]).to.include({method: 'POST', path: `/bot${TOKEN}/sendMessage`})
    expect(server.asked[0]?.body).to.deep.equal({
      chat_id: '-100',
      text: '<b>Канал &lt;b&gt;&amp;"</b>\nПолнота упала: −0,05',
      parse_mode: 'HTML',
      link_preview_options: {is_disabled: true},
    })
  })

  it('cuts at a line, below the limit, and breaks neither an entity nor an emoji', () => {
    const long = telegramHtml(message('Заголовок', ...Array.from({length: 900}, (_, i) => `строка <${i}>`)))
    expect(long)
      .to.have.length.within(3300, 3510)
      .and.match(/строка &lt;\d+&gt;\n…$/u)
    const title = telegramHtml(message('🔴&'.repeat(2000)))
    expect(title)
      .to.have.length.below(4096)
      .and.match(/^<b>(?:🔴&amp;)+🔴?…<\/b>$/u)
  })

  it('waits as long as 429 says, and tries again', async () => {
    server.answer({status: 429, body: '{"ok":false,"parameters":{"retry_after":1}}'}, {status: 200})
    const from = performance.now()
    await notifier().send(message('a'), CHANGE)
    expect(server.asked).to.have.length(2)
    expect(performance.now() - from).to.be.above(990)
  })

  it('tries 500 three times more, then says so without the token', async () => {
    server.answer({status: 500, body: `{"description":"Internal error of bot${TOKEN}"}`})
    const problem = await notifier().send(message('a'), CHANGE).catch(fails)
    expect(server.asked).to.have.length(4)
    expect(problem).to.include('it answered 500').and.not.include('geheim')
  })

  it('does not repeat what was refused, and has no token in the error of a broken connection', async () => {
    server.answer({status: 400, body: '{"description":"chat not found"}'})
    expect(await notifier().send(message('a'), CHANGE).catch(fails)).to.include('chat not found')
    expect(server.asked).to.have.length(1)
    const nobody = telegramNotifier({url: 'http://127.0.0.1:1', chat: '1', token: TOKEN, signal, firstWaitSeconds: 0})
    expect(await nobody.send(message('a'), CHANGE).catch(fails))
      .to.be.a('string')
      .and.not.include('geheim')
  })
})

describe('telling a webhook', () => {
  it('signs body and time with the shared secret', async () => {
    const server = new LocalServer()
    try {
      const now = () => new Date('2024-11-26T03:30:00Z')
      const notifier = webhookNotifier({url: await server.start(), secret: 'shared', signal, now})
      await notifier.send(message('Полнота упала', 'Каналы: @habr'), CHANGE)
      const [asked] = server.asked
      const timestamp = String(Date.parse('2024-11-26T03:30:00Z') / 1000)
      const expected = createHmac('sha256', 'shared')
        .update(`${timestamp}.${JSON.stringify(asked?.body)}`)
        .digest('hex')
      expect(asked?.headers).to.include({'x-ep23-timestamp': timestamp, 'x-ep23-signature': `sha256=${expected}`})
      expect(asked?.body).to.include({
        day: '2024-11-25',
        state: 'alarm',
        before: 'quiet',
        text: 'Полнота упала\nКаналы: @habr',
      })
    } finally {
      await server.stop()
    }
  })
})

describe('telling Alertmanager', () => {
  const now = () => new Date('2024-11-26T03:30:00Z')

  it('gives an alert an end 26 hours ahead, and ends it at recovery under the same labels', async () => {
    const server = new LocalServer()
    try {
      const notifier = alertmanagerNotifier({url: await server.start(), signal, now})
      await notifier.send(message('Полнота упала', 'Каналы: @habr'), CHANGE)
      const quiet: Notice = {...message('Всё как обычно'), key: '2024-11-30 quiet', state: 'quiet', score: null}
      await notifier.send(quiet, {before: 'alarm', ended: 'coverage'})
      const [active, over] = server.asked.map(({path, body}) => ({path, alert: body[0]}))
      const labels = {alertname: 'DailyDigestsWorse', service: 'ep23-daily', score: 'coverage'}
      expect(active).to.deep.equal({
        path: '/api/v2/alerts',
        alert: {
          labels,
          annotations: {summary: 'Полнота упала', description: 'Каналы: @habr'},
          endsAt: '2024-11-27T05:30:00.000Z',
        },
      })
      expect(over?.alert).to.deep.equal({labels, annotations: {}, endsAt: '2024-11-26T03:30:00.000Z'})
    } finally {
      await server.stop()
    }
  })

  it('says nothing of a day to watch', async () => {
    const server = new LocalServer()
    try {
      const notifier = alertmanagerNotifier({url: await server.start(), signal, now})
      await notifier.send({...message('Возможно, хуже'), state: 'watch', score: null}, CHANGE)
      expect(server.asked).to.be.empty
    } finally {
      await server.stop()
    }
  })
})

describe('telling by e-mail', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ep23-mail-'))))
  afterEach(() => rmSync(folder, {recursive: true}))

  const program = (text: string): string => {
    const path = join(folder, 'sendmail')
    writeFileSync(path, `#!/bin/sh\n${text}\n`)
    chmodSync(path, 0o755)
    return path
  }

  it('hands a message with headers that hold Russian to the machine’s sendmail', async () => {
    const sendmail = program(`echo "$@" > ${folder}/args; cat > ${folder}/mail`)
    const title = '🔴 Полнота упала: −0,05 (−0,08 … −0,02), началось 12–16 ноября.'
    await emailNotifier({sendmail, to: 'team@example.test\nBcc: x@y.z', from: 'ep23@example.test', signal}).send(
      message(title, 'Каналы: @habr'),
      CHANGE,
    )
    const [head = '', body = ''] = readFileSync(join(folder, 'mail'), 'utf8').split('\n\n')
    expect(readFileSync(join(folder, 'args'), 'utf8')).to.equal('-t -i\n')
    expect(head).to.include('To: team@example.test Bcc: x@y.z').and.include('charset=utf-8')
    const words = [...head.matchAll(/=\?utf-8\?B\?(?<word>[^?]+)\?=/gu)].map(({groups}) => groups?.['word'] ?? '')
    expect(words.map(word => Buffer.from(word, 'base64').toString()).join('')).to.equal(title)
    for (const line of head.split('\n')) expect(line).to.have.length.at.most(85)
    expect(Buffer.from(body, 'base64').toString()).to.equal(`${title}\nКаналы: @habr\n`)
  })

  it('says what sendmail said', async () => {
    const sendmail = program('echo no route >&2; exit 69')
    const problem = await emailNotifier({sendmail, to: 'a@b.test', from: undefined, signal})
      .send(message('x'), CHANGE)
      .catch(error => error.message)
    expect(problem).to.include('ended with 69: no route')
  })
})

import {spawnSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {createRedactor} from '#src/telemetry/redact.js'
import {isSecretName, REDACTED, redactShapes} from '#src/telemetry/secret-shapes.js'
import {expect} from 'chai'
import * as fc from 'fast-check'

import maintained from '../../src/telemetry/secret-rules.json' with {type: 'json'}

const redactor = createRedactor()

/** Text that no rule can mistake for a secret, and that contains no secret by chance. */
const harmless = fc.stringMatching(/^[а-яё ,.!?—«»]{0,40}$/u)
const secret = fc.stringMatching(/^Zq9[A-Za-z0-9]{20,40}$/u)
const LEAK = /Zq9[A-Za-z0-9]/u

describe('secrets in text', () => {
  const hidden: [string, string][] = [
    ['mongodb://ann:pa55@db.example:27017/butler', `mongodb://${REDACTED}@db.example:27017/butler`],
    ['mongodb+srv://ann:p%40ss@a,b/butler?x=1', `mongodb+srv://${REDACTED}@a,b/butler?x=1`],
    ['https://token@host/path and redis://:pw@r', `https://${REDACTED}@host/path and redis://${REDACTED}@r`],
    ['mongodb://ann:p@ss@host/db', `mongodb://${REDACTED}@host/db`],
    ['mongodb://ann:pa/ss@host/db', `mongodb://${REDACTED}@host/db`],
    ['key sk-proj-abcDEF123_456 is wrong', `key ${REDACTED} is wrong`],
    ['Incorrect API key provided: sk-12345678.', `Incorrect API key provided: ${REDACTED}.`],
    ['Authorization: Bearer abc.def', `Authorization: ${REDACTED}`],
    ['sent Bearer abcdefghijklmnopqrst to x', `sent Bearer ${REDACTED} to x`],
    ['{"authorization":"Basic dXNlcjpwYXNz","x":1}', `{"authorization":"${REDACTED}","x":1}`],
    ['{"password":"a \\"b\\" c","x":1}', `{"password":"${REDACTED}","x":1}`],
    ['{\\"api_key\\":\\"abc def\\",\\"x\\":1}', `{\\"api_key\\":\\"${REDACTED}\\",\\"x\\":1}`],
    [`{apiKey: 'abc', x: 1}`, `{apiKey: '${REDACTED}', x: 1}`],
    ['GET /v1?api_key=abc&x=1', `GET /v1?api_key=${REDACTED}&x=1`],
    ['OPENAI_API_KEY=abc ep23 dataset:seed', `OPENAI_API_KEY=${REDACTED} ep23 dataset:seed`],
    ['password = hunter2', `password = ${REDACTED}`],
    ['jwt eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJ', `jwt ${REDACTED}`],
    ['bot 123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1 up', `bot ${REDACTED} up`],
    ['ghp_0123456789abcdefghijABCDEFGHIJ012345', REDACTED],
    ['-----BEGIN RSA PRIVATE KEY-----\nMII\nabc\n-----END RSA PRIVATE KEY-----', REDACTED],
    ['-----BEGIN PRIVATE KEY-----\nMII cut off', REDACTED],
  ]
  for (const [text, expected] of hidden)
    it(`are hidden: ${JSON.stringify(text)}`, () => expect(redactor.text(text)).to.equal(expected))

  const kept = [
    'https://t.me/@habr/123',
    'https://host:8080/@user',
    'https://habr.com/ru/articles/1/?utm=a@b',
    'user@example.org wrote',
    'prompt_tokens: 512, max_tokens=100',
    'the basic understanding of bearer bonds',
    'task-force risk-management desk-top-publishing',
    'channel: @habr, stage=seed, count: 12:30',
    'a secret was told; the token is gone',
    'at file:///srv/app/node_modules/x/index.js:10:5',
  ]
  for (const text of kept)
    it(`are not seen in ${JSON.stringify(text)}`, () => expect(redactor.text(text)).to.equal(text))

  // Made of one alphabet, so that what is left of any of them is recognised.
  const made = (length: number): string =>
    'Zq9aB3dE5fG7hJ2kL4mN6pQ8rS1tU3vW5xY7zA9bC2dE4fG6hJ8kL1mN3pQ5rS7tU9vW2xY4'.slice(0, length)
  const issued = {
    'a Telegram bot in a URL': `https://api.telegram.org/bot123456789:${made(35)}/sendMessage`,
    Google: `AIza${made(35)}`,
    Slack: `xoxb-123456789012-1234567890123-${made(24)}`,
    'a Slack hook': `https://hooks.slack.com/services/T00000000/B00000000/${made(24)}`,
    'Hugging Face': `hf_${made(34)}`,
    GitLab: `glpat-${made(20)}`,
    npm: `npm_${made(36)}`,
    Groq: `gsk_${made(52)}`,
    Stripe: `rk_live_${made(24)}`,
    'Yandex OAuth': `y0_AgAAAA${made(40)}`,
    'Yandex Cloud': `AQVN${made(35)}`,
    'Yandex IAM': `t1.${made(60)}.${made(70)}`,
    VK: `vk1.a.${made(70)}`,
    DigitalOcean: `dop_v1_${made(64)}`,
    Discord: `https://discord.com/api/webhooks/1234567890/${made(60)}`,
    'a signed URL': `https://s3.example.com/b/k?X-Amz-Date=1&X-Amz-Signature=${made(64)}`,
    'a key in a URL': `GET /v1/models?alt=json&key=${made(12)} failed`,
    'a cookie': `Cookie: session=${made(20)}; csrf=${made(10)}`,
    'a set cookie': `set-cookie: sid=${made(20)}; Path=/`,
    'a flag': `ep23 x --password ${made(7)}`,
    'a flag with =': `ep23 x --api-key=${made(20)}`,
    'curl -u': `curl -s -u admin:${made(8)} https://host/`,
    'curl --user': `curl --user "admin:${made(8)}" https://host/`,
    'пароль:': `пароль: ${made(8)}`,
    'Пароля «…»': `для пароля = «${made(8)}»`,
    'токен=': `токен=${made(16)}`,
    'токен бота': `токен бота: ${made(16)}`,
    'ключ API': `ключ API: ${made(16)}`,
    OPENAI_KEY: `OPENAI_KEY=${made(10)} node x.js`,
    DB_PASS: `{"DB_PASS": "${made(10)}"}`,
    'a connection string': `connection_string='Server=x;Pwd=${made(8)}'`,
    'a key header': `x-goog-api-key: ${made(39)}`,
    'an Api-Key': `sent Api-Key ${made(39)}`,
  }
  for (const [issuer, text] of Object.entries(issued))
    it(`are hidden: ${issuer}`, () => {
      for (const around of [text, `(${text})`, `"${text}",`, JSON.stringify({message: text}), `строка\n${text}\nещё`]) {
        const left = redactor.text(around)
        expect(left).to.include(REDACTED)
        expect(left, around).to.not.match(/Zq9|J2kL4m|5xY7zA/u)
      }
    })

  it('stay hidden when text is redacted again', () => {
    for (const [text] of hidden) expect(redactShapes(redactShapes(text)), text).to.equal(redactShapes(text))
  })

  it('leave everything around them as it was', () => {
    const shapes = fc.oneof(
      secret.map(value => `sk-${value}`),
      secret.map(value => `mongodb://${value}:${value}@host/db`),
      secret.map(value => `Bearer ${value}`),
      secret.map(value => `password=${value}`),
      secret.map(value => `{"client_secret": "${value}"}`),
    )
    fc.assert(
      fc.property(harmless, shapes, harmless, (before, shape, after) => {
        const text = redactor.text(`${before} ${shape} ${after}`)
        expect(text.startsWith(`${before} `) && text.endsWith(` ${after}`), text).to.equal(true)
        expect(text).to.include(REDACTED)
        expect(text).to.not.match(LEAK)
      }),
    )
  })

  it('do not make hostile text slow', () => {
    for (const part of [
      'password="',
      'https://a:',
      'eyJ-',
      '-----BEGIN PRIVATE KEY-----',
      'token:token:',
      '\\"secret\\":',
    ])
      redactor.text(part.repeat(20_000))
  })

  it('do not make text slow that is full of the words of a rule', function () {
    this.timeout(120_000)
    const slow: string[] = []
    for (const word of new Set(maintained.rules.map(({keywords}) => keywords[0] ?? '')))
      for (const filler of ['', '=', ':', ' = "', '_', '-aaaaaaaa', 'a'.repeat(500)]) {
        const text = `${word}${filler}`.repeat(35_000 / (word.length + filler.length))
        const from = process.cpuUsage()
        redactShapes(text.slice(0, 32_768))
        if (process.cpuUsage(from).user > 5e5) slow.push(`${word} ${JSON.stringify(filler.slice(0, 9))}`)
      }
    expect(slow).to.deep.equal([])
  })

  it('are seldom seen in what channels write, and then it is a key, a token or a password', function () {
    const channels = join(import.meta.dirname, '../../../shared/data/telegram')
    if (!existsSync(channels)) this.skip()
    const files = readdirSync(channels, {recursive: true, encoding: 'utf8'}).filter(name =>
      /\.(?:jsonl?|md|csv)$/u.test(name),
    )
    const alarms: string[] = []
    for (const name of files)
      for (const line of readFileSync(join(channels, name), 'utf8').split('\n'))
        for (let at = 0; at < line.length; at += 8000) {
          const text = line.slice(at, at + 8000)
          const left = redactShapes(text)
          if (left !== text) alarms.push(left.slice(Math.max(0, left.indexOf(REDACTED) - 20), left.indexOf(REDACTED)))
        }
    expect(files).to.not.have.length(0)
    for (const alarm of alarms) expect(alarm).to.match(/(?:token|password|key|pwd|пароль|токен)\W{0,4}$/iu)
  })

  it('are known by rules that are generated, not edited', function () {
    this.timeout(60_000)
    const check = spawnSync(process.execPath, [join(import.meta.dirname, '../../scripts/secret-rules.js'), '--check'], {
      encoding: 'utf8',
    })
    // Without Go or a network the source cannot be read.
    if (/ENOENT|Command failed: go/u.test(check.stderr)) this.skip()
    expect(check.stderr).to.equal('')
  })

  it('are hidden when they are known, whatever they look like', () => {
    const knowing = createRedactor(['correct horse', undefined, 'abc'])
    expect(knowing.text('the correct horse of abc')).to.equal(`the ${REDACTED} of abc`)
  })
})

describe('names of secret fields', () => {
  it('are recognised in any spelling', () => {
    for (const name of ['api_key', 'apiKey', 'APIKey', 'X-Api-Key', 'OPENAI_API_KEY', 'Authorization', 'dbPassword'])
      expect(isSecretName(name), name).to.equal(true)
    for (const name of ['token', 'access_token', 'botToken', 'clientSecret', 'set-cookie', 'credentials', 'passphrase'])
      expect(isSecretName(name), name).to.equal(true)
  })

  it('are texts under names that may mean a number or a table', () => {
    const hidden = {pass: 'x', auth: 'x', key: 'x', OPENAI_KEY: 'x', tokens: ['x'], signingKey: 'x', yandexKey: 'x'}
    for (const value of Object.values(redactor.value(hidden) as object)) expect(value).to.equal(REDACTED)
    const always = {bearer: 'x', connection_string: 'x', cookies: {a: 'x'}, authKey: 'x', MONGO_DSN: 'x'}
    for (const value of Object.values(redactor.value(always) as object)) expect(value).to.equal(REDACTED)
    const kept = {pass: 3, tokens: 512, key: 7, primary_key: 'digest_id', sortKey: 'day', auth: true, keys: []}
    expect(redactor.value(kept)).to.deep.equal(kept)
  })

  it('are not seen in names that only sound like them', () => {
    for (const name of [
      'tokens',
      'prompt_tokens',
      'max_tokens',
      'token_type',
      'tokenizer',
      'key',
      'author',
      'keyboard',
    ])
      expect(isSecretName(name), name).to.equal(false)
    for (const name of ['secretary', 'passed', 'compass', 'channel', 'monkey', 'password_length'])
      expect(isSecretName(name), name).to.equal(false)
  })
})

describe('secrets in values', () => {
  it('never get through, wherever in an object they are', () => {
    const plant = fc.letrec<{value: unknown}>(tie => ({
      value: fc.oneof(
        {depthSize: 'small'},
        secret.map(hiding => ({password: hiding})),
        secret.map(hiding => ({apiKey: {nested: hiding}})),
        secret.map(hiding => `Authorization: Bearer ${hiding}`),
        secret.map(hiding => new Error(`401 for sk-${hiding}`)),
        secret.map(hiding => Object.assign(new Error('x'), {token: hiding})),
        secret.map(hiding => new URL(`https://u:${hiding}@host/`)),
        secret.map(hiding => new Map([['secret', hiding]])),
        secret.map(hiding => new String(`sk-${hiding}`)),
        secret.map(hiding => ({toJSON: () => ({secret: hiding})})),
        fc.array(tie('value'), {maxLength: 3}),
        fc.dictionary(fc.string(), tie('value'), {maxKeys: 3}),
        tie('value').map(cause => new Error('outer', {cause})),
        tie('value').map(error => new AggregateError([error], 'several')),
        tie('value').map(value => new Set([value])),
      ),
    })).value
    fc.assert(
      fc.property(plant, value => {
        const written = JSON.stringify(redactor.value(value)) ?? ''
        expect(written).to.not.match(LEAK)
      }),
      {numRuns: 500},
    )
  })

  it('leave harmless values as they are', () => {
    fc.assert(
      fc.property(fc.dictionary(harmless, fc.oneof(harmless, fc.integer(), fc.boolean(), fc.constant(null))), value => {
        expect(redactor.value({value})).to.deep.equal({value: {...value}})
      }),
    )
  })

  it('keep whether there is one', () => {
    expect(redactor.value({password: null, token: false, secret: '', api_key: 7})).to.deep.equal({
      password: null,
      token: false,
      secret: '',
      api_key: REDACTED,
    })
  })

  it('are bounded in depth, breadth and length', () => {
    const deep = Array.from({length: 50}).reduce<unknown>(inner => ({inner}), 1)
    expect(JSON.stringify(redactor.value(deep))).to.include('[too deep]')
    expect(JSON.stringify(redactor.value('x'.repeat(1e6))).length).to.be.below(17_000)
    expect((redactor.value(Array.from({length: 5000}, () => 1)) as unknown[]).length).to.equal(1001)
    expect(
      Object.keys(redactor.value(Object.fromEntries(Array.from({length: 5000}, (_, i) => [i, i]))) as object),
    ).to.have.length(1001)
  })

  it('can be written as JSON, whatever they are', () => {
    const circular: Record<string, unknown> = {
      number: 1n,
      date: new Date('x'),
      bytes: Buffer.from('abc'),
      nan: Number.NaN,
    }
    circular['self'] = circular
    Object.defineProperty(circular, 'getter', {enumerable: true, get: () => JSON.parse('{')})
    expect(redactor.value(circular)).to.deep.equal({
      number: '1',
      date: 'Invalid Date',
      bytes: '[3 bytes]',
      nan: 'NaN',
      self: '[circular]',
      getter: '[unreadable]',
    })
    fc.assert(
      fc.property(
        fc.anything({
          withMap: true,
          withSet: true,
          withBigInt: true,
          withDate: true,
          withTypedArray: true,
          withBoxedValues: true,
        }),
        value => {
          JSON.stringify(redactor.value(value))
        },
      ),
    )
  })

  it("keep an error's own fields, its causes and its stack", () => {
    const error = Object.assign(new Error('outer', {cause: new TypeError('inner')}), {code: 'E_X', record: 7})
    const value = redactor.value(error) as Record<string, unknown>
    expect(value).to.include({name: 'Error', message: 'outer', code: 'E_X', record: 7})
    expect(value['stack']).to.match(/^Error: outer\n {4}at /u)
    expect(value['cause']).to.include({name: 'TypeError', message: 'inner'})
  })
})

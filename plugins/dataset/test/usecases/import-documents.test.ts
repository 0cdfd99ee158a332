import {readFileSync} from 'node:fs'

import {Ajv2020} from 'ajv/dist/2020.js'
import {inLanguage} from '@ep23/sdk'
import {expect} from 'chai'

import {importTemplate, TEMPLATE_KINDS} from '#src/usecases/import-template.js'
import {teamDatabase} from '../../../../test/helpers/team-database.ts'
import {sampleDigest, sampleReport} from '../sample/documents.ts'
import {imported} from '../sample/incoming.ts'

const SUMMARY = '# День\n\n- Открыт мост.\n'

function teamLine(day: number, change: object = {}): string {
  const created_at = `2024-11-${String(day).padStart(2, '0')}T18:00:00+00:00`
  return JSON.stringify({channel: '@city_news', summary: SUMMARY, items: [{text: 'Мост.'}], created_at, ...change})
}

describe('import-documents', () => {
  it('takes the team’s documents of every age', async () => {
    const {digests, review_reports} = teamDatabase({days: 8})
    const lines = (documents: object[]): string => documents.map(document => JSON.stringify(document)).join('\n')
    const first = await imported(lines(digests))
    expect(first.invalid).to.deep.equal([])
    expect(first.counts).to.include({read: 40, rejected: 0, inserted: 40, updated: 0, unchanged: 0})
    for (const {metadata, posts} of first.stored) {
      expect(metadata.origin).to.equal('team')
      expect(posts.length).to.be.at.least(3)
    }
    const second = await imported(lines(review_reports), 'review_reports')
    expect(second.counts).to.include({read: 40, inserted: 40})
  })

  it('takes the user’s word for where the team’s documents are from', async () => {
    const {stored} = await imported(teamLine(1), 'digests', {origin: 'telegram', model: 'qwen'})
    expect(stored[0]).to.include({digest_id: '@city_news:2024-11-01', summary_markdown: SUMMARY})
    expect(stored[0]?.['metadata']).to.include({origin: 'telegram', llm_model: 'qwen'})
  })

  it('takes its own documents back unchanged', async () => {
    const written_by = {kind: 'extractive', name: 'extractive', version: '1'}
    const digest = sampleDigest()
    Object.assign(digest['metadata'] as object, {written_by})
    expect((await imported(JSON.stringify(digest))).stored).to.deep.equal([digest])
    const review = sampleReport() as {report: {metadata: object}}
    Object.assign(review.report.metadata, {written_by: {...written_by, name: 'rules'}})
    expect((await imported(JSON.stringify(review), 'review_reports')).stored).to.deep.equal([review])
  })

  const documents = [teamLine(1), teamLine(2), teamLine(3)].map(line => JSON.parse(line) as object)
  for (const [form, content] of [
    [
      'JSON Lines with a byte order mark and Windows line ends',
      `\uFEFF${documents.map(d => JSON.stringify(d)).join('\r\n')}\r\n`,
    ],
    ['an array on one line', JSON.stringify(documents)],
    ['a printed array', JSON.stringify(documents, null, 2)],
    ['printed documents one after another', documents.map(d => JSON.stringify(d, null, 2)).join('\n')],
  ] as const)
    it(`reads ${form}`, async () => {
      const {counts, invalid} = await imported(content)
      expect(invalid).to.deep.equal([])
      expect(counts).to.include({read: 3, inserted: 3})
    })

  it('reads Extended JSON, canonical and relaxed', async () => {
    const canonical = {
      _id: {$oid: '6730c8d1f0a1b2c3d4e5f607'},
      channel: 'city_news',
      summary_markdown: SUMMARY,
      posts: [
        {
          message_id: {$numberLong: '9223372036854775807'},
          text: 'Мост.',
          date: {$date: {$numberLong: '1730450000000'}},
        },
      ],
      latency_seconds: {$numberDouble: '1.5'},
      created_at: {$date: {$numberLong: '1730480400000'}},
      metadata: {llm_model: 'm', time_range_hours: {$numberInt: '24'}},
    }
    const relaxed = {...canonical, created_at: {$date: '2024-11-02T17:00:00Z'}, latency_seconds: 1.5}
    const {stored, invalid} = await imported(`${JSON.stringify(canonical)}\n${JSON.stringify(relaxed)}`)
    expect(invalid).to.deep.equal([])
    const [first, second] = stored
    expect(first?.['posts'][0]).to.deep.equal({
      post_id: '9223372036854775807',
      published_at: new Date(1730450000000),
      text: 'Мост.',
    })
    expect(first).to.deep.include({latency_seconds: 1.5, created_at: new Date(1730480400000)})
    expect(second).to.deep.include({latency_seconds: 1.5, created_at: new Date('2024-11-02T17:00:00Z')})
    expect(first?.['metadata'].time_range_hours).to.equal(24)
  })

  for (const [what, bad, reason] of [
    ['__proto__', teamLine(2).replace('{', '{"__proto__": {"x": 1},'), /__proto__/u],
    ['$where', teamLine(2, {$where: '1'}), /\$where.*starts with \$/u],
    ['a.b', teamLine(2, {metadata: {'a.b': 1}}), /a\.b.*has a dot/u],
    ['half a surrogate pair', teamLine(2).replace('Мост', String.raw`\ud83d`), /half of a surrogate pair/u],
    ['an endless line', `{"summary": "${'x'.repeat(17 * 1024 * 1024)}"}`, /longer than 16 MiB/u],
    ['no JSON', '{"channel": ', /invalid JSON/u],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), /not valid UTF-8/u],
    [
      'a number that would be rounded',
      teamLine(2).replace('{', '{"score": 12345678901234567890,'),
      /12345678901234567890 is beyond 2\^53/u,
    ],
    ['a year before Telegram', teamLine(2, {created_at: '1970-01-01T00:00:00Z'}), /created_at: .*2013/u],
    ['a year far ahead', teamLine(2, {created_at: '20241-01-01T00:00:00Z'}), /created_at/u],
    ['a text', '"text"', /not an object/u],
    ['the same key again', teamLine(1), /a second document for @city_news/u],
  ] as const)
    it(`counts a record with ${what} as read and rejected, with its line, and brings the rest in`, async () => {
      const content = Buffer.concat([teamLine(1), '\n', bad, '\n', teamLine(3), '\n'].map(part => Buffer.from(part)))
      const {counts, invalid} = await imported(content)
      expect(counts).to.include({read: 3, rejected: 1, inserted: 2})
      expect(invalid).to.have.length(1)
      expect(invalid[0]).to.include({line: 2})
      expect(invalid[0]?.reason).to.match(reason)
    })

  it('names every problem of a record at once', async () => {
    const own = {...sampleDigest(), created_at: 'soon', language: 'русский', latency_seconds: -1, posts: [{text: 5}]}
    const {invalid} = await imported(`${JSON.stringify(own)}\n${teamLine(1)}`)
    for (const field of ['/created_at', '/language', '/latency_seconds', '/posts/0/text'])
      expect(invalid[0]?.reason).to.include(field)
    const {invalid: ofTeam} = await imported(`{"created_at": "2024-11-01"}\n${teamLine(1)}`)
    for (const field of ['/channel', '/summary_markdown', '/posts']) expect(ofTeam[0]?.reason).to.include(field)
    expect(await inLanguage(ofTeam[0]?.reason ?? '', 'ru')).to.equal(
      '/channel: не хватает: имя канала; /summary_markdown: не хватает: текст дайджеста; /posts: не хватает: пост с текстом',
    )
  })

  it('holds numbers to their limits', async () => {
    const judged = (scores: object): object => ({quality: {llm_judge: {judge_model: 'j', scores}}})
    for (const [change, field] of [
      [{latency_seconds: 100_000}, '/latency_seconds'],
      [{metadata: {...(sampleDigest()['metadata'] as object), time_range_hours: 9000}}, '/metadata/time_range_hours'],
      [judged({coverage: 1.2}), '/quality/llm_judge/scores/coverage'],
    ] as const) {
      const {invalid} = await imported(`${JSON.stringify({...sampleDigest(), ...change})}\n${teamLine(1)}`)
      expect(invalid[0]?.reason).to.include(field)
    }
  })

  it('writes nothing of a partly bad file without --skip-invalid', async () => {
    const bad = imported(`${teamLine(1)}\n{"channel": 1}\n`, 'digests', {skipInvalid: false})
    const error = await bad.then(
      () => undefined,
      (reason: unknown) => reason as Error,
    )
    expect(error).to.include({code: 'SOURCE_INVALID', exit: 65})
    expect(error?.message).to.include('line 2').and.include('/channel')
  })

  for (const content of ['', '\n\n', '[]', '{"channel": 1}\n'])
    it(`ends with 65 when nothing came in of ${JSON.stringify(content)}`, async () => {
      const error = await imported(content).then(
        () => undefined,
        (reason: unknown) => reason as Error,
      )
      expect(error).to.include({code: 'DATASET_NOTHING_IMPORTED', exit: 65})
    })

  for (const kind of TEMPLATE_KINDS)
    it(`takes its own template of ${kind}`, async () => {
      const template = importTemplate(kind)
      const content = template.map(record => JSON.stringify(record)).join('\n')
      const {counts, invalid} = await imported(content, kind === 'digests' ? 'digests' : 'review_reports')
      expect(invalid).to.deep.equal([])
      expect(counts.inserted).to.equal(template.length)
    })

  it('publishes a schema that accepts templates and the team’s documents, and no others', () => {
    const {digests, review_reports} = teamDatabase({days: 8})
    const json = (documents: object[]): unknown[] => JSON.parse(JSON.stringify(documents)) as unknown[]
    for (const [name, documents] of [
      ['digests', [...json(digests), ...importTemplate('digests'), ...json([sampleDigest()])]],
      ['review_reports', [...json(review_reports), ...importTemplate('reviews'), ...json([sampleReport()])]],
    ] as const) {
      const file = new URL(`../../schemas/import/${name}.schema.json`, import.meta.url)
      const validate = new Ajv2020({strict: false}).compile(JSON.parse(readFileSync(file, 'utf8')) as object)
      for (const document of documents) expect(validate(document), JSON.stringify(validate.errors)).to.equal(true)
      for (const bad of [{}, [], 'text', {channel: '@city_news'}, {...(documents[0] as object), created_at: 'soon'}])
        expect(validate(bad)).to.equal(false)
    }
  })
})

import {readdirSync, readFileSync} from 'node:fs'

import {Ajv2020} from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import {inLanguage} from '@ep23/sdk'
import {expect} from 'chai'
import * as fc from 'fast-check'

import {Digest} from '#src/domain/digest.js'
import {ReviewReport} from '#src/domain/review-report.js'
import * as judges from '#src/usecases/document-judges.js'
import {documentSchemas} from '#src/usecases/document-schemas.js'
import {explainRecord, documentValidators} from '#src/usecases/validate-documents.js'
import {sampleDigest, sampleReport} from '../sample/documents.ts'

const JSON_SUITE = new URL('../../../../../shared/data/bad-input/json-test-suite/test_parsing/', import.meta.url)
type Spoil = (record: Record<string, any>) => void // eslint-disable-line typescript/no-explicit-any

const validators = documentValidators()
const documents = {
  digest: {sample: sampleDigest, judge: judges.digest, explain: (record: unknown) => explainRecord(record, Digest)},
  reviewReport: {
    sample: sampleReport,
    judge: judges.reviewReport,
    explain: (record: unknown) => explainRecord(record, ReviewReport),
  },
}

const BAD_DIGESTS: Record<string, [Spoil, pointer: string]> = {
  'no key': [digest => delete digest['digest_id'], '/digest_id'],
  'a key with a blank': [digest => (digest['digest_id'] = '@naked_science 2024-11-11'), '/digest_id'],
  'an empty summary': [digest => (digest['summary_markdown'] = ''), '/summary_markdown'],
  'a number as summary': [digest => (digest['summary_markdown'] = 7), '/summary_markdown'],
  'a language in words': [digest => (digest['language'] = 'русский'), '/language'],
  'no posts': [digest => (digest['posts'] = []), '/posts'],
  'posts that are not a list': [digest => (digest['posts'] = {}), '/posts'],
  'a post that is null': [digest => (digest['posts'][1] = null), '/posts'],
  'a post that is a list': [digest => (digest['posts'][0] = []), '/posts'],
  'a nested post without text': [digest => delete digest['posts'][1].text, '/posts/1/text'],
  'a nested post with an empty number': [digest => (digest['posts'][0].post_id = ''), '/posts/0/post_id'],
  'a nested date as text': [
    digest => (digest['posts'][1].published_at = '2024-11-11T08:03:47Z'),
    '/posts/1/published_at',
  ],
  'a nested date that is invalid': [
    digest => (digest['posts'][0].published_at = new Date(Number.NaN)),
    '/posts/0/published_at',
  ],
  'a nested link without protocol': [digest => (digest['posts'][0].url = 't.me/naked_science/1'), '/posts/0/url'],
  'a created_at in seconds': [digest => (digest['created_at'] = 1_731_358_799), '/created_at'],
  'flags that are a list': [digest => (digest['feature_flags'] = []), '/feature_flags'],
  'a flag that is text': [digest => (digest['feature_flags'] = {mmr: 'yes'}), '/feature_flags'],
  'a negative latency': [digest => (digest['latency_seconds'] = -0.1), '/latency_seconds'],
  'a latency that is not a number': [digest => (digest['latency_seconds'] = Number.NaN), '/latency_seconds'],
  'metadata that is null': [digest => (digest['metadata'] = null), '/metadata'],
  'metadata that is a list': [digest => (digest['metadata'] = []), '/metadata'],
  'an origin of its own': [digest => (digest['metadata'].origin = 'invented'), '/metadata/origin'],
  'a short hash': [digest => (digest['metadata'].source_sha256 = 'abc'), '/metadata/source_sha256'],
  'a judge without scores': [digest => delete digest['quality'].llm_judge.scores, '/quality/llm_judge/scores'],
  'a score in words': [
    digest => (digest['quality'].llm_judge.scores = {coverage: 'good'}),
    '/quality/llm_judge/scores',
  ],
}

const BAD_REPORTS: Record<string, [Spoil, pointer: string]> = {
  'no passes': [report => (report['report'].passes = []), '/report/passes'],
  'a pass without a name': [report => delete report['report'].passes[1].pass_name, '/report/passes/1/pass_name'],
  'a finding without a title': [
    report => delete report['report'].passes[1].findings[0].title,
    '/report/passes/1/findings/0/title',
  ],
  'a recommendation that is a number': [
    report => (report['report'].passes[1].recommendations = [1]),
    '/report/passes/1/recommendations',
  ],
  'an infinite score': [report => (report['report'].passes[0].scores.links = Infinity), '/report/passes/0/scores'],
  'an empty synthesis': [report => (report['report'].synthesis = ''), '/report/synthesis'],
  'a body that is text': [report => (report['report'] = 'fine'), '/report'],
}

describe('validate-documents', () => {
  it('accepts the fine samples', () => {
    expect(validators.digest(sampleDigest())).to.deep.equal([])
    expect(validators.reviewReport(sampleReport())).to.deep.equal([])
  })

  it('accepts null where a field is optional, as the team’s Python tools write it', () => {
    const digest = {...sampleDigest(), quality: null, latency_seconds: null}
    expect(validators.digest(digest)).to.deep.equal([])
  })

  for (const [name, [spoil, pointer]] of Object.entries(BAD_DIGESTS))
    it(`refuses a digest with ${name}, and both validators say so`, () => expectRefused('digest', spoil, pointer))

  for (const [name, [spoil, pointer]] of Object.entries(BAD_REPORTS))
    it(`refuses a report with ${name}, and both validators say so`, () => expectRefused('reviewReport', spoil, pointer))

  it('says what is broken in Russian, too', async () => {
    const broken = [
      ...Object.values(BAD_DIGESTS).map(([spoil]) => ['digest', spoil] as const),
      ...Object.values(BAD_REPORTS).map(([spoil]) => ['reviewReport', spoil] as const),
    ].flatMap(([kind, spoil]) => {
      const record = documents[kind].sample()
      spoil(record)
      return documents[kind].explain(record)
    })
    const said = await Promise.all(broken.map(async ({message}) => inLanguage(message, 'ru')))
    expect(said.filter(text => /[a-z]{3,}/u.test(text.replace(/^допустимо только .*/u, '')))).to.deep.equal([])
  })

  it('refuses own documents whose key is not their channel and day, and own documents without a hash', () => {
    const pointersOf = (fields: object): string[] =>
      validators.digest({...sampleDigest(), ...fields}).map(problem => problem.pointer)
    expect(pointersOf({channel: '@habr'})).to.deep.equal(['/digest_id'])
    expect(pointersOf({digest_id: '@Naked_Science:2024-11-11'})).to.deep.equal(['/digest_id'])
    expect(pointersOf({digest_id: '@naked_science'})).to.deep.equal(['/digest_id'])
    const {source_sha256: _, ...metadata} = sampleDigest()['metadata'] as Record<string, unknown>
    expect(pointersOf({metadata})).to.deep.equal(['/metadata/source_sha256'])
  })

  it('lets the team’s documents keep their own keys, have no hash, and posts without ids and dates', () => {
    const metadata = {origin: 'team', llm_model: 'qwen'}
    const digest = {...sampleDigest(), digest_id: '@naked_science-20241111-1', posts: [{text: 'Пост.'}], metadata}
    expect(validators.digest(digest)).to.deep.equal([])
    expect(validators.digest({...digest, metadata: {...metadata, origin: 'telegram'}})).to.have.length(2)
  })

  it('names a refused value that is no object at all', () => {
    for (const value of [null, 7, 'text', [], true]) expect(validators.digest(value)).to.have.length(1)
  })

  it('judges a record by its fields alone, whatever names JSON gives to others', () => {
    const odd: unknown = JSON.parse('{"__proto__": {"channel": 1}, "constructor": 1, "hasOwnProperty": 1}')
    const digest = Object.create(null, {
      ...Object.getOwnPropertyDescriptors(odd),
      ...Object.getOwnPropertyDescriptors(sampleDigest()),
    }) as object
    expect(judges.digest(digest)).to.equal(true)
    expect(explainRecord(digest, Digest)).to.deep.equal([])
  })

  it('finds the two validators of one mind on records spoiled at random', () => {
    for (const {sample, judge, explain} of Object.values(documents))
      fc.assert(
        fc.property(
          fc.nat(),
          fc.oneof(fc.jsonValue(), fc.date(), fc.constant(undefined), fc.webUrl()),
          (place, value) => {
            const record = replaceAt(sample(), place, value)
            expect(judge(record), JSON.stringify(record)).to.equal(explain(record).length === 0)
          },
        ),
        {numRuns: 1500, seed: 23},
      )
  })

  it('refuses every text that JSON allows but no digest is', () => {
    const files = readdirSync(JSON_SUITE).filter(name => name.startsWith('y_'))
    expect(files).to.have.length(95)
    for (const file of files) {
      const record: unknown = JSON.parse(readFileSync(new URL(file, JSON_SUITE), 'utf8'))
      for (const [kind, {judge, explain}] of Object.entries(documents)) {
        expect(judge(record), file).to.equal(false)
        expect(explain(record), file).not.to.be.empty
        expect(validators[kind as keyof typeof validators](record), file).not.to.be.empty
      }
    }
  })

  it('publishes schemas that plain ajv reads and that accept a document gone through JSON', () => {
    const ajv = new Ajv2020({strictTypes: false})
    addFormats.default(ajv)
    const {digest, reviewReport} = documentSchemas('text')
    expect(ajv.validate(digest, JSON.parse(JSON.stringify(sampleDigest())))).to.equal(true)
    expect(ajv.validate(reviewReport, JSON.parse(JSON.stringify(sampleReport())))).to.equal(true)
    expect(ajv.validate(digest, {...JSON.parse(JSON.stringify(sampleDigest())), created_at: 'yesterday'})).to.equal(
      false,
    )
  })
})

function expectRefused(kind: keyof typeof documents, spoil: Spoil, pointer: string): void {
  const record = documents[kind].sample()
  spoil(record)
  expect(documents[kind].judge(record), 'ajv').to.equal(false)
  expect(
    documents[kind].explain(record).map(problem => problem.pointer),
    'class-validator',
  ).to.include(pointer)
  expect(validators[kind](record).map(problem => problem.pointer)).to.include(pointer)
}

// Replaces the n-th value of the record, counted through all levels; undefined removes it.
function replaceAt(record: Record<string, unknown>, place: number, value: unknown): Record<string, unknown> {
  const slots: [Record<string, unknown>, string][] = []
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || node instanceof Date) return
    for (const key of Object.keys(node)) {
      slots.push([node as Record<string, unknown>, key])
      collect((node as Record<string, unknown>)[key])
    }
  }
  collect(record)
  const [parent, key] = slots[place % slots.length] ?? [record, '']
  if (value === undefined && !Array.isArray(parent)) delete parent[key]
  else parent[key] = value
  return record
}

import {readFileSync} from 'node:fs'

import {explainRecord} from '@ep23/plugin-dataset/entities'
import {expect} from 'chai'

import {DigestRecord, ReviewRecord} from '#src/domain/export-record.js'
import {toDigestRecord, toReviewRecord} from '#src/domain/to-record.js'
import {builtInExporters} from '#src/usecases/built-in-exporters.js'
import {schemaDrift} from '#src/usecases/committed-schema.js'
import {recordSchemas} from '#src/usecases/record-schemas.js'
import {recordValidator} from '#src/usecases/record-validator.js'
import {sampleDigests, sampleReview} from '../sample/documents.ts'

const [digest, judged] = sampleDigests({days: 2})
if (!digest || !judged) throw new Error('there are two digests')

type Spoil = (record: Record<string, never>) => unknown
const spoilt = (record: object, spoil: Spoil): unknown => {
  const copy = structuredClone(record)
  spoil(copy as Record<string, never>)
  return copy
}

describe('the schema of a record', () => {
  const validate = recordValidator(recordSchemas().digests, 'digests')
  const record = toDigestRecord(judged)

  it('takes what the exporters write', () => {
    expect(validate(toDigestRecord(digest))).to.deep.equal([])
    expect(validate(record)).to.deep.equal([])
    expect(
      recordValidator(recordSchemas().review_reports, 'reviews')(toReviewRecord(sampleReview(digest))),
    ).to.deep.equal([])
  })

  const bad: [string, string, Spoil][] = [
    ['no channel', '', r => delete r['channel']],
    ['a channel that is none', '/channel', r => Object.assign(r, {channel: 'habr'})],
    ['a latency as text', '/latency_seconds', r => Object.assign(r, {latency_seconds: '12'})],
    ['a negative latency', '/latency_seconds', r => Object.assign(r, {latency_seconds: -1})],
    ['a timestamp without zone', '/timestamp', r => Object.assign(r, {timestamp: '2024-11-04T20:59:59'})],
    ['an unknown origin', '/metadata/origin', r => Object.assign(r['metadata'] ?? {}, {origin: 'guess'})],
    [
      'a flag that is none',
      '/metadata/feature_flags/mmr',
      r => Object.assign(r['metadata'] ?? {}, {feature_flags: {mmr: 'yes'}}),
    ],
    ['no posts', '/metadata/posts_count', r => Object.assign(r['metadata'] ?? {}, {posts_count: 0})],
    [
      'a score as text',
      '/ground_truth/llm_judge/scores/coverage',
      r => Object.assign(r, {ground_truth: {llm_judge: {judge_model: 'j', scores: {coverage: '1'}}}}),
    ],
    ['an empty summary', '/summary_markdown', r => Object.assign(r, {summary_markdown: ''})],
  ]
  for (const [what, pointer, spoil] of bad)
    it(`refuses ${what} and points at it, and class-validator agrees`, () => {
      const broken = spoilt(record, spoil)
      expect(validate(broken).map(problem => problem.pointer)).to.include(pointer)
      expect(explainRecord(broken, DigestRecord)).to.not.deep.equal([])
    })

  it('refuses a field that nobody declared, in any depth', () => {
    expect(validate(spoilt(record, r => Object.assign(r, {extra: 1})))).to.deep.equal([
      {pointer: '/extra', message: 'is a field that the schema does not know'},
    ])
    expect(validate(spoilt(record, r => Object.assign(r['metadata'] ?? {}, {'a/b': 1})))[0]?.pointer).to.equal(
      '/metadata/a~1b',
    )
  })

  it('is one with the decorators for fine records, too', () => {
    expect(explainRecord(record, DigestRecord)).to.deep.equal([])
    expect(explainRecord(toReviewRecord(sampleReview(digest)), ReviewRecord)).to.deep.equal([])
  })

  it('may be a draft-07 schema of somebody else’s', () => {
    const theirs = recordValidator(
      {$schema: 'http://json-schema.org/draft-07/schema#', type: 'object', properties: {at: {format: 'date-time'}}},
      'theirs',
    )
    expect(theirs({at: '2024-11-04T00:00:00Z'})).to.deep.equal([])
    expect(theirs({at: 'yesterday'})).to.have.lengthOf(1)
  })

  it('is refused by name when it is no schema', () => {
    expect(() => recordValidator({type: 'nonsense'}, 'team.schema.json'))
      .to.throw(/team.schema.json is not a usable JSON Schema/u)
      .with.property('exit', 65)
  })
})

describe('the committed schemas', () => {
  for (const exporter of builtInExporters)
    it(`are what the classes of ${exporter.name} say today: else run exporters:schema ${exporter.name} and commit`, async () => {
      const committed = JSON.parse(readFileSync(exporter.schemaSnapshot as URL, 'utf8')) as Record<string, unknown>
      expect(schemaDrift(committed, await exporter.schema())).to.deep.equal([])
    })

  it('say of every drift which path it is', async () => {
    const schema = recordSchemas().digests
    const drifted = structuredClone(schema) as {properties: Record<string, Record<string, unknown>>; required: string[]}
    drifted.properties['latency_seconds'] = {type: 'string'}
    delete drifted.properties['language']
    drifted.properties['a/new'] = {type: 'string'}
    drifted.required = ['channel']
    expect(schemaDrift(schema, drifted as never).map(({pointer}) => pointer)).to.have.members([
      '/properties/latency_seconds/minimum',
      '/properties/latency_seconds/type',
      '/properties/language',
      '/properties/a~1new',
      '/required',
    ])
  })
})

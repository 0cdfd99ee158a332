import {expect} from 'chai'

import {canonicalJson} from '#src/domain/canonical-json.js'
import {toDigestRecord, toReviewRecord} from '#src/domain/to-record.js'
import {changed, sampleDigests, sampleReview} from '../sample/documents.ts'

describe('a record', () => {
  const [first, second] = sampleDigests({days: 2})
  if (!first || !second) throw new Error('there are two digests')

  it('of a digest holds its posts as the source and nothing of the run that made it', () => {
    expect(toDigestRecord(second)).to.deep.equal({
      channel: '@alpha_news',
      ground_truth: {llm_judge: {judge_model: 'judge-1', scores: {accuracy: 1, coverage: 0.5}}},
      language: 'ru',
      metadata: {
        feature_flags: {dedup: false, mmr: true},
        llm_model: 'extractive-1',
        origin: 'telegram',
        posts_count: 2,
        time_range_hours: 24,
      },
      sample_id: '@alpha_news:2024-11-05',
      source_text: 'Первый пост 2024-11-05.\n\nЗаголовок\nВторой пост.',
      summary_markdown: '# @alpha_news\n\n- Главное за 2024-11-05. [Пост](https://t.me/alpha_news/1)',
      timestamp: '2024-11-05T20:59:59.999Z',
    })
  })

  it('of a review holds the passes as the source and the synthesis as the summary', () => {
    const record = toReviewRecord(sampleReview(first))
    expect(record.source_text).to.equal(
      '## structure\n\nЗаголовок на месте.\n\n## coverage\n\nНет одного поста.\n\n- **Пропущен пост**: 11677\n- Добавить пост.',
    )
    expect(record.summary_markdown).to.equal('Дайджест полон.')
    expect(record.metadata).to.include({passes_count: 2, origin: 'synthetic'}).and.not.have.property('posts_count')
  })

  it('stands in canonical order already, so that writing it costs one JSON.stringify', () => {
    for (const record of [toDigestRecord(first), toDigestRecord(second), toReviewRecord(sampleReview(first))])
      expect(JSON.stringify(record)).to.equal(canonicalJson(record))
  })

  it('leaves out what was not measured or stored as null', () => {
    expect(toDigestRecord(first)).to.have.property('latency_seconds', 0.25)
    expect(toDigestRecord(second)).to.not.have.property('latency_seconds')
    const nulls = changed(first, {latency_seconds: null, quality: {llm_judge: null}})
    expect(toDigestRecord(nulls)).to.not.have.property('latency_seconds')
    expect(toDigestRecord(nulls).ground_truth).to.deep.equal({})
  })
})

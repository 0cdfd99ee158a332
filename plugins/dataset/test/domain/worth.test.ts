import {expect} from 'chai'

import {digestKind, reviewKind} from '#src/domain/document-kind.js'
import type {Digest} from '#src/domain/digest.js'
import type {ReviewReport} from '#src/domain/review-report.js'
import type {WriterKind} from '#src/domain/document-values.js'
import {reasonToKeep, type Version} from '#src/domain/worth.js'
import {sha256OfJson, writerOf} from '#src/usecases/writer-of.js'

const posts = (count: number, word = 'новость') =>
  Array.from({length: count}, (_, index) => ({post_id: String(index), text: `${word} ${index}`}))

function version(kind: WriterKind, options: {name?: string; count?: number; word?: string} = {}): Version {
  const {name = kind, count = 5, word = 'новость'} = options
  return {writer: {kind, name}, origin: kind === 'synthetic' ? 'synthetic' : 'telegram', posts: posts(count, word)}
}

describe('the rule of worth', () => {
  const order: WriterKind[] = ['synthetic', 'extractive', 'model', 'team']
  for (const [low, less] of order.entries())
    for (const more of order.slice(low + 1))
      it(`lets ${more} replace ${less}, and never the other way`, () => {
        expect(reasonToKeep(version(less), version(more))).to.equal(undefined)
        expect(reasonToKeep(version(more), version(less))).to.include('worth more')
      })

  it('takes a person and the team for worth the same', () => {
    expect(reasonToKeep(version('team'), version('person'))).to.equal(undefined)
    expect(reasonToKeep(version('person'), version('team'))).to.equal(undefined)
  })

  it('keeps what was made from more posts, whoever writes now', () => {
    for (const kind of ['extractive', 'model', 'team'] as const)
      expect(reasonToKeep(version('extractive', {count: 9}), version(kind, {count: 8}))).to.equal(
        'made from 9 posts, there are 8 now',
      )
    expect(reasonToKeep(version('extractive', {count: 2}), version('extractive', {count: 1}))).to.equal(
      'made from 2 posts, there is 1 now',
    )
  })

  it('counts no posts of a synthetic digest against a real one', () => {
    expect(reasonToKeep(version('synthetic', {count: 9}), version('extractive', {count: 2}))).to.equal(undefined)
    expect(reasonToKeep(version('synthetic', {count: 9}), version('synthetic', {count: 2}))).to.equal(undefined)
  })

  it('lets a model write again only from other posts, and another model only from more', () => {
    const stored = version('model', {name: 'large'})
    expect(reasonToKeep(stored, version('model', {name: 'large'}))).to.include('the model large from the same posts')
    expect(reasonToKeep(stored, version('model', {name: 'large', word: 'правка'}))).to.equal(undefined)
    expect(reasonToKeep(stored, version('model', {name: 'small'}))).to.include('from the same posts')
    expect(reasonToKeep(stored, version('model', {name: 'small', word: 'правка'}))).to.include('no more posts')
    expect(reasonToKeep(stored, version('model', {name: 'small', count: 6}))).to.equal(undefined)
  })

  it('lets the same kind write again from as many posts', () => {
    expect(reasonToKeep(version('extractive'), version('extractive'))).to.equal(undefined)
    expect(reasonToKeep(version('extractive'), version('extractive', {count: 6}))).to.equal(undefined)
  })
})

describe('who wrote a document', () => {
  const digest = (metadata: Partial<Digest['metadata']>): Digest =>
    ({posts: posts(2), metadata: {origin: 'telegram', ...metadata}}) as unknown as Digest
  const kindOf = (metadata: Partial<Digest['metadata']>): string => writerOf(digestKind, digest(metadata)).kind
  const ours = {source_sha256: 'a'.repeat(64)}

  it('is what the document says', () => {
    const written_by = {kind: 'person', name: 'Анна'} as const
    expect(writerOf(digestKind, digest({...ours, llm_model: 'extractive-1', written_by}))).to.equal(written_by)
  })

  it('is told from the rest of an older document, whatever its run is called', () => {
    for (const run_id of ['20261128T100000Z-0123456789ab', 'nightly-42', undefined]) {
      const run = run_id === undefined ? {} : {run_id}
      expect(kindOf({...ours, ...run, origin: 'synthetic', generator: 'ru-grammar-1 seed=23'})).to.equal('synthetic')
      expect(kindOf({...ours, ...run, llm_model: 'extractive-1'})).to.equal('extractive')
      expect(kindOf({...ours, ...run, llm_model: 'gpt-4o-mini'})).to.equal('model')
      expect(kindOf({...run, llm_model: 'gpt-4o-mini'})).to.equal('team')
      expect(kindOf({...run, llm_model: 'gpt-4o-mini', origin: 'team'})).to.equal('team')
      const imported = {source_sha256: sha256OfJson(posts(2)), llm_model: 'gpt-4o-mini'}
      expect(kindOf({...run, ...imported})).to.equal('team')
    }
  })

  it('keeps name and version apart', () => {
    expect(
      writerOf(digestKind, digest({...ours, origin: 'synthetic', generator: 'ru-grammar-1 seed=23'})),
    ).to.deep.equal({
      kind: 'synthetic',
      name: 'ru-grammar',
      version: '1',
    })
    const review = {report: {passes: [], metadata: {origin: 'telegram', llm_model: 'rules-3'}}}
    expect(writerOf(reviewKind, review as unknown as ReviewReport)).to.deep.equal({
      kind: 'extractive',
      name: 'rules',
      version: '3',
    })
  })
})

import {expect} from 'chai'

import {extractiveSummarizer} from '#src/adapters/summarizers/summarize-day.js'
import type {Summarizer} from '#src/domain/summarizer.js'
import type {DaySummaryInput} from '#src/domain/summarizer.js'
import {buildDigest, digestSourceHash} from '#src/usecases/build-digest.js'
import {sha256OfJson} from '#src/usecases/writer-of.js'
import {documentValidators} from '#src/usecases/validate-documents.js'
import {cleanPost, FIVE_CHANNELS, realCleanPosts, ZONE} from '../sample/channels.ts'

const signal = new AbortController().signal
const RUN = {run_id: 'run-1', trace_id: 'trace-1', command: 'dataset:seed', started_at: new Date(0)}

const INPUT: DaySummaryInput = {
  channel: '@naked_science',
  day: '2024-11-11',
  zone: ZONE,
  posts: [cleanPost('1', 'Открыт новый мост.'), cleanPost('2', 'Купите слона.', {left_out: 'advert'})],
}

function ticking() {
  let time = 100
  return {now: () => new Date('2024-12-05T10:00:00Z'), monotonic: () => (time += 0.5)}
}

const stillClock = {now: () => new Date('2024-12-05T10:00:00Z'), monotonic: () => 0}

async function hoursInBerlin(day: string): Promise<number | undefined> {
  const deps = {summarizer: extractiveSummarizer, clock: stillClock, signal}
  return (await buildDigest(deps, {...INPUT, day, zone: 'Europe/Berlin'})).metadata.time_range_hours
}

describe('build-digest', () => {
  it('dates a digest at the end of its local day and measures its latency by the clock', async () => {
    const digest = await buildDigest({summarizer: extractiveSummarizer, clock: ticking(), signal, run: RUN}, INPUT)
    expect(digest).to.deep.include({
      digest_id: '@naked_science:2024-11-11',
      channel: '@naked_science',
      language: 'ru',
      latency_seconds: 0.5,
    })
    expect(digest.created_at.toISOString()).to.equal('2024-11-11T20:59:59.999Z')
    expect(digest.metadata).to.deep.equal({
      origin: 'telegram',
      llm_model: 'extractive-2',
      time_range_hours: 24,
      source_sha256: digestSourceHash(extractiveSummarizer, INPUT),
      run_id: 'run-1',
      trace_id: 'trace-1',
      written_by: {kind: 'extractive', name: 'extractive', version: '2'},
    })
  })

  it('passes over posts that are left out', async () => {
    const digest = await buildDigest({summarizer: extractiveSummarizer, clock: stillClock, signal}, INPUT)
    expect(digest.posts.map(({post_id}) => post_id)).to.deep.equal(['1'])
    expect(digest.summary_markdown).not.to.include('слона')
  })

  it('says of synthetic posts that they are, by which generator', async () => {
    const digest = await buildDigest(
      {summarizer: extractiveSummarizer, clock: ticking(), signal},
      {...INPUT, generator: 'ru-grammar-1 seed=23'},
    )
    expect(digest.metadata).to.include({origin: 'synthetic', generator: 'ru-grammar-1 seed=23'})
    expect(digest.latency_seconds).to.equal(0.5)
  })

  it('tells the model that really wrote it', async () => {
    const summarizer: Summarizer = {
      name: 'openai:small',
      writer: {kind: 'model', name: 'test'},
      concurrency: 1,
      summarize: async () => ({summary_markdown: 'текст', llm_model: 'small-2024'}),
    }
    expect((await buildDigest({summarizer, clock: stillClock, signal}, INPUT)).metadata.llm_model).to.equal(
      'small-2024',
    )
  })

  it('counts the hours of a day on which clocks are changed', async () => {
    expect([await hoursInBerlin('2024-03-31'), await hoursInBerlin('2024-10-27')]).to.deep.equal([23, 25])
  })

  it('lets the summarizer’s error and the interruption through', async () => {
    const controller = new AbortController()
    const summarizer: Summarizer = {
      name: 'slow',
      writer: {kind: 'model', name: 'test'},
      concurrency: 1,
      summarize: async (_input, given) => {
        controller.abort(new Error('stop'))
        given.throwIfAborted()
        throw new Error('not reached')
      },
    }
    const failed = await buildDigest({summarizer, clock: stillClock, signal: controller.signal}, INPUT).catch(
      (error: Error) => error.message,
    )
    expect(failed).to.equal('stop')
  })

  it('hashes what the digest is made from: another post, text, summarizer, zone or generator is another hash', () => {
    const hash = digestSourceHash({name: 'a'}, INPUT)
    expect(digestSourceHash({name: 'a'}, structuredClone(INPUT))).to.equal(hash)
    const changed: [{name: string}, DaySummaryInput][] = [
      [{name: 'b'}, INPUT],
      [{name: 'a'}, {...INPUT, zone: 'UTC'}],
      [{name: 'a'}, {...INPUT, generator: 'ru-grammar-1 seed=1'}],
      [{name: 'a'}, {...INPUT, posts: [cleanPost('1', 'Открыт новый мост!')]}],
      [{name: 'a'}, {...INPUT, posts: [cleanPost('3', 'Открыт новый мост.')]}],
    ]
    expect(new Set(changed.map(([name, input]) => digestSourceHash(name, input))).add(hash).size).to.equal(
      changed.length + 1,
    )
  })

  it('builds a hundred and fifty valid digests from five real channels, equal in two runs', async () => {
    const validate = documentValidators().digest
    for (const channel of FIVE_CHANNELS)
      for (const [day, posts] of realCleanPosts(channel).byDay) {
        const build = () =>
          buildDigest({summarizer: extractiveSummarizer, clock: stillClock, signal}, {channel, day, zone: ZONE, posts})
        const digest = await build()
        expect(validate(digest), `${channel} ${day}`).to.deep.equal([])
        expect(await build()).to.deep.equal(digest)
      }
  })
})

describe('source-hash', () => {
  it('does not depend on the order of fields', () => {
    expect(sha256OfJson({a: 1, b: [{c: 2, d: 3}]})).to.equal(sha256OfJson({b: [{d: 3, c: 2}], a: 1}))
    expect(sha256OfJson([1, 2])).not.to.equal(sha256OfJson([2, 1]))
  })

  it('is the SHA-256 of canonical JSON', () => {
    // printf '{"a":1}' | sha256sum
    expect(sha256OfJson({a: 1})).to.equal('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862')
  })

  it('takes dates, half surrogate pairs and nothing', () => {
    expect(sha256OfJson({at: new Date(0)})).to.equal(sha256OfJson({at: '1970-01-01T00:00:00.000Z'}))
    expect(sha256OfJson('\uD800')).to.equal(sha256OfJson('\uFFFD'))
    expect(sha256OfJson(undefined)).to.equal(sha256OfJson(null))
  })
})

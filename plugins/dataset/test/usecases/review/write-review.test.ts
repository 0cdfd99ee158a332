import {expect} from 'chai'

import {extractiveSummarizer} from '#src/adapters/summarizers/summarize-day.js'
import type {CleanPost} from '#src/domain/posts.js'
import type {Digest} from '#src/domain/digest.js'
import type {ReviewPass} from '#src/domain/review-report.js'
import {buildDigest} from '#src/usecases/build-digest.js'
import {reviewSourceHash, writeReview} from '#src/usecases/review/write-review.js'
import {documentValidators} from '#src/usecases/validate-documents.js'
import {cleanPost, FIVE_CHANNELS, realCleanPosts, ZONE} from '../../sample/channels.ts'

const clock = {now: () => new Date('2024-12-05T10:00:00Z'), monotonic: () => 7}
const RUN = {run_id: 'run-1', trace_id: 'trace-1', command: 'dataset:seed', started_at: new Date(0)}

const POSTS = [
  cleanPost('1', 'Над рекой открыт новый мост, движение по мосту начнётся утром.'),
  cleanPost('2', 'Мэр проехал по новому мосту первым: движение соединило два берега и сократило дорогу до вокзала.'),
  cleanPost('3', 'В зоопарке родился редкий снежный барс.'),
  cleanPost('4', 'Мост проверили грузовиками, движение по реке ограничат.'),
  cleanPost('5', 'Биржа закрылась ростом акций.'),
]

function changed(digest: Digest, changes: Partial<Digest>): Digest {
  return Object.assign(structuredClone(digest), changes)
}

async function digestOf(posts: CleanPost[] = POSTS): Promise<Digest> {
  const deps = {summarizer: extractiveSummarizer, clock, signal: new AbortController().signal}
  return buildDigest(deps, {channel: '@naked_science', day: '2024-11-11', zone: ZONE, posts})
}

async function reviewOf(spoil: (markdown: string) => string): Promise<Record<string, ReviewPass>> {
  const digest = await digestOf()
  const {report} = writeReview({clock}, changed(digest, {summary_markdown: spoil(digest.summary_markdown)}))
  return Object.fromEntries(report.passes.map(pass => [pass.pass_name, pass]))
}

function titles(pass: ReviewPass | undefined): string[] {
  return (pass?.findings ?? []).map(({title}) => title)
}

describe('write-review', () => {
  it('has nothing to say against a fine digest', async () => {
    const passes = await reviewOf(markdown => markdown)
    expect(Object.keys(passes)).to.deep.equal(['structure', 'coverage', 'language', 'redundancy'])
    for (const pass of Object.values(passes)) {
      expect(pass.findings, pass.pass_name).to.deep.equal([])
      expect(pass.recommendations, pass.pass_name).to.deep.equal([])
    }
    expect(passes['structure']?.scores).to.deep.equal({headings: 1, bullets: 5, linked_bullets: 1, resolved_links: 1})
    expect(passes['coverage']?.scores).to.include({posts: 5, covered_posts: 1, covered_important_posts: 1})
  })

  it('finds a missing heading', async () => {
    const {structure} = await reviewOf(markdown => markdown.replace(/^# .*\n/u, ''))
    expect(titles(structure)).to.deep.equal(['Нет заголовка'])
    expect(structure?.recommendations).to.have.length(1)
  })

  it('finds a heading that names another channel', async () => {
    const {structure} = await reviewOf(markdown => markdown.replace('@naked_science', '@habr'))
    expect(titles(structure)).to.deep.equal(['Заголовок не называет канал'])
  })

  it('finds a dead link and a bullet without a link', async () => {
    const dead = await reviewOf(markdown => markdown.replace('naked_science/3)', 'naked_science/99)'))
    expect(titles(dead['structure'])).to.deep.equal(['Ссылка не ведёт к посту этого дня'])
    expect(dead['structure']?.findings[0]?.description).to.include('naked_science/99')
    expect(dead['structure']?.scores?.['resolved_links']).to.equal(0.8)
    const unlinked = await reviewOf(markdown => markdown.replace(' [пост](https://t.me/naked_science/3)', ''))
    expect(titles(unlinked['structure'])).to.deep.equal(['Пункт без ссылки на пост'])
  })

  it('finds a digest that is no list', async () => {
    const {structure} = await reviewOf(markdown => markdown.replaceAll(/^- /gmu, ''))
    expect(titles(structure)).to.deep.equal(['Нет пунктов'])
  })

  it('finds the absence of the post that all others lean on, and of no unimportant one', async () => {
    const withoutBridge = await reviewOf(markdown =>
      markdown
        .split('\n')
        .filter(line => !/naked_science\/[124]\)/u.test(line))
        .join('\n'),
    )
    expect(titles(withoutBridge['coverage'])).to.deep.equal(['Пропущен важный пост', 'Пропущен важный пост'])
    expect(withoutBridge['coverage']?.findings[0]?.description).to.include('мост')
    expect(withoutBridge['coverage']?.recommendations[0]).to.match(
      /^Добавить пункт о посте https:\/\/t\.me\/naked_science\/[124]\.$/u,
    )
    const withoutCat = await reviewOf(markdown =>
      markdown
        .split('\n')
        .filter(line => !line.includes('naked_science/3)'))
        .join('\n'),
    )
    expect(titles(withoutCat['coverage'])).to.deep.equal([])
    expect(withoutCat['coverage']?.scores?.['covered_posts']).to.equal(0.8)
  })

  it('takes a post for covered that is told of without a link', async () => {
    const {coverage} = await reviewOf(markdown => markdown.replaceAll(/ \[пост\]\([^)]*\)/gu, ''))
    expect(coverage?.scores?.['covered_posts']).to.equal(1)
  })

  it('finds an English paragraph', async () => {
    const {language} = await reviewOf(
      markdown =>
        `${markdown}\nThe new bridge over the river was opened by the mayor this morning, and the traffic has begun to flow.\n`,
    )
    expect(titles(language)).to.deep.equal(['Мало русского текста', 'Непереведённый отрывок'])
    expect(language?.scores?.['untranslated_runs']).to.equal(1)
    expect(language?.scores?.['cyrillic_share']).to.be.within(0.4, 0.8)
  })

  it('finds Ukrainian', async () => {
    const {language} = await reviewOf(
      () =>
        '# @naked_science\n\n- Відкрито новий міст через річку, рух мостом почнеться вранці, його відкриє міський голова. [пост](https://t.me/naked_science/1)',
    )
    expect(titles(language)).to.include('Текст не похож на русский')
  })

  it('finds a repeated bullet', async () => {
    const {redundancy} = await reviewOf(
      markdown => `${markdown.trim()}\n- В зоопарке родился редкий барс. [пост](https://t.me/naked_science/3)\n`,
    )
    expect(titles(redundancy)).to.deep.equal(['Пункты повторяют друг друга'])
    expect(redundancy?.scores?.['most_similar_bullets']).to.be.at.least(0.5)
  })

  it('sums up the findings and nothing else', async () => {
    const digest = await digestOf()
    const fine = writeReview({clock}, digest).report.synthesis
    const spoiled = writeReview(
      {clock},
      changed(digest, {summary_markdown: digest.summary_markdown.replace(/^# .*\n/u, '')}),
    ).report.synthesis
    expect(fine).to.match(/^Замечаний нет\./u)
    expect(spoiled).to.match(/^1 замечание: структура — 1\./u)
  })

  it('measures its latency by the clock and tells its run', async () => {
    let time = 10
    const ticking = {now: clock.now, monotonic: () => (time += 0.25)}
    const {report} = writeReview({clock: ticking, run: RUN}, await digestOf())
    expect(report.metadata).to.include({
      latency_seconds: 0.25,
      llm_model: 'rules-2',
      origin: 'telegram',
      run_id: 'run-1',
      trace_id: 'trace-1',
    })
  })

  it('hands on the origin and the generator of a synthetic digest', async () => {
    const digest = await buildDigest(
      {summarizer: extractiveSummarizer, clock, signal: new AbortController().signal},
      {channel: '@habr', day: '2024-11-11', zone: ZONE, posts: POSTS, generator: 'ru-grammar-1 seed=23'},
    )
    expect(writeReview({clock}, digest).report.metadata).to.include({
      origin: 'synthetic',
      generator: 'ru-grammar-1 seed=23',
    })
  })

  it('has a hash that changes with the summary, with the posts and with nothing else', async () => {
    const digest = await digestOf()
    const hash = reviewSourceHash(digest)
    expect(reviewSourceHash(changed(digest, {latency_seconds: 9, feature_flags: {x: true}}))).to.equal(hash)
    expect(reviewSourceHash(changed(digest, {summary_markdown: `${digest.summary_markdown} `}))).not.to.equal(hash)
    expect(reviewSourceHash(changed(digest, {posts: digest.posts.slice(1)}))).not.to.equal(hash)
  })

  it('reviews a hundred and fifty real digests the same way twice, in documents that are valid', async () => {
    const validate = documentValidators().reviewReport
    for (const channel of FIVE_CHANNELS)
      for (const [day, posts] of realCleanPosts(channel).byDay) {
        const digest = await buildDigest(
          {summarizer: extractiveSummarizer, clock, signal: new AbortController().signal},
          {channel, day, zone: ZONE, posts},
        )
        const review = writeReview({clock}, digest)
        expect(validate(review), `${channel} ${day}`).to.deep.equal([])
        expect(writeReview({clock}, digest)).to.deep.equal(review)
        expect(titles(review.report.passes[0]), `${channel} ${day}`).to.deep.equal([])
      }
  })
})

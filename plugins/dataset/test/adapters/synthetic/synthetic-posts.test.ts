import {createHash} from 'node:crypto'

import {expect} from 'chai'

import {channelKind, TOPICS, VOCABULARY} from '#src/adapters/synthetic/channel-kinds.js'
import {randomOf} from '#src/adapters/synthetic/random.js'
import {tellStory} from '#src/adapters/synthetic/tell-story.js'
import {generatorOf, syntheticPosts} from '#src/adapters/synthetic/synthetic-posts.js'
import {extractiveSummarizer} from '#src/adapters/summarizers/summarize-day.js'
import {dayOf} from '#src/domain/day-window.js'
import {outlineOf} from '#src/domain/digest-outline.js'
import {cyrillicShare, languageHint, splitSentences, words} from '#src/text/index.js'
import {buildDigest} from '#src/usecases/build-digest.js'
import {cleanPosts, gapReason} from '#src/usecases/clean-posts.js'
import {FIVE_CHANNELS, NOVEMBER, ZONE} from '../../sample/channels.ts'

const SEED = 23

function postsOf(channel: string, day: string, seed = SEED) {
  return syntheticPosts({channel, day, zone: ZONE, seed})
}

function textsOf(channel: string, seed = SEED): string[] {
  return NOVEMBER.days.flatMap(day => postsOf(channel, day, seed)).map(({text}) => text)
}

/** Different pairs of neighbouring words, of all such pairs inside the texts. */
function distinctPairs(texts: readonly string[]): number {
  const pairs = texts.flatMap(text => {
    const found = words(text)
    return found.slice(1).map((word, index) => `${found[index]} ${word}`)
  })
  return new Set(pairs).size / pairs.length
}

function say(template: string): string {
  return tellStory({title: template, body: []}, VOCABULARY, randomOf('x')).title
}

describe('synthetic-posts', () => {
  it('makes the same bytes for the same seed, on any machine', () => {
    const bytes = JSON.stringify(NOVEMBER.days.flatMap(day => postsOf('@habr', day)))
    // Whoever changes the grammar changes these bytes, and must give the generator a new version.
    expect(createHash('sha256').update(bytes).digest('hex')).to.equal(
      '8bacd1090e1a7e961cc435fe72d98e08a5286b62d158e108b2436885afb02557',
    )
  })

  it('makes a day the same, whatever was made before', () => {
    const alone = postsOf('@habr', '2024-11-20')
    const forward = NOVEMBER.days.map(day => postsOf('@habr', day))
    const backward = [...NOVEMBER.days]
      .reverse()
      .map(day => postsOf('@habr', day))
      .reverse()
    expect(forward).to.deep.equal(backward)
    expect(forward[16]).to.deep.equal(alone)
  })

  it('makes something else for another seed, channel or day', () => {
    const variants = [
      postsOf('@habr', '2024-11-20'),
      postsOf('@habr', '2024-11-20', 24),
      postsOf('@proglib', '2024-11-20'),
      postsOf('@habr', '2024-11-21'),
    ]
    expect(new Set(variants.map(posts => posts.map(({text}) => text).join())).size).to.equal(variants.length)
  })

  it('publishes on the day, in the waking hours, in order, under numbers that are not Telegram’s', () => {
    for (const day of NOVEMBER.days) {
      const posts = postsOf('@moscowach', day)
      expect(posts.length).to.be.within(4, 7)
      for (const [index, {post_id, published_at, url}] of posts.entries()) {
        expect(dayOf(published_at, ZONE)).to.equal(day)
        expect(published_at.getUTCHours() + 3, day).to.be.within(7, 22)
        expect(published_at.getTime()).to.be.above(posts[index - 1]?.published_at.getTime() ?? 0)
        expect(post_id).to.equal(`${day.replaceAll('-', '')}-${index + 1}`)
        expect(url).to.equal(undefined)
      }
    }
  })

  it('has enough variety over thirty days of a channel: more than half of the word pairs are different', () => {
    for (const channel of [...FIVE_CHANNELS, '@other_channel'])
      for (const seed of [SEED, 1])
        expect(distinctPairs(textsOf(channel, seed)), `${channel} seed ${seed}`).to.be.above(0.5)
  })

  it('tells no story twice within three days', () => {
    for (const channel of FIVE_CHANNELS) {
      const titles = NOVEMBER.days.map(day => postsOf(channel, day).map(({text}) => text.split('\n')[0]))
      for (const [index, ofDay] of titles.entries())
        for (const title of ofDay)
          expect(titles.slice(index + 1, index + 3).flat(), `${channel} ${index}`).not.to.include(title)
    }
  })

  it('writes Russian', () => {
    for (const channel of FIVE_CHANNELS) {
      const text = textsOf(channel).join('\n')
      expect(cyrillicShare(text), channel).to.be.above(0.99)
      expect(languageHint(text), channel).to.equal('ru')
    }
  })

  it('says in every document which generator made it', () => {
    expect(generatorOf(7)).to.equal('ru-grammar-1 seed=7')
  })

  it('gives days that are no gaps, with digests made by the ordinary summarizer', async () => {
    const clock = {now: () => new Date(0), monotonic: () => 1}
    const deps = {summarizer: extractiveSummarizer, clock, signal: new AbortController().signal}
    for (const channel of FIVE_CHANNELS) {
      const summaries: string[] = []
      for (const day of NOVEMBER.days) {
        const posts = cleanPosts(new Map([[day, postsOf(channel, day)]]), channel).byDay.get(day) ?? []
        expect(gapReason(posts), `${channel} ${day}`).to.equal(undefined)
        const digest = await buildDigest(deps, {
          channel,
          day,
          zone: ZONE,
          posts,
          generator: generatorOf(SEED),
        })
        expect(digest.metadata.origin).to.equal('synthetic')
        expect(outlineOf(digest.summary_markdown).links.every(({target}) => target.startsWith('#post-'))).to.equal(true)
        summaries.push(outlineOf(digest.summary_markdown).prose)
      }
      expect(distinctPairs(summaries), channel).to.be.above(0.5)
    }
  })
})

describe('the synthetic grammar', () => {
  const stories = [...new Set(Object.values(TOPICS).flat())].flatMap(pack => pack.stories)

  it('tells every story in many ways, each time in whole sentences', () => {
    for (const [index, story] of stories.entries())
      for (let variant = 0; variant < 60; variant++) {
        const {title, sentences} = tellStory(story, VOCABULARY, randomOf('test', index, variant))
        expect(title).to.match(/^[А-ЯЁ«][^[\]{}|]+[^\s.:,]$/u)
        for (const sentence of sentences) {
          expect(sentence, sentence).to.match(/^[А-ЯЁ«0-9][^[\]{}|~@#…]+[.»]$/u)
          expect(sentence, sentence).not.to.match(/ {2}| [,.:;]|,,|\.\.|undefined/u)
          expect(splitSentences(sentence).length, sentence).to.be.within(1, 2)
        }
      }
  })

  it('lets its prepositions be spoken', () => {
    expect(say('рассказ о аисте и о ёлке')).to.equal('Рассказ об аисте и о ёлке')
    expect(say('до аптеки в Вторник с стола с сыром')).to.equal('До аптеки во Вторник со стола с сыром')
  })

  it('refuses words and rules that it does not have', () => {
    for (const slot of ['{чего-нет:и}', '{@нет}', '{n}', '{n=1-2#нечто}', '{нет}'])
      expect(() => say(slot), slot).to.throw()
  })
})

describe('channel-kinds', () => {
  it('guesses what a channel writes about from its name', () => {
    expect([...FIVE_CHANNELS, '@kittens'].map(channelKind)).to.deep.equal([
      'science',
      'technology',
      'programming',
      'city',
      'city',
      'general',
    ])
  })
})

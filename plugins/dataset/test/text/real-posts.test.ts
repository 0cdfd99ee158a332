import {existsSync, readFileSync, readdirSync} from 'node:fs'

import {expect} from 'chai'

import {
  cyrillicShare,
  foldNearDuplicates,
  languageHint,
  repeatedFooters,
  splitSentences,
  stripMarkup,
  tokenize,
} from '#src/text/index.js'

import {cannotRun} from '../../../../test/helpers/live-test.ts'

const channels = new URL('../../../../../shared/data/telegram/telethon-lite/', import.meta.url)

interface Post {
  text: string
}

function readPosts(file: string): string[] {
  return (JSON.parse(readFileSync(new URL(file, channels), 'utf8')) as Post[]).map(({text}) => text)
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length
}

describe('ten real Russian channels', () => {
  let markup: string[] = []
  let plain: string[] = []

  before(function () {
    if (!existsSync(channels)) cannotRun(this, 'text of real channels', `put them into ${channels}`)
    markup = readdirSync(channels)
      .filter(file => file.endsWith('.json'))
      .flatMap(readPosts)
    plain = markup.map(post => stripMarkup(post).text)
  })

  it('keep hardly a mark: what stays is code, censored words and exports with an odd number of marks', () => {
    expect(share(markup, post => /\*\*|__|\]\(http/.test(post))).to.be.above(0.6)
    expect(share(plain, post => /\*\*|__|\]\(http/.test(post))).to.be.below(0.01)
  })

  it('keep the address of every link', () => {
    for (const post of markup) {
      const written = post.match(/\]\(https?:/g)?.length ?? 0
      expect(stripMarkup(post).links.length, post).to.be.at.least(written)
    }
  })

  it('are Russian, but for code and foreign adverts', () => {
    expect(share(plain, post => languageHint(post) === 'ru')).to.be.above(0.99)
    expect(share(plain, post => cyrillicShare(post) >= 0.5)).to.be.above(0.98)
  })

  it('fall into sentences that lose no token', () => {
    for (const post of plain) {
      const inSentences = splitSentences(post).reduce((count, {text}) => count + tokenize(text).length, 0)
      expect(inSentences, post).to.equal(tokenize(post).length)
    }
  })

  it('show their footers', () => {
    const moscow = readPosts('moskva_live.1001747110091_messages.json').map(post => stripMarkup(post).text)
    const [footer] = repeatedFooters(moscow)
    expect(footer?.line).to.equal('😄— подписаться')
    expect(footer?.posts).to.be.above(950)
  })

  it('repeat whole adverts, which fold into one', () => {
    const posts = readPosts('proglib_python.1001138587070_messages.json').map(text => ({text: stripMarkup(text).text}))
    const copies = posts.length - new Set(posts.map(({text}) => text)).size
    const folded = foldNearDuplicates(posts).reduce((count, fold) => count + fold.folded.length, 0)
    expect(copies).to.be.above(50)
    expect(folded).to.be.at.least(copies)
  })
})

import {percentText} from '@ep23/report/numbers'
import {postLink, postFinder} from '../../domain/digest-markdown.js'
import type {Digest, Post} from '../../domain/digest.js'
import type {ReviewPass} from '../../domain/review-report.js'
import {counted} from '../../domain/russian-words.js'
import {contentTerms, cosine, lexRank, termVectors, type TermVector} from '../../text/term-vectors.js'
import {plainText} from '../plain-text.js'
import type {DigestOutline} from '../../domain/digest-outline.js'
import {passOf, quoted, shareOf, type Remark} from './pass-text.js'

/** The share of a day's posts that a digest may not pass over. */
const IMPORTANT_SHARE = 1 / 3
/** A bullet this similar to a post tells of it, also without a link. */
const TELLS_OF = 0.3

/**
 * Looks at what is told: which posts the digest covers, by a link or by its words, and which important ones it passes over.
 * How important a post is, is the reviewer's own judgement (LexRank over whole posts), not the summarizer's.
 */
export function coveragePass(digest: Digest, outline: DigestOutline): ReviewPass {
  const {posts} = digest
  const terms = posts.map(({text}) => contentTerms(plainText(text)))
  const vectors = termVectors(terms)
  const covered = coveredPosts(digest, outline, terms)
  const important = importantPosts(posts, vectors)
  const absent = important.filter(post => !covered.has(post))
  const scores = {
    posts: posts.length,
    covered_posts: shareOf(covered.size, posts.length),
    covered_important_posts: shareOf(important.length - absent.length, important.length),
    covered_terms: coveredTerms(vectors, outline),
  }
  const summary = `Отражено ${percentText(scores.covered_posts, 0)} из ${counted(posts.length, ['поста', 'постов', 'постов'])}, из важных — ${percentText(scores.covered_important_posts, 0)}; ключевых слов дня — ${percentText(scores.covered_terms, 0)}.`
  return passOf('coverage', summary, absent.map(absentPost), scores)
}

function absentPost(post: Post): Remark {
  return {
    title: 'Пропущен важный пост',
    description: `${quoted(plainText(post.text).split('\n')[0] ?? '')} (${postLink(post)})`,
    recommendation: `Добавить пункт о посте ${postLink(post)}.`,
  }
}

function coveredPosts(digest: Digest, {links, bullets}: DigestOutline, terms: readonly string[][]): Set<Post> {
  const findPost = postFinder(digest.channel, digest.posts)
  const covered = new Set(links.flatMap(({target}) => findPost(target) ?? []))
  const vectors = termVectors([...terms, ...bullets.map(({text}) => contentTerms(text))])
  const told = vectors.slice(digest.posts.length)
  for (const [index, post] of digest.posts.entries()) {
    const vector = vectors[index]
    if (vector && told.some(bullet => cosine(bullet, vector) >= TELLS_OF)) covered.add(post)
  }
  return covered
}

function importantPosts(posts: readonly Post[], vectors: readonly TermVector[]): Post[] {
  const centrality = lexRank(vectors)
  const order = [...posts.keys()].sort((a, b) => (centrality[b] ?? 0) - (centrality[a] ?? 0) || a - b)
  return order.slice(0, Math.ceil(posts.length * IMPORTANT_SHARE)).flatMap(index => posts[index] ?? [])
}

const KEY_TERMS = 20

/** Share of the day's key terms, those of the greatest total TF-IDF weight, that the digest uses. */
function coveredTerms(vectors: readonly TermVector[], {prose}: DigestOutline): number {
  const weights = new Map<string, number>()
  for (const vector of vectors)
    for (const [term, weight] of vector) weights.set(term, (weights.get(term) ?? 0) + weight)
  const key = [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, KEY_TERMS)
  const used = new Set(contentTerms(prose))
  return shareOf(key.filter(([term]) => used.has(term)).length, key.length)
}

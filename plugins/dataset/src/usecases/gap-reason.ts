import {postsForDigest, type CleanPost} from '../domain/clean-post.js'
import {cyrillicShare, splitSentences, words} from '../text/index.js'

/** A day with fewer Russian sentences has nothing to condense. */
const FEWEST_SENTENCES = 3
const FEWEST_WORDS = 2
const RUSSIAN_SHARE = 0.5

/** Why a day's posts are too little for a digest, as a clause for the user; undefined when they are enough. */
export function gapReason(posts: readonly CleanPost[]): string | undefined {
  if (posts.length === 0) return 'no posts with text'
  if (postsForDigest(posts).length === 0) return `nothing but ${leftOutInWords(posts)}`
  const sentences = countRussianSentences(posts)
  if (sentences >= FEWEST_SENTENCES) return undefined
  return `${count(sentences, 'Russian sentence')} in ${count(posts.length, 'post')}, ${FEWEST_SENTENCES} are needed`
}

function leftOutInWords(posts: readonly CleanPost[]): string {
  const reasons = new Set(posts.map(({left_out}) => left_out))
  if (reasons.has('advert')) return reasons.size > 1 ? 'adverts and copies of earlier posts' : 'adverts'
  return reasons.has('without_words') ? 'posts without words' : 'copies of earlier posts'
}

function countRussianSentences(posts: readonly CleanPost[]): number {
  return posts.flatMap(({plain}) => splitSentences(plain)).filter(({text}) => isRussianSentence(text)).length
}

function isRussianSentence(text: string): boolean {
  return words(text).length >= FEWEST_WORDS && cyrillicShare(text) > RUSSIAN_SHARE
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}

import type {CleanPost} from '../../domain/clean-post.js'
import {splitSentences} from '../../text/index.js'
import {linkTitle} from './link-title.js'
import {readList, type PostList} from './read-list.js'
import {readableSentence} from './readable-sentence.js'
import {hangsInTheAir, isCall, isLeadIn, isRussianText, leansOnPrevious} from './sentence-roles.js'

const FEWEST_WORDS = 3

/** One sentence of a post that may be shown. */
export interface PostSentence {
  text: string
  /** Place among the sentences that tell something, from 0: what it is ranked by. */
  place: number
  /** Place among all sentences, from 0: what stands next to it. */
  index: number
  /** Understandable without the sentence before it. */
  standsAlone: boolean
}

/** What a post has to say: its sentences, and its list if it is one. */
export interface ReadPost {
  post: CleanPost
  sentences: PostSentence[]
  list?: PostList
}

/** Reads a cleaned post: readable sentences without calls to the reader, a title that stands at the end brought forward. */
export function readPost(post: CleanPost): ReadPost {
  const written = post.plain.split('\n')
  const list = readList(written)
  const lines = list ? written : withTitleFirst(written, linkTitle(post))
  const sentences = lines.flatMap(line => splitSentences(line)).map(({text}) => readableSentence(text))
  return {post, sentences: tellingSentences(sentences), ...(list && {list})}
}

function withTitleFirst(lines: readonly string[], title: string | undefined): readonly string[] {
  return title === undefined ? lines : [title, ...lines.filter(line => line !== title)]
}

function tellingSentences(sentences: readonly string[]): PostSentence[] {
  return sentences
    .map((text, index) => ({text, index, standsAlone: index === 0 ? !hangsInTheAir(text) : !leansOnPrevious(text)}))
    .filter(({text}) => isRussianText(text, FEWEST_WORDS) && !isCall(text) && !isLeadIn(text))
    .map((sentence, place) => ({...sentence, place}))
}

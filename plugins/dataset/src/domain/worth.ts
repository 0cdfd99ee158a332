import type {Origin, WriterKind} from './document-values.js'
import type {WrittenBy} from './provenance.js'
import {message} from '../words/words.js'
import type {Message} from '@ep23/sdk'

const WORTH: Readonly<Record<WriterKind, number>> = {synthetic: 0, extractive: 1, model: 2, team: 3, person: 3}

/** What the rule looks at: who writes, and from what. */
export interface Version {
  writer: WrittenBy
  origin: Origin
  /** Empty where nothing is counted, as for reviews. */
  posts: readonly {post_id?: string; text: string}[]
}

/**
 * The one rule of writing: why a stored document stays and what is offered in its place is not written; undefined when it may be
 * replaced. Synthetic is worth less than extractive, that less than a model's, that less than a team's or a person's. A digest is
 * never replaced by one of less worth, nor by one from fewer real posts; a model's, which was paid for, not by a model's
 * unless there are other posts, and not by another model's unless there are more. `--replace` is for the caller to ask about.
 */
export function reasonToKeep(stored: Version, offered: Version): Message | undefined {
  const [from, to] = [stored.writer, offered.writer]
  if (WORTH[to.kind] < WORTH[from.kind]) return message('writtenByWorthier', {from: nameOf(from), to: nameOf(to)})
  const [before, now] = [stored.posts.length, offered.posts.length]
  if (stored.origin !== 'synthetic' && now < before) return message('fromMorePosts', {before, now})
  if (from.kind !== 'model' || to.kind !== 'model') return undefined
  if (samePosts(stored, offered)) return message('samePostsBy', {writer: nameOf(from)})
  return from.name !== to.name && now <= before ? message('noMorePosts', {writer: nameOf(from)}) : undefined
}

/** `the model gpt-4o`, `extractive`, `the team (butler)`: as a clause of a message. */
export function nameOf({kind, name}: WrittenBy): Message {
  if (kind === 'model') return message('theModel', {name})
  if (kind === 'team') return message('theTeam', {name})
  if (kind === 'person') return message('aPerson', {name})
  return kind === 'synthetic' ? message('theSynthetic') : message('theSummarizer', {name})
}

function samePosts({posts}: Version, {posts: others}: Version): boolean {
  return posts.length === others.length && posts.every((post, i) => isSame(post, others[i]))
}

function isSame({post_id, text}: Version['posts'][number], other: Version['posts'][number] | undefined): boolean {
  return post_id === other?.post_id && text === other?.text
}

import type {Origin, WriterKind} from './document-values.js'
import type {WrittenBy} from './provenance.js'

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
export function reasonToKeep(stored: Version, offered: Version): string | undefined {
  const [from, to] = [stored.writer, offered.writer]
  if (WORTH[to.kind] < WORTH[from.kind]) return `written by ${nameOf(from)}, which is worth more than ${nameOf(to)}`
  const [before, now] = [stored.posts.length, offered.posts.length]
  if (stored.origin !== 'synthetic' && now < before) return `made from ${before} posts, there are ${now} now`
  if (from.kind !== 'model' || to.kind !== 'model') return undefined
  if (samePosts(stored, offered)) return `written by ${nameOf(from)} from the same posts`
  return from.name !== to.name && now <= before
    ? `written by ${nameOf(from)}, and there are no more posts now`
    : undefined
}

/** `the model gpt-4o`, `extractive`, `the team (butler)`: as a clause of a message. */
export function nameOf({kind, name}: WrittenBy): string {
  if (kind === 'model') return `the model ${name}`
  if (kind === 'team') return `the team (${name})`
  if (kind === 'person') return `a person (${name})`
  return kind === 'synthetic' ? 'the synthetic generator' : `the ${name} summarizer`
}

function samePosts({posts}: Version, {posts: others}: Version): boolean {
  return posts.length === others.length && posts.every((post, i) => isSame(post, others[i]))
}

function isSame({post_id, text}: Version['posts'][number], other: Version['posts'][number] | undefined): boolean {
  return post_id === other?.post_id && text === other?.text
}

import {postLink, type LinkedPost} from './digest-markdown.js'

const TELEGRAM_LINK = /^https?:\/\/(?:t|telegram)\.me\/(?:s\/)?([A-Za-z0-9_]+)\/(\d+)(?:[/?#].*)?$/u

/** Finds the post of the day that a link of the digest leads to; undefined for a link that leads elsewhere. */
export function postFinder<T extends LinkedPost>(
  channel: string,
  posts: readonly T[],
): (target: string) => T | undefined {
  const named = posts.filter(({post_id, url}) => post_id !== undefined || url !== undefined)
  const byLink = new Map(named.map(post => [postLink(post), post]))
  const byId = new Map(named.map(post => [post.post_id, post]))
  return target => {
    const [, name, id] = TELEGRAM_LINK.exec(target) ?? []
    const isOfChannel = name !== undefined && `@${name.toLowerCase()}` === channel
    return byLink.get(target) ?? (isOfChannel && id !== undefined ? byId.get(id) : undefined)
  }
}

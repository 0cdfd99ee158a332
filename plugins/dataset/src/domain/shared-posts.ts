/** Posts that two channels of a dataset both have: what is measured on them is not independent. */
export interface SharedPosts {
  channels: [string, string]
  posts: number
  /** Of the posts of the channel that has fewer, 0 to 1. */
  share: number
}

/** As a sentence for the user. */
export function sharedInWords({channels, posts, share}: SharedPosts): string {
  const percent = share < 0.01 ? 'less than 1 %' : `${Math.round(share * 100)} %`
  const count = posts === 1 ? '1 post' : `${posts} posts`
  return `${channels.join(' and ')} share ${count}, ${percent} of the smaller channel: their scores are not independent`
}

/** From this share of the smaller channel seed warns; the audit and `shared_posts` list single reposts, too. */
export const LEAST_SHARED_TO_WARN = 0.05

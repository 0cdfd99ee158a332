/** Posts that two channels of a dataset both have: what is measured on them is not independent. */
export interface SharedPosts {
  channels: [string, string]
  posts: number
  /** Of the posts of the channel that has fewer, 0 to 1. */
  share: number
}

import type {JudgedSample} from '@ep23/sdk'

import {claimsIn} from '../../domain/claims/read-claims.js'
import type {ClaimsView, Place, ViewPost} from '../../domain/view-data.js'

/** What a judge found of each statement, with the post that its quote stands in; null when its answer cannot be read. */
export function claimsView(reply: string, record: JudgedSample, posts: readonly ViewPost[] | null): ClaimsView | null {
  const claims = claimsIn(reply, record)
  if (!claims) return null
  const postOf = (place: Place | undefined): number | null => {
    const index = place ? (posts ?? []).findIndex(post => post.place[0] <= place[0] && place[1] <= post.place[1]) : -1
    return index < 0 ? null : index
  }
  return {
    statements: claims.statements.map(({text, place, verdict, quote}) => ({
      ...{text, place, verdict},
      quote: quote ?? null,
      post: postOf(quote),
    })),
    news: claims.news.map(({place, told}) => ({
      text: record.source_text.slice(...place),
      ...{place, told},
      post: postOf(place),
    })),
  }
}

import {type HeldClaims, claimsIn} from '../../domain/claims/read-claims.js'
import {bulletsOf, withoutHeading} from '../../domain/label/bullets.js'
import type {StoredRun} from '../../domain/run-folder.js'
import {judgedSamples} from '../view/judged-samples.js'

/** A digest whose items a judge of claims held against the posts. */
export interface JudgedBullets {
  run_id: string
  sample_id: string
  /** By item, as raters see them: whether the posts support all that it states; undefined for one that states nothing. */
  supported: readonly (boolean | undefined)[]
}

/** The digests of a run whose judge's answer can be read: one judgement each. */
export async function judgedBullets(stored: StoredRun): Promise<JudgedBullets[]> {
  const replies = new Map((await Array.fromAsync(stored.replies())).map(({sha256, text}) => [sha256, text]))
  const found: JudgedBullets[] = []
  for await (const {record, lines} of judgedSamples(stored)) {
    const reply = replies.get(lines[0]?.trail?.reply_sha256 ?? '')
    const claims = reply === undefined ? undefined : claimsIn(reply, record)
    if (!claims) continue
    const {sample_id, summary_markdown: summary} = record
    found.push({run_id: stored.run.run_id, sample_id, supported: supportedItems(summary, claims)})
  }
  return found
}

/** An item is supported when each of its statements is. */
function supportedItems(summary: string, {statements}: HeldClaims): (boolean | undefined)[] {
  let from = 0
  return bulletsOf(withoutHeading(summary)).map(item => {
    const start = summary.indexOf(item, from)
    if (start < 0) return undefined
    from = start + item.length
    const own = statements.filter(({place}) => place[0] >= start && place[0] < from)
    return own.length === 0 ? undefined : own.every(({verdict}) => verdict === 'supported')
  })
}

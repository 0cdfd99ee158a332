import {createHmac} from 'node:crypto'

import type {Notifier} from '../domain/notifier.js'
import {postMessage} from './http-post.js'

export interface WebhookOptions {
  url: string
  secret: string
  signal: AbortSignal
  now: () => Date
  firstWaitSeconds?: number
}

/**
 * A server of one's own. `X-Ep23-Signature` is `sha256=` and the HMAC of `timestamp.body` under the shared secret, the timestamp that of
 * `X-Ep23-Timestamp`: who receives it refuses what is older than a few minutes or signed otherwise.
 */
export function webhookNotifier({url, secret, signal, now, firstWaitSeconds = 1}: WebhookOptions): Notifier {
  return {
    name: 'webhook',
    repeats: false,
    async send({key, kind, day, state, score, lines}, {before}) {
      const body = JSON.stringify({schema_version: 1, key, kind, day, state, before, score, text: lines.join('\n')})
      const timestamp = String(Math.floor(now().getTime() / 1000))
      const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
      const headers = {'x-ep23-timestamp': timestamp, 'x-ep23-signature': `sha256=${signature}`}
      await postMessage(url, {body, headers, signal, secret, firstWaitSeconds})
    },
  }
}

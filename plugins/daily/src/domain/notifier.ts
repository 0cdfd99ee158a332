import type {DailyState} from './board-line.js'
import type {Notice} from './message.js'

export const NOTIFIERS = ['telegram', 'webhook', 'alertmanager', 'email'] as const
export type NotifierName = (typeof NOTIFIERS)[number]

/** Someone who is told. */
export interface Notifier {
  name: NotifierName
  /** True of one that forgets: it is told again every day while a state is not quiet, and takes no weekly summary. */
  repeats: boolean
  /**
   * `ended` is the score whose alarm is over.
   * @throws Error saying what went wrong, without a secret in it
   */
  send(message: Notice, change: {before: DailyState; ended: string | null}): Promise<void>
}

/** One attempt to tell somebody something, as `notifications.jsonl` keeps it. */
export interface Receipt {
  key: string
  kind: Notice['kind']
  state: DailyState
  score: string | null
  channel: NotifierName
  outcome: 'sent' | 'failed'
  problem: string | null
  at: string
}

import {readTextIfThere, type Shape, shapeProblem} from '@ep23/sdk'
import {canonicalLine} from '@ep23/plugin-exporters'

import type {Receipt} from '../domain/notifier.js'
import {appendSynced} from './score-board.js'

const RECEIPT_SHAPE: Shape = ['key', 'kind', 'state', 'channel', 'outcome', 'at'].map(name => [name, 'text'])

/** `notifications.jsonl`: who was told what. A line that was cut short counts as none: that message is sent again. */
export function receiptsFile(path: string): {read(): Promise<Receipt[]>; add(receipt: Receipt): Promise<void>} {
  return {
    async read() {
      const text = (await readTextIfThere(path)) ?? ''
      return text.split('\n').flatMap(row => parse(row) ?? [])
    },
    // It begins with a line feed, so that what was cut short before does not take it along.
    add: receipt => appendSynced(path, `\n${canonicalLine(receipt)}\n`),
  }
}

function parse(row: string): Receipt | undefined {
  try {
    const receipt: unknown = row === '' ? undefined : JSON.parse(row)
    return shapeProblem(receipt, RECEIPT_SHAPE) === undefined ? (receipt as Receipt) : undefined
  } catch {
    return undefined
  }
}

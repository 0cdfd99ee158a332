import {randomBytes} from 'node:crypto'

/** `20261123T013304Z-3f9a1c02b4de`: sorts by time, and 60 processes of one second do not meet. */
export function newRunId(startedAt: Date): string {
  const second = startedAt.toISOString().replaceAll(/[-:]|\.\d+/gu, '')
  return `${second}-${randomBytes(6).toString('hex')}`
}

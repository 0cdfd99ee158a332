import {hasCode} from '@ep23/sdk'

/** True for an error that a judge or writer throws to end the run, such as a rejected key. */
export function isOnPurpose(error: unknown): boolean {
  const {exit, code} = error as {exit?: unknown; code?: unknown}
  return typeof exit === 'number' && typeof code === 'string' && !hasCode(error, 'UNEXPECTED')
}

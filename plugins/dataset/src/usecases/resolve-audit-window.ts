import {badDataError} from '@ep23/sdk'

import {dayWindow, type DayWindow} from '../domain/day-window.js'
import type {SeedWindow} from '../domain/seed-report.js'

/** A window as it may be named by flags. */
export interface WindowFlags {
  until?: string | undefined
  days?: number | undefined
  'time-zone'?: string | undefined
}

/** The window that flags name, filled up from the last snapshot: by default what was seeded last. */
export function resolveAuditWindow(flags: WindowFlags, last: SeedWindow | undefined): DayWindow {
  const until = flags.until ?? last?.to
  if (until === undefined)
    throw badDataError('DATASET_NO_WINDOW', 'there is no snapshot to take the window from', [
      'seed first: ep23 dataset:seed',
      'or name it: --until YYYY-MM-DD --days 30',
    ])
  return dayWindow({
    until,
    days: flags.days ?? last?.days ?? 30,
    zone: flags['time-zone'] ?? last?.time_zone ?? 'Europe/Moscow',
  })
}

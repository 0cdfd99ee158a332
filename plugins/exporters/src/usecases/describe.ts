import {relative} from 'node:path'

import {numbersMessage, type Message} from '@ep23/sdk'

import type {QueryFacts} from '../domain/manifest.js'
import {message} from '../words/words.js'

/** `2024-11-04..2024-12-03 (30 days, Europe/Moscow); from the last seed`. */
export function describeWindow({window}: QueryFacts): Message {
  if (!window) return message('allDays')
  const {from, to, days, time_zone, source} = window
  return message('windowOf', {
    ...{from, to, days},
    zone: time_zone,
    source: source === 'snapshot' ? message('fromLastSeed') : '',
  })
}

/** `1.2 MB`: decimal units, as disks are sold. */
export function describeBytes(bytes: number): Message {
  if (bytes < 1000) return message('bytes', {size: bytes})
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), 3)
  const size = numbersMessage((bytes / 1000 ** power).toFixed(1))
  return message((['kilobytes', 'kilobytes', 'megabytes', 'gigabytes'] as const)[power] ?? 'gigabytes', {size})
}

/** Relative where that is shorter to read. */
export function readablePath(path: string, cwd: string): string {
  const near = relative(cwd, path)
  return near.startsWith('..') ? path : near
}

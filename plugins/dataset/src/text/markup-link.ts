import {NEWLINE, SPACE, classAt} from './character-classes.js'
import {hostExtent, isHost} from './urls.js'

const OPEN = 0x28
const CLOSE = 0x29
const CLOSE_LABEL = 0x5d
const SCHEME = /^[a-z][a-z\d+.-]{1,20}:[^\s:]/i

/**
 * The bracketed address at `start`, right after `](`: its end is where the `)` stands that closes it. Brackets inside
 * are balanced when they can be. Undefined when it is no address: `do[bool](a)` is code.
 */
export function linkTargetEnd(text: string, start: number): number | undefined {
  const end = closingBracket(text, start)
  return end !== undefined && isAddress(text, start, end) ? end : undefined
}

function closingBracket(text: string, start: number): number | undefined {
  let last: number | undefined
  let depth = 0
  for (let at = start; at < text.length && !endsTarget(text, at); at++) {
    const unit = text.charCodeAt(at)
    if (unit === OPEN) depth++
    if (unit !== CLOSE) continue
    last = at
    if (depth-- === 0) return at
  }
  return last
}

function endsTarget(text: string, at: number): boolean {
  return (
    (classAt(text, at) & (SPACE | NEWLINE)) !== 0 ||
    (text.charCodeAt(at) === CLOSE_LABEL && text.charCodeAt(at + 1) === OPEN)
  )
}

function isAddress(text: string, start: number, end: number): boolean {
  if (SCHEME.test(text.slice(start, Math.min(end, start + 24)))) return true
  const host = hostExtent(text, start)
  return host < end && text[host] === '/' && isHost(text, start, host)
}

import {ONE_RUN} from './load.js'

/** A place of the page: `#/run/ID/3?page=1`. The same addresses live and exported. */
export interface Route {
  parts: readonly string[]
  query: URLSearchParams
}

export function currentRoute(): Route {
  // Without a slash it is no place, but what a link to a report asks for: `#lang=en&sample=ID`.
  const [path = '', query = ''] = (location.hash.startsWith('#/') ? location.hash.slice(2) : '').split('?', 2)
  const parts = path.split('/').filter(Boolean).map(decoded)
  return {parts: parts.length === 0 ? HOME : parts, query: new URLSearchParams(query)}
}

const HOME: readonly string[] = ONE_RUN === undefined ? ['runs'] : ['run', ONE_RUN]

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** @param quietly without a step that "back" would return to, as while typing */
export function go(place: string, quietly = false): void {
  if (!quietly) location.hash = place
  else {
    history.replaceState(null, '', `#${place}`)
    dispatchEvent(new HashChangeEvent('hashchange'))
  }
}

import {dirname, join, normalize} from 'node:path'

import {message} from '../words/words.js'
import type {RepositoryFinding} from './repository-finding.js'

const LINK = /\]\((?<target>[^)\s]+)(?:\s+"[^"]*")?\)/gu

interface Repository {
  /** Every file. */
  known: ReadonlySet<string>
  /** Markdown pages. */
  pages: ReadonlyMap<string, string>
}

/** Links of a Markdown page to files that are not there, and to parts that a page has not. */
export function linkFindings(file: string, text: string, {known, pages}: Repository): RepositoryFinding[] {
  const lines = withoutCode(text).split('\n')
  return lines.flatMap((line, index) =>
    linksOf(line).flatMap(({target, part, at}) => {
      if (/^(?:[a-z]+:|\/)/u.test(target)) return []
      // What is quoted was written for another page.
      if (target === '' && line.startsWith('>')) return []
      const path = target === '' ? file : normalize(join(dirname(file), decoded(target))).replace(/\/$/u, '')
      // What lies beside the repository is none of its business.
      if (path.startsWith('..') || path === '.') return []
      const isThere = known.has(path) || isFolderOf(path, known)
      const isPart = part === '' || !pages.has(path) || anchorsOf(path, pages).has(decoded(part))
      if (isThere && isPart) return []
      const detail = isThere ? message('brokenAnchor', {target: path, part}) : message('brokenLink', {target})
      return [{rule: isThere ? 'anchor' : 'link', file, line: index + 1, column: at + 1, detail}]
    }),
  )
}

/** `[text](target#part)`, wherever it stands in a text without code. */
export function linksOf(text: string): {target: string; part: string; at: number}[] {
  return Array.from(text.matchAll(LINK), ({groups, index: at}) => {
    const [target = '', part = ''] = (groups?.['target'] ?? '').split('#', 2)
    return {target, part, at}
  })
}

const anchorsIn = new WeakMap<ReadonlyMap<string, string>, Map<string, ReadonlySet<string>>>()

/** As GitHub makes them of headings, a second one of the same name with `-1`; and those that are written out (`<a id="x">`). */
function anchorsOf(path: string, pages: ReadonlyMap<string, string>): ReadonlySet<string> {
  const known = anchorsIn.get(pages) ?? new Map<string, ReadonlySet<string>>()
  anchorsIn.set(pages, known)
  const page = pages.get(path) ?? ''
  const found = known.get(path) ?? new Set([...headingAnchors(page), ...writtenAnchors(page)])
  known.set(path, found)
  return found
}

function headingAnchors(page: string): string[] {
  const times = new Map<string, number>()
  const headings = page.replaceAll(/^```[^]*?^```/gmu, '').matchAll(/^#{1,6} +(?<heading>.+)$/gmu)
  return [...headings].map(({groups}) => {
    const slug = (groups?.['heading'] ?? '')
      .replaceAll(/\[(?<text>[^\]]*)\]\([^)]*\)/gu, '$<text>')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/gu, '-')
    const before = times.get(slug) ?? 0
    times.set(slug, before + 1)
    return before === 0 ? slug : `${slug}-${before}`
  })
}

function writtenAnchors(page: string): string[] {
  return Array.from(page.matchAll(/<a (?:id|name)="(?<name>[^"]+)"/gu), ({groups}) => groups?.['name'] ?? '')
}

const foldersOf = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>()

function isFolderOf(path: string, known: ReadonlySet<string>): boolean {
  const folders = foldersOf.get(known) ?? new Set([...known].flatMap(foldersAbove))
  foldersOf.set(known, folders)
  return folders.has(path)
}

function foldersAbove(file: string): string[] {
  const parts = file.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** Examples in code are no links; lines stay where they are. */
export function withoutCode(text: string): string {
  return text
    .replaceAll(/^```[^]*?^```/gmu, block => block.replaceAll(/[^\n]/gu, ' '))
    .replaceAll(/`[^`\n]*`/gu, code => ' '.repeat(code.length))
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}

import {dirname, join, normalize} from 'node:path'

import type {TranslatedPart} from '../words/english.js'
import {message} from '../words/words.js'
import {linksOf, withoutCode} from './links.js'
import type {RepositoryFinding} from './repository-finding.js'

type Pages = ReadonlyMap<string, string>

/**
 * Russian pages that are not what their English twins are, and English pages without a twin where the pages beside them have one.
 * Twins are `x.md` and `x.ru.md`, `x.md` and `ru/x.md` (also `a/x.md` and `ru/a/x.md`), `en/x.md` and `ru/x.md`.
 * @param known every file, since links lead to more than pages
 */
export function translationFindings(pages: Pages, known: ReadonlySet<string>): RepositoryFinding[] {
  const twins = twinsIn(pages)
  const differing = [...twins].flatMap(([english, russian]) => differencesOf(english, russian, {pages, twins, known}))
  return [...differing, ...untranslated(pages, twins)]
}

/** Russian pages by their English ones. */
function twinsIn(pages: Pages): ReadonlyMap<string, string> {
  return new Map(
    [...pages.keys()].flatMap(page => {
      const english = englishOf(page).find(name => name !== page && pages.has(name))
      return english === undefined ? [] : [[english, page] as const]
    }),
  )
}

function englishOf(page: string): string[] {
  if (page.endsWith('.ru.md')) return [page.replace(/\.ru\.md$/u, '.md')]
  if (!/(?:^|\/)ru\//u.test(page)) return []
  return ['en/', ''].map(folder => page.replace(/(?<before>^|\/)ru\//u, `$<before>${folder}`))
}

const ENGLISH_ONLY = '---\nlang: en\n'

/** English pages whose folder has a Russian one with twins in it, but not theirs; `lang: en` at the top says that it shall be so. */
function untranslated(pages: Pages, twins: ReadonlyMap<string, string>): RepositoryFinding[] {
  const folders = new Map([...twins].map(([english, russian]) => [dirname(english), dirname(russian)]))
  return [...pages].flatMap(([page, text]) => {
    const folder = folders.get(dirname(page))
    if (folder === undefined || folder === dirname(page) || twins.has(page) || text.startsWith(ENGLISH_ONLY)) return []
    return [findingOf(page, message('translationMissing', {page: join(folder, page.slice(dirname(page).length + 1))}))]
  })
}

interface Repository {
  pages: Pages
  twins: ReadonlyMap<string, string>
  known: ReadonlySet<string>
}

function differencesOf(english: string, russian: string, repository: Repository): RepositoryFinding[] {
  const [original, translated] = [english, russian].map(page => partsOf(page, repository))
  return (Object.keys(original ?? {}) as TranslatedPart[]).flatMap(part => {
    const [there = [], here = []] = [original?.[part], translated?.[part]]
    const [missing, added] = [without(there, here), without(here, there)]
    if (missing.length + added.length === 0) return []
    return [findingOf(russian, message('translationDiffers', {part, missing: shown(missing), added: shown(added)}))]
  })
}

function findingOf(file: string, detail: RepositoryFinding['detail']): RepositoryFinding {
  return {rule: 'translation', file, line: null, column: null, detail}
}

function without(all: readonly string[], others: readonly string[]): string[] {
  const left = new Set(others)
  return [...new Set(all)].filter(one => !left.has(one))
}

/** At most five, each short enough for a line. */
function shown(parts: readonly string[]): string {
  const short = parts.slice(0, 5).map(part => (part.length > 60 ? `${part.slice(0, 59)}…` : part))
  return [...short, ...(parts.length > 5 ? ['…'] : [])].join(' · ')
}

function partsOf(page: string, {pages, twins, known}: Repository): Record<TranslatedPart, string[]> {
  const text = (pages.get(page) ?? '').replaceAll(/<!--[^]*?-->/gu, '')
  const prose = withoutCode(text)
  return {
    headings: counted(prose.match(/^#{1,6} /gmu) ?? []),
    code: counted([...text.matchAll(FENCED)].map(codeOf)),
    code_spans: codeSpansOf(text),
    links: linksOf(prose).map(({target, part}) => targetOf(page, {target, part}, {twins, known})),
    table_rows: tablesOf(text),
    numbers: Array.from(prose.matchAll(NUMBER), ([number]) => number.replaceAll(SEPARATOR, '')),
  }
}

const FENCED = /^```(?<language>\w*)[^\n]*\n(?<code>[^]*?)^```/gmu
/** 20,000 and 20 000 (with a space that does not break), 0.5 and 0,5. */
const NUMBER = /(?<![\p{L}\d_])\d+(?:[.,\u00A0\u202F]\d+)*/gu
const SEPARATOR = /[.,\u00A0\u202F]/gu

/** How often each stands there, so that one more or one less is a difference. */
function counted(parts: readonly string[]): string[] {
  return [...Map.groupBy(parts, part => part)].map(([part, all]) => `${part.trim()} × ${all.length}`)
}

/** Comments are translated, and so is what a program prints (a block that names no language, or `text`). */
function codeOf({groups}: RegExpExecArray): string {
  const {language = '', code = ''} = groups ?? {}
  if (language === '' || language === 'text') return '```'
  const lines = code.split('\n').map(line => line.replace(/(?:^|\s)(?:#|\/\/)\s.*$/u, '').trimEnd())
  return lines.filter(line => line !== '').join('\n')
}

/** Those that hold no word of either language's own (`RUN`, `ЗАПУСК`): commands, flags, keys, files. */
function codeSpansOf(text: string): string[] {
  const outside = text.replaceAll(/^```[^]*?^```/gmu, '')
  return Array.from(outside.matchAll(/`(?<code>[^`\n]+)`/gu), ({groups}) => groups?.['code'] ?? '').filter(
    code => !/\p{Script=Cyrillic}/u.test(code) && !/\b[A-Z]{3,}\b/u.test(code),
  )
}

function tablesOf(text: string): string[] {
  const tables = text.matchAll(/^(?:\|.*\|\n?)+/gmu)
  return Array.from(tables, ([table], index) => `table ${index + 1}: ${table.trim().split('\n').length - 2}`)
}

/** Where a link leads, in the words of the Russian page. */
function targetOf(
  page: string,
  {target, part}: {target: string; part: string},
  {twins, known}: Omit<Repository, 'pages'>,
): string {
  if (/^[a-z]+:/u.test(target)) return target
  const path = target === '' ? page : normalize(join(dirname(page), target)).replace(/\/$/u, '')
  const anchor = part === '' ? '' : '#…'
  // A language switch leads to the twin, from either side.
  if (twins.get(path) === page) return `${page}${anchor}`
  const isOriginal = twins.has(page)
  return `${isOriginal ? translationOf(path, twins, known) : path}${anchor}`
}

function translationOf(path: string, twins: ReadonlyMap<string, string>, known: ReadonlySet<string>): string {
  const russian = path.replace(/(?<before>^|\/)en(?=[/.]|$)/u, '$<before>ru')
  return twins.get(path) ?? (known.has(russian) ? russian : path)
}

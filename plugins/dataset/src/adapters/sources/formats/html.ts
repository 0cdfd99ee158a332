import type {DefaultTreeAdapterTypes} from 'parse5'

import {marked, type FormattingKind} from './message-text.js'
import {type ByteWindow, decodeUtf8} from '../byte-window.js'
import {FileProblem} from './problems.js'
import {message} from '../../../words/words.js'

type HtmlNode = DefaultTreeAdapterTypes.Node
export type HtmlElement = DefaultTreeAdapterTypes.Element

/** The tree that a browser builds of a page, however broken its markup is. The parser is loaded when a page is read. */
export async function htmlTree(html: string): Promise<HtmlNode> {
  const {parse} = await import('parse5')
  return parse(html)
}

export function childElements(node: HtmlNode): HtmlElement[] {
  return 'childNodes' in node ? node.childNodes.filter(child => 'tagName' in child) : []
}

export function attribute(element: HtmlElement, name: string): string | undefined {
  return element.attrs.find(each => each.name === name)?.value
}

export function hasClass(element: HtmlElement, name: string): boolean {
  return attribute(element, 'class')?.split(/\s+/u).includes(name) ?? false
}

/**
 * The outermost elements below a node for which `isWanted` holds, in the order of the page. Not searched: what lies below an
 * element that was found, or that `isClosed` holds for.
 */
export function outermost(
  node: HtmlNode,
  isWanted: (element: HtmlElement) => boolean,
  isClosed: (element: HtmlElement) => boolean = () => false,
): HtmlElement[] {
  return childElements(node).flatMap(child => {
    if (isWanted(child)) return [child]
    return isClosed(child) ? [] : outermost(child, isWanted, isClosed)
  })
}

/** The first element with this class below a node. */
export function firstOfClass(node: HtmlNode, name: string): HtmlElement | undefined {
  for (const child of childElements(node)) {
    const found = hasClass(child, name) ? child : firstOfClass(child, name)
    if (found !== undefined) return found
  }
  return undefined
}

/** The characters of a node, on one line. */
export function plainTextOf(node: HtmlNode): string {
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(plainTextOf).join('') : ''
}

/** Telegram Desktop begins a new file after 1,000 messages, which is about 1 MB; a tree takes some 20 times the page. */
const LONGEST_PAGE = 32 * 1024 * 1024

/** The whole page as text. @throws FileProblem for one that is too long or not UTF-8. */
export async function pageText(window: ByteWindow): Promise<string> {
  while (await window.more())
    if (window.length > LONGEST_PAGE) throw new FileProblem(message('pageTooLong', {bytes: LONGEST_PAGE}))
  const text = decodeUtf8(window.unread())
  if (text === undefined) throw new FileProblem(message('pageNotUtf8'))
  return text
}

const KINDS = new Map<string, FormattingKind>([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['s', 'strike'],
  ['del', 'strike'],
  ['strike', 'strike'],
  ['code', 'code'],
  ['pre', 'pre'],
])
const BLOCKS = new Set(['blockquote', 'pre', 'p', 'div', 'details', 'summary'])

/**
 * The text of a message in one of Telegram's pages as Telegram Markdown: `<br>` ends a line, other line ends are blanks, and
 * quotations and code blocks stand on lines of their own, as a browser shows them.
 */
export function htmlMarkdown(element: HtmlElement): string {
  return joined(element.childNodes)
    .replaceAll(/[^\S\n]*\n[^\S\n]*/gu, '\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim()
}

function joined(nodes: readonly HtmlNode[]): string {
  let text = ''
  for (const node of nodes) {
    const part = markdownOf(node)
    const isBlock = 'tagName' in node && BLOCKS.has(node.tagName)
    const needsBreak = isBlock && text !== '' && !text.endsWith('\n') && part !== ''
    text += (needsBreak ? '\n' : '') + part + (isBlock && part !== '' && !part.endsWith('\n') ? '\n' : '')
  }
  return text
}

function markdownOf(node: HtmlNode): string {
  if ('value' in node) return node.value.replaceAll(/[\t\n\r ]+/gu, ' ')
  if (!('tagName' in node)) return ''
  const {tagName} = node
  if (tagName === 'br') return '\n'
  if (tagName === 'script' || tagName === 'style') return ''
  // An emoji is written as <i class="emoji"><b>…</b></i>, which is neither italic nor bold.
  if (tagName === 'tg-emoji' || hasClass(node, 'emoji')) return plainTextOf(node)
  if (tagName === 'pre') return marked(plainTextOf(node).replace(/\n$/u, ''), 'pre')
  const text = joined(node.childNodes)
  if (tagName === 'a') return linkMarkdown(node, text)
  const kind = KINDS.get(tagName)
  return kind === undefined ? text : around(text, kind)
}

// Telegram writes line ends into the formatting around them; marks that do not touch a word are no marks.
function around(text: string, kind: FormattingKind, url?: string): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(text) ?? []
  return before + marked(inner, kind, url) + after
}

function linkMarkdown(element: HtmlElement, text: string): string {
  const href = attribute(element, 'href') ?? ''
  const label = text.trim()
  // Hashtags and mentions lead within Telegram; an address that is its own label needs no mark.
  const isPlain = !/^(?:https?|tg|mailto):/u.test(href) || label === '' || /^[#@]/u.test(label) || isSame(href, label)
  return isPlain ? text : around(text, 'link', href)
}

function isSame(href: string, label: string): boolean {
  const bare = (url: string): string => url.replace(/^(?:https?:\/\/|mailto:)/u, '').replace(/\/$/u, '')
  return bare(href) === bare(label)
}

import type {DefaultTreeAdapterTypes} from 'parse5'

import {marked, type FormattingKind} from '../records/telegram-markdown.js'
import {attribute, hasClass, plainTextOf, type HtmlElement} from './html-tree.js'

type Node = DefaultTreeAdapterTypes.Node

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

function joined(nodes: readonly Node[]): string {
  let text = ''
  for (const node of nodes) {
    const part = markdownOf(node)
    const isBlock = 'tagName' in node && BLOCKS.has(node.tagName)
    const needsBreak = isBlock && text !== '' && !text.endsWith('\n') && part !== ''
    text += (needsBreak ? '\n' : '') + part + (isBlock && part !== '' && !part.endsWith('\n') ? '\n' : '')
  }
  return text
}

function markdownOf(node: Node): string {
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

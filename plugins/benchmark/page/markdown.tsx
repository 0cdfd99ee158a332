import type {ComponentChildren} from 'preact'

import {type Mark, MarkedText} from './marks.js'

export interface MarkdownProps {
  text: string
  from: number
  to: number
  marks: readonly Mark[]
  /** Whether the posts stand beside it, each by itself. */
  hasCards: boolean
}

const INLINE =
  /\*\*(?<bold>[^*\n]+)\*\*|(?<![\p{L}\p{N}*])\*(?<italic>[^*\n]+)\*|`(?<code>[^`\n]+)`|\[(?<label>[^\]\n]+)\]\((?<href>https?:\/\/[^)\s]+|#post-[^)\s]+)\)|(?<bare>https?:\/\/[^\s)\]]+)/gu

/**
 * A stretch of a digest with its bold, italic and literal words and its links, marks over it as over any text. Everything else is shown
 * as it is written, HTML as well: nothing of a text becomes an element but these.
 */
export function Markdown({text, from, to, marks, hasCards}: MarkdownProps) {
  const parts: ComponentChildren[] = []
  let at = from
  for (const {0: whole, index, groups = {}} of text.slice(from, to).matchAll(INLINE)) {
    const start = from + index
    if (start > at) parts.push(<MarkedText key={at} {...{text, marks}} from={at} to={start} />)
    parts.push(<Inline key={start} {...{text, marks, hasCards, start, whole, groups}} />)
    at = start + whole.length
  }
  if (at < to) parts.push(<MarkedText key={at} {...{text, marks}} from={at} to={to} />)
  return <>{parts}</>
}

interface InlineProps extends Pick<MarkdownProps, 'text' | 'marks' | 'hasCards'> {
  start: number
  whole: string
  groups: Readonly<Record<string, string | undefined>>
}

function Inline({text, marks, hasCards, start, whole, groups: {bold, italic, code, label, href, bare}}: InlineProps) {
  const inner = bold ?? italic ?? code ?? label ?? bare ?? ''
  const from = start + whole.indexOf(inner)
  const Words = label === undefined ? MarkedText : Markdown
  const words = <Words {...{text, marks, from, hasCards}} to={from + inner.length} />
  const address = href ?? bare
  // A post without an address: its card beside the digest, when there are cards.
  if (address?.startsWith('#') && !hasCards) return words
  if (address?.startsWith('#'))
    return (
      <button
        type="button"
        class="jump"
        onClick={() => document.getElementById(address.slice(1))?.scrollIntoView({block: 'center'})}
      >
        {words}
      </button>
    )
  if (address !== undefined)
    return (
      <a href={address} rel="noreferrer noopener" target="_blank">
        {words}
      </a>
    )
  const Tag = bold === undefined ? (italic === undefined ? 'code' : 'i') : 'b'
  return <Tag>{words}</Tag>
}

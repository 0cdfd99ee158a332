import {joined, printableLine, verbatim, type Message, type SpanRecord, type Text} from '@ep23/sdk'

import {apartNote, extentOf, spanTrees, formatSeconds, type SpanNode, type TraceExtent} from '../../domain/span-tree.js'
import {message} from '../../words/words.js'

const BAR_WIDTH = 32
const LONGEST_NAME = 60

interface TreeLine {
  text: string
  node: SpanNode
}

/** A trace as a tree with durations, beside it when each span ran. */
export function renderTree(spans: readonly SpanRecord[]): Text[] {
  const extent = extentOf(spans)
  const lines = spanTrees(spans).flatMap(root => branch(root, '', ''))
  const width = lines.reduce((widest, {text}) => Math.max(widest, text.length), 0)
  const head = message('traceHead', {
    ...{trace: spans[0]?.trace_id ?? '', spans: spans.length},
    took: formatSeconds(extent.seconds),
  })
  return [head, '', ...lines.map(line => lineOf(line, width, extent))]
}

function branch(node: SpanNode, lead: string, below: string): TreeLine[] {
  const {span, children} = node
  const text = `${lead}${shortName(span)}`
  return [
    {text, node},
    ...children.flatMap((child, index) =>
      index === children.length - 1
        ? branch(child, `${below}└─ `, `${below}   `)
        : branch(child, `${below}├─ `, `${below}│  `),
    ),
  ]
}

function shortName({name}: SpanRecord): string {
  const text = printableLine(name)
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1).toWellFormed()}…` : text
}

function lineOf({text, node}: TreeLine, width: number, extent: TraceExtent): Text {
  const {span} = node
  const took = padded(formatSeconds(span.duration_seconds), 12)
  const failed = span.status === 'error' ? `  ✗ ${printableLine(span.status_message ?? 'error')}` : ''
  const note = apartNote(node)
  const rest = `  ${bar(span, extent)}  ${printableLine(span.service)}${failed}`
  return joined([`${text.padEnd(width)} `, took, rest, ...(note ? ['  (', note, ')'] : [])], '')
}

function padded(text: Message, width: number): Message {
  return {...verbatim(text.english.padStart(width)), in: async language => (await text.in(language)).padStart(width)}
}

function bar(span: SpanRecord, {start_ns, seconds}: TraceExtent): string {
  const scale = seconds > 0 ? BAR_WIDTH / seconds : 0
  const offset = Math.min(BAR_WIDTH - 1, Math.floor((Number(BigInt(span.start_ns) - start_ns) / 1e9) * scale))
  const length = Math.min(BAR_WIDTH - offset, Math.max(1, Math.round(span.duration_seconds * scale)))
  return `${'·'.repeat(offset)}${'█'.repeat(length)}`.padEnd(BAR_WIDTH, '·')
}

import type {Attributes, SpanRecord} from '@ep23/sdk'

import {formatSeconds} from '../../domain/format-seconds.js'
import {extentOf, spanTrees, type SpanNode, type TraceExtent} from '../../domain/span-tree.js'

const STYLE = `
:root{color-scheme:light dark}body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}
details{margin-left:1.2rem}summary{cursor:pointer;display:grid;grid-template-columns:minmax(12rem,1fr) 7rem 24rem;gap:1rem}
.bar{position:relative;background:color-mix(in srgb,currentColor 10%,transparent);height:1em;align-self:center}
.bar i{position:absolute;inset-block:0;background:#2a78d6;min-width:2px}.error .bar i{background:#c0392b}
.took{text-align:right;font-variant-numeric:tabular-nums}dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:.3rem 0 .6rem 1.2rem}
dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}`

/** A trace as one page without scripts or anything from elsewhere. */
export function renderHtml(spans: readonly SpanRecord[]): string {
  const extent = extentOf(spans)
  const title = `Trace ${spans[0]?.trace_id ?? ''}`
  const took = `${spans.length} spans, ${formatSeconds(extent.seconds)}`
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escape(title)}</title><style>${STYLE}</style></head>`,
    `<body><h1>${escape(title)}</h1><p>${escape(took)}</p>`,
    ...spanTrees(spans).map(root => nodeHtml(root, extent)),
    '</body></html>',
    '',
  ].join('\n')
}

function nodeHtml({span, children}: SpanNode, extent: TraceExtent): string {
  const took = escape(formatSeconds(span.duration_seconds))
  const summary = `<summary><span>${escape(span.name)}</span><span class="took">${took}</span>${bar(span, extent)}</summary>`
  const below = children.map(child => nodeHtml(child, extent)).join('\n')
  return `<details open class="${span.status}">${summary}${facts(span)}${below}</details>`
}

function bar(span: SpanRecord, {start_ns, seconds}: TraceExtent): string {
  const percent = (part: number): string => `${seconds > 0 ? ((part / seconds) * 100).toFixed(3) : '0'}%`
  const offset = Number(BigInt(span.start_ns) - start_ns) / 1e9
  return `<span class="bar"><i style="left:${percent(offset)};width:${percent(span.duration_seconds)}"></i></span>`
}

function facts(span: SpanRecord): string {
  const known = {service: span.service, run: span.run_id, started: span.started_at.toISOString(), status: span.status}
  const all: Attributes = {...known, ...(span.status_message && {error: span.status_message}), ...span.attributes}
  return `<dl>${Object.entries(all)
    .map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(String(value))}</dd>`)
    .join('')}</dl>`
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/gu, character => `&#${character.codePointAt(0)};`)
}

import type {Attributes, SpanRecord} from '@ep23/sdk'
import {escapeHtml, pageAssets, pageHead} from '@ep23/report'

import {apartNote, extentOf, spanTrees, formatSeconds, type SpanNode, type TraceExtent} from '../../domain/span-tree.js'
import {TRACE_STYLE} from './trace-style.js'

const TICKS = [0, 0.25, 0.5, 0.75, 1]

/** A trace as one page without scripts or anything from elsewhere: a row for each span, its facts behind a click. */
export function renderHtml(spans: readonly SpanRecord[]): string {
  const extent = extentOf(spans)
  return [
    pageHead(`Trace ${spans[0]?.trace_id ?? ''}`, pageAssets({style: TRACE_STYLE, inlineStyles: true}), 'en'),
    `<body><h1>Trace <code>${escapeHtml(spans[0]?.trace_id ?? '')}</code></h1><p>${escapeHtml(headline(spans, extent))}</p>`,
    axis(extent),
    ...spanTrees(spans).flatMap(root => rows(root, {level: 0, extent})),
    '</body></html>',
    '',
  ].join('\n')
}

function headline(spans: readonly SpanRecord[], {seconds, start_ns}: TraceExtent): string {
  const failed = spans.filter(span => span.status === 'error').length
  const services = [...new Set(spans.map(span => span.service))].join(', ')
  const started = new Date(Number(start_ns / 1_000_000n)).toISOString()
  const counts = `${spans.length} spans${failed > 0 ? `, ${failed} failed` : ''}`
  return `${counts}; ${formatSeconds(seconds).english} from ${started}; ${services}`
}

function axis({seconds}: TraceExtent): string {
  const marks = TICKS.map(at => {
    const words = at === 0 ? '0' : formatSeconds(seconds * at).english
    return `<i style="left:${at * 100}%">${escapeHtml(words)}</i>`
  })
  return `<div class="row axis" aria-hidden="true"><span></span><span></span><span class="ticks">${marks.join('')}</span></div>`
}

interface Place {
  level: number
  extent: TraceExtent
}

function rows(node: SpanNode, {level, extent}: Place): string[] {
  return [rowHtml(node, {level, extent}), ...node.children.flatMap(child => rows(child, {level: level + 1, extent}))]
}

function rowHtml(node: SpanNode, {level, extent}: Place): string {
  const {span} = node
  const failed = span.status === 'error'
  const name = `<span class="name" style="--level:${level}">${failed ? '✗ ' : ''}${escapeHtml(span.name)} <small>${escapeHtml(span.service)}</small></span>`
  const took = `<span class="took">${escapeHtml(formatSeconds(span.duration_seconds).english)}</span>`
  const note = apartNote(node)?.english
  return [
    `<details class="${span.status}"${failed ? ' open' : ''}><summary class="row">${name}${took}${bar(span, extent)}</summary>`,
    facts(span, note),
    '</details>',
    ...(note ? [`<p class="note" style="--level:${level}">${escapeHtml(note)}</p>`] : []),
  ].join('')
}

function bar(span: SpanRecord, {start_ns, seconds}: TraceExtent): string {
  const percent = (part: number): string => `${seconds > 0 ? ((part / seconds) * 100).toFixed(3) : '0'}%`
  const offset = Number(BigInt(span.start_ns) - start_ns) / 1e9
  return `<span class="bar"><i style="left:${percent(offset)};width:${percent(span.duration_seconds)}"></i></span>`
}

function facts(span: SpanRecord, note: string | undefined): string {
  const {service, status, kind, span_id} = span
  const known = {service, run: span.run_id, span: span_id, kind, started: span.started_at.toISOString(), status}
  const error = span.status_message === undefined ? {} : {error: span.status_message}
  const all: Attributes = {...error, ...known, ...(note && {apart: note}), ...span.attributes}
  return `<dl>${Object.entries(all)
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(String(value))}</dd>`)
    .join('')}</dl>`
}

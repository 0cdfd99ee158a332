import type {Digest} from '../../domain/documents/digest.js'
import {digestKind} from '../../domain/documents/document-kind.js'
import type {ReviewReport} from '../../domain/documents/review-report.js'
import {writerOf} from '../writer-of.js'
import type {StoredEntry} from '../stored/read-document.js'
import type {DayDocuments} from './day-documents.js'

export interface ShowOptions {
  posts: boolean
  review: boolean
}

/** A day's documents for reading: the digest, and on demand its posts or its review. */
export function renderDay({digests, review_reports}: DayDocuments, {posts, review}: ShowOptions): string[] {
  const shown = review
    ? review_reports.map(renderReview)
    : digests.map(entry => [...renderDigest(entry), ...(posts ? ['', ...renderPosts(entry.document)] : [])])
  const blocks = shown.length > 0 ? shown : [['no review report is stored for this day']]
  return blocks.flatMap((block, index) => (index === 0 ? block : ['', '─'.repeat(40), '', ...block]))
}

function renderDigest({document, problems}: StoredEntry<Digest>): string[] {
  const {digest_id, posts, latency_seconds: latency, created_at, metadata, quality, summary_markdown} = document
  const scores = Object.entries(quality?.llm_judge?.scores ?? {}).map(([name, score]) => `${name} ${score}`)
  return [
    `${digest_id}  ${metadata.origin}, written by ${metadata.llm_model} (${writerOf(digestKind, document).kind})`,
    [
      `${posts.length} ${posts.length === 1 ? 'post' : 'posts'}`,
      typeof latency === 'number' ? `${latency.toFixed(2)} s` : 'latency not measured',
      `due ${created_at.toISOString()}`,
      ...(scores.length > 0 ? [`judged: ${scores.join(', ')}`] : []),
    ].join(', '),
    ...problems.map(({pointer, message}) => `✖ ${pointer}: ${message}`),
    '',
    ...summary_markdown.trim().split('\n'),
  ]
}

function renderPosts({posts}: Digest): string[] {
  return posts.flatMap(({post_id, published_at, url, title, text}, index) => [
    `[${index + 1}] ${[post_id && `post ${post_id}`, published_at?.toISOString(), url].filter(Boolean).join('  ')}`.trim(),
    ...[title, text].filter(Boolean).flatMap(part =>
      (part ?? '')
        .trim()
        .split('\n')
        .map(line => `    ${line}`),
    ),
    '',
  ])
}

function renderReview({document: {report_id, report}}: StoredEntry<ReviewReport>): string[] {
  const {passes, synthesis, metadata} = report
  return [
    `${report_id}  ${metadata.origin}, written by ${metadata.llm_model}`,
    '',
    ...synthesis.trim().split('\n'),
    ...passes.flatMap(({pass_name, summary, findings, recommendations}) => [
      '',
      `${pass_name}: ${summary}`,
      ...findings.map(({title, description}) => `  ! ${[title, description].filter(Boolean).join(': ')}`),
      ...recommendations.map(text => `  → ${text}`),
    ]),
  ]
}

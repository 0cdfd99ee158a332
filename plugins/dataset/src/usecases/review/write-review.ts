import type {Clock, RunIdentity} from '@ep23/sdk'

import type {Digest} from '../../domain/digest.js'
import type {ReviewPass, ReviewReport} from '../../domain/review-report.js'
import {coveragePass} from './coverage-pass.js'
import {outlineOf} from '../../domain/digest-outline.js'
import {languagePass} from './language-pass.js'
import {redundancyPass} from './redundancy-pass.js'
import {structurePass} from './structure-pass.js'
import {synthesis} from './pass-text.js'
import {sha256OfJson, versioned} from '../writer-of.js'

/** Goes up with every change that can change a finding or a score. */
export const REVIEWER = 'rules-2'

export interface WriteReviewDeps {
  clock: Clock
  run?: RunIdentity
}

/** Reviews a digest, whoever wrote it. All but the measured latency depends on the digest alone. */
export function writeReview({clock, run}: WriteReviewDeps, digest: Digest): ReviewReport {
  const started = clock.monotonic()
  const passes = lookAt(digest)
  const latency_seconds = clock.monotonic() - started
  const {origin, generator} = digest.metadata
  return {
    report_id: digest.digest_id,
    assignment_id: digest.channel,
    language: 'ru',
    created_at: digest.created_at,
    report: {
      synthesis: synthesis(passes),
      passes,
      metadata: {
        llm_model: REVIEWER,
        written_by:
          generator === undefined
            ? {kind: 'extractive', ...versioned(REVIEWER)}
            : {kind: 'synthetic', ...versioned(generator)},
        feature_flags: {},
        latency_seconds,
        origin,
        source_sha256: reviewSourceHash(digest),
        ...(run && {run_id: run.run_id, trace_id: run.trace_id}),
        ...(generator !== undefined && {generator}),
      },
    },
  }
}

/** Hash of everything that a review is made from, the reviewer's version included. */
export function reviewSourceHash({digest_id, summary_markdown, posts}: Digest): string {
  return sha256OfJson({reviewer: REVIEWER, digest_id, summary_markdown, posts})
}

function lookAt(digest: Digest): ReviewPass[] {
  const outline = outlineOf(digest.summary_markdown)
  return [structurePass(digest, outline), coveragePass(digest, outline), languagePass(outline), redundancyPass(outline)]
}

import type {JudgedSample} from '@ep23/sdk'

import {RunAssessor} from '../../domain/assessment/assess-run.js'
import {canonicalLine} from '@ep23/plugin-exporters'
import type {HashText} from '../../domain/judgement.js'
import {MerkleRoot, type Sha256} from '../../domain/merkle-root.js'
import {RUN_FILES} from '../../domain/run-files.js'
import type {Assessment, RunResult} from '../../domain/run-result.js'
import type {ReplyLine, SampleLine} from '../../domain/sample.js'
import {firstDifference} from './first-difference.js'
import {obstacle, recomputeOf} from './recompute-scores.js'

export interface EvidenceFiles {
  /** Lines of a file without their line feeds; nothing when it is missing. */
  lines: (name: string) => AsyncIterable<string>
  text: (name: string) => Promise<string | undefined>
}

export interface LineDeps {
  files: EvidenceFiles
  sha256: Sha256
  hashText: HashText
}

/** Everything that the lines of a run give when they are computed again. */
export interface LineFindings {
  root: string
  records: number
  lines: number
  /** Lines whose scores were computed again from texts or raw answers. */
  recomputed: number
  datasetDifference: string | undefined
  scoreDifference: string | undefined
  replyDifference: string | undefined
  assessment: Assessment
}

/** Walks dataset and samples side by side, in flat memory but for the raw answers. */
export async function verifyLines({files, sha256, hashText}: LineDeps, run: RunResult): Promise<LineFindings> {
  const {replies, difference} = await readReplies(files, hashText)
  const again = obstacle(run) === undefined ? recomputeOf(run) : undefined
  const root = new MerkleRoot(sha256)
  const assessor = new RunAssessor(run.scenario, run.identity.judge.scale)
  const found = {records: 0, lines: 0, recomputed: 0, datasetDifference: undefined, scoreDifference: undefined}
  const findings: Omit<LineFindings, 'root' | 'assessment' | 'replyDifference'> = found
  const samples = files.lines(RUN_FILES.samples)[Symbol.asyncIterator]()
  for await (const text of files.lines(RUN_FILES.dataset)) {
    findings.records += 1
    root.add(text)
    const record = JSON.parse(text) as JudgedSample
    findings.datasetDifference ??= formDifference(RUN_FILES.dataset, findings.records, text, record)
    for (let repeat = 1; repeat <= run.identity.judge_repeats; repeat++) {
      const next = await samples.next()
      if (next.done) break
      findings.lines += 1
      const line = JSON.parse(next.value) as SampleLine
      assessor.add(line)
      const reply = line.trail?.reply_sha256 ? replies.get(line.trail.reply_sha256) : undefined
      const scores = again?.(record, line, reply)
      if (scores) findings.recomputed += 1
      const computed = {...identityOf(record, hashText(text), repeat), scores: scores ?? line.scores}
      findings.scoreDifference ??=
        formDifference(RUN_FILES.samples, findings.lines, next.value, line) ??
        lineDifference(line, computed, findings.lines)
    }
  }
  if (!(await samples.next()).done)
    findings.scoreDifference ??= `${RUN_FILES.samples} has more lines than its dataset has judgements`
  return {...findings, replyDifference: difference, root: root.root(), assessment: assessor.finish()}
}

async function readReplies(files: EvidenceFiles, hashText: HashText) {
  const replies = new Map<string, string>()
  let difference: string | undefined
  for await (const text of files.lines(RUN_FILES.replies)) {
    const {sha256, text: reply} = JSON.parse(text) as ReplyLine
    if (hashText(reply) !== sha256)
      difference ??= `line ${replies.size + 1}: stored ${sha256}, computed ${hashText(reply)}`
    replies.set(sha256, reply)
  }
  return {replies, difference}
}

function identityOf(record: JudgedSample, sampleSha256: string, repeat: number) {
  return {
    sample_id: record.sample_id,
    channel: record.channel,
    origin: record.metadata.origin,
    timestamp: record.timestamp,
    sample_sha256: sampleSha256,
    answer: 1,
    repeat,
    latency_seconds: record.latency_seconds ?? null,
  }
}

function lineDifference(line: SampleLine, computed: Partial<SampleLine>, number: number): string | undefined {
  const stored = Object.fromEntries(Object.keys(computed).map(field => [field, line[field as keyof SampleLine]]))
  const difference = firstDifference(stored, computed)
  return difference && `line ${number} (${line.sample_id}), ${difference}`
}

// Bytes, not meaning: a line that was written by anything else than this product shows here.
function formDifference(file: string, number: number, text: string, value: unknown): string | undefined {
  return canonicalLine(value) === text ? undefined : `${file}, line ${number} is not in its canonical form`
}

import {line, listOf, objectOf, shown, textOf, type JsonObject} from './json-shape.js'

/**
 * The data of other plugins' commands in a few lines. They are known here by their JSON schemas alone: what is missing is
 * left out, and the whole stands in the structured result.
 */
export function summarizeSeed(data: unknown): string[] {
  const {window, channels, plan, snapshot_path, totals} = objectOf(data)
  const {kept, unwritten} = objectOf(totals)
  const {from, to} = objectOf(window)
  return [
    line`${plan === true ? 'would write' : 'wrote'} ${from} … ${to}:`,
    ...listOf(channels)
      .map(objectOf)
      .map(({channel, digests, review_reports, gaps}) => {
        const {total, inserted, updated, unchanged, synthetic} = objectOf(digests)
        return line`${channel}: ${total} digests (${inserted} new, ${updated} changed, ${unchanged} as before; ${synthetic} synthetic), ${objectOf(review_reports)['total']} review reports, ${listOf(gaps).length} gaps`
      }),
    ...(Number(kept ?? 0) > 0
      ? [
          line`${kept} stored digests stay, because they are worth more or made from more posts; each is named in channels[].kept`,
        ]
      : []),
    ...(Number(unwritten ?? 0) > 0
      ? [line`${unwritten} days stay unwritten; channels[].unwritten says why, run it again`]
      : []),
    ...(textOf(snapshot_path) === undefined ? [] : ['evidence: see the resources below snapshots/']),
  ]
}

export function summarizeAudit(data: unknown): string[] {
  const {verdict, channels, findings} = objectOf(data)
  const found = listOf(findings).map(objectOf)
  return [
    line`verdict ${verdict}: ${listOf(channels).length} channels, ${found.length} findings`,
    ...shortened(found.map(({rule, channel, detail}) => line`${rule} of ${channel ?? 'the dataset'}: ${detail}`)),
  ]
}

export function summarizeVerify(data: unknown): string[] {
  const {exporters, findings, archive} = objectOf(data)
  return [
    ...listOf(exporters)
      .map(objectOf)
      .map(({exporter, passed, records, merkle_root}) => {
        return line`${exporter}: ${passed === true ? 'passed' : 'differs'}, ${records} records, Merkle root ${merkle_root}`
      }),
    ...shortened(listOf(findings).map(finding => JSON.stringify(finding))),
    archive === null ? 'nothing was archived' : line`archived in ${objectOf(archive)['folder']}`,
  ]
}

export function summarizeBenchmark(data: unknown): string[] {
  const {run_id, assessment} = objectOf(data)
  const {verdict, gates, by_origin} = objectOf(assessment)
  return [
    line`verdict ${verdict}; compare it by the name ${run_id}`,
    ...Object.entries(objectOf(by_origin)).map(([origin, result]) => line`${origin}: ${means(objectOf(result))}`),
    ...listOf(gates)
      .map(objectOf)
      .map(({metric, origin, verdict: decided, reason}) => line`gate ${metric} of ${origin}: ${decided}, ${reason}`),
  ]
}

function means({samples, scores}: JsonObject): string {
  const each = Object.entries(objectOf(scores)).map(([score, facts]) => {
    return line`${score} ${digits(objectOf(objectOf(facts)['mean'])['estimate'])}`
  })
  return line`${samples} samples, means ${each.join(', ')}`
}

export function summarizeComparison(data: unknown): string[] {
  const {verdict, before, after, by_origin, notes} = objectOf(data)
  return [
    line`verdict ${verdict}: ${objectOf(after)['name']} against ${objectOf(before)['name']}`,
    ...Object.entries(objectOf(by_origin)).flatMap(([origin, comparison]) =>
      listOf(objectOf(comparison)['metrics'])
        .map(objectOf)
        .map(({metric, mean_before, mean_after, verdict: decided, reason}) => {
          return line`${origin} ${metric}: ${digits(mean_before)} → ${digits(mean_after)}, ${decided}: ${reason}`
        }),
    ),
    ...listOf(notes).map(shown),
  ]
}

const MOST_LINES = 20

/** The first lines, and how many more there are. */
export function shortened(lines: readonly string[], most = MOST_LINES): string[] {
  return lines.length <= most ? [...lines] : [...lines.slice(0, most), line`… and ${lines.length - most} more`]
}

function digits(value: unknown): string {
  return typeof value === 'number' ? value.toFixed(4) : 'unmeasured'
}

export function summarizeRetrieval(data: unknown): string[] {
  const {path, version, signed, rag_plus_plus, settings} = objectOf(data)
  return [
    line`${path}, version ${version}, ${signed === true ? 'signed by its owner' : 'not signed by an owner'}`,
    `RAG++ is ${rag_plus_plus === true ? 'on' : 'off'}`,
    ...listOf(settings)
      .map(objectOf)
      .map(({key, value, origin}) => line`${key} ${value}${origin === 'default' ? ' (default)' : ''}`),
  ]
}

export function summarizeChange(data: unknown): string[] {
  const {path, version, changes} = objectOf(data)
  if (version === null) return [line`${path}: nothing had to be written`]
  return [line`${path}: version ${version}, signed`, ...listOf(changes).map(changeLine)]
}

export function summarizePromotion(data: unknown): string[] {
  const {promoted, refusals} = objectOf(data)
  if (promoted === true) return summarizeChange(data)
  return ['not promoted, nothing was written:', ...listOf(refusals).map(shown)]
}

function changeLine(change: unknown): string {
  const {key, from, to} = objectOf(change)
  return line`${key}: ${from} → ${to}`
}

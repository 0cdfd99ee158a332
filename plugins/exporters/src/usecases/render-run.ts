import {join, relative} from 'node:path'

import type {ExportFacts, QueryFacts, RecordFile} from '../domain/manifest.js'
import {describeLeftOut} from './count-left-out.js'
import type {RunReport} from './run-export.js'

/** A run's report for people, and what of it they are warned of. */
export function renderRun(report: RunReport, cwd: string): {text: string[]; warnings: string[]} {
  const {folder, manifest, signature, export: facts} = report
  const at = (name: string): string => readablePath(join(folder, name), cwd)
  return {
    text: [
      `${countOf(facts.records.total, 'record')} of ${facts.exporter} in ${describeFiles(facts.files, at)}`,
      `  window    ${describeWindow(facts.query)}`,
      `  channels  ${describeCounts(facts.records.by_channel)}`,
      `  origin    ${describeCounts(facts.records.by_origin)}`,
      `  root      ${facts.merkle.root}`,
      `  manifest  ${at(manifest)}${signature === null ? '' : `, signed in ${at(signature)}`}`,
    ],
    warnings: leftOutWarnings(facts),
  }
}

function leftOutWarnings({left_out}: ExportFacts): string[] {
  if (left_out === null || left_out.total === 0) return []
  return [`${left_out.total} stored records are left out: ${describeLeftOut(left_out)}`]
}

/** `2024-11-04..2024-12-03 (30 days, Europe/Moscow), as seeded last`. */
export function describeWindow({window}: QueryFacts): string {
  if (!window) return 'all days'
  const {from, to, days, time_zone, source} = window
  return `${from}..${to} (${countOf(days, 'day')}, ${time_zone})${source === 'snapshot' ? ', as seeded last' : ''}`
}

function describeFiles(files: readonly RecordFile[], at: (name: string) => string): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const first = at(files[0]?.name ?? '')
  return files.length === 1
    ? `${first} (${describeBytes(bytes)})`
    : `${files.length} files, ${first} and on (${describeBytes(bytes)})`
}

/** `1.2 MB`: decimal units, as disks are sold. */
export function describeBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), 3)
  return `${(bytes / 1000 ** power).toFixed(1)} ${['B', 'KB', 'MB', 'GB'][power]}`
}

function describeCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}

/** Relative where that is shorter to read. */
export function readablePath(path: string, cwd: string): string {
  const near = relative(cwd, path)
  return near.startsWith('..') ? path : near
}

/** `1 part`, `2 parts`. */
export function countOf(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}

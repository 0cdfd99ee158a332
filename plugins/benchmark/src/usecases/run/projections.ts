import {RUN_FILES} from '../../domain/run-folder.js'
import type {RunResult} from '../../domain/run-result.js'
import {renderJunit} from './render-junit.js'
import {renderMarkdown} from './render-markdown.js'

/** A run for those who do not read `run.json`, by file name. */
export function projectionsOf(run: RunResult): Readonly<Record<string, string>> {
  return {
    [RUN_FILES.junit]: renderJunit(run),
    [RUN_FILES.report]: renderMarkdown(run),
    [RUN_FILES.csv]: renderCsv(run),
  }
}

const HEADER = 'scenario,origin,channel,score,mean,low,high,method,measured,unmeasured'

/** `scores.csv`: one line for each score of an origin (channel `*`) and of each of its channels. */
function renderCsv({scenario, assessment}: RunResult): string {
  const rows = Object.entries(assessment.by_origin).flatMap(([origin, {scores}]) =>
    Object.entries(scores).flatMap(([score, facts]) => {
      const {estimate, low, high, method, measured, unmeasured} = facts.clustered_mean ?? facts.mean
      const whole = [scenario.name, origin, '*', score, estimate, low, high, method, measured, unmeasured]
      const channels = Object.entries(facts.by_channel).map(([channel, {mean, measured: known, unmeasured: rest}]) => [
        ...[scenario.name, origin, channel, score, mean],
        ...[null, null, 'mean', known, rest],
      ])
      return [whole, ...channels]
    }),
  )
  return `${[HEADER, ...rows.map(row => row.map(field).join(','))].join('\n')}\n`
}

function field(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  return /[",\n\r]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

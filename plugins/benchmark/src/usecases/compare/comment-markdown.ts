import {numberText, probabilityText, signedText} from '@ep23/report/numbers'

import type {ChangeVerdict, Comparison, MetricComparison} from '../../domain/comparison.js'
import {comparisonMessage} from '../../domain/messages/comparison-message.js'

/** GitHub takes 65,536 characters. */
const LONGEST = 65_000

const SIGNS: Readonly<Record<ChangeVerdict, string>> = {
  worse: '🔴 worse',
  better: '🟢 better',
  no_difference: '⚪ no difference',
  undecided: '🟡 undecided',
}

/** The hidden first line by which a comment is found again. */
export function commentMarker(scenario: string): string {
  return `<!-- ep23:${scenario.replaceAll(/[^\w.-]/gu, '_')} -->`
}

/** A comparison as the comment of a pull or merge request. */
export function commentMarkdown(comparison: Comparison): string {
  const {scenario, judge, before, after, by_origin, notes, verdict} = comparison
  const {headline, sentences} = comparisonMessage(comparison)
  const lines = [
    commentMarker(scenario),
    `### ${SIGNS[verdict]}: ${escaped(headline.en)}`,
    '',
    ...sentences.map(({en}) => `${escaped(en)}  `),
    '',
    ...Object.entries(by_origin).flatMap(([origin, {aligned, metrics}]) => [
      `${origin}, ${aligned} samples in both runs`,
      '',
      '| | before | after | difference | interval | p (Holm) | |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...metrics.map(row),
      '',
    ]),
    ...notes.map(note => `- ${escaped(note)}`),
    '',
    `<sub>${escaped(scenario)}, judge ${escaped(judge)}; ${escaped(before.name)} → ${escaped(after.name)}</sub>`,
  ]
  return shortened(lines)
}

function row({metric, mean_before, mean_after, difference, test, verdict}: MetricComparison): string {
  const {low, high} = difference
  const interval = low === null || high === null ? '–' : `${signedText(low)} … ${signedText(high)}`
  const p = test ? probabilityText(test.p_holm) : '–'
  const cells = [metric, numberText(mean_before), numberText(mean_after), signedText(difference.estimate), interval, p]
  return `| ${[...cells, SIGNS[verdict]].map(escaped).join(' | ')} |`
}

/** Names come from files: none of them may become markup, a mention or a column. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]|~]/gu, String.raw`\$&`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('@', '@\u200B')
    .replaceAll(/\s+/gu, ' ')
}

function shortened(lines: readonly string[]): string {
  const kept: string[] = []
  let length = 0
  for (const line of lines) {
    length += line.length + 1
    if (length > LONGEST) return [...kept, '', '…', ''].join('\n')
    kept.push(line)
  }
  return `${kept.join('\n')}\n`
}

import {numberText, probabilityText, signedText} from '@ep23/report/numbers'
import type {Language} from '@ep23/sdk'

import type {ChangeVerdict, Comparison, MetricComparison} from '../../domain/comparison.js'
import {comparisonRemarkMessage} from '../../domain/messages/change-messages.js'
import {comparisonMessage} from '../../domain/messages/comparison-message.js'
import {localizedNumbers, wordsIn} from '../../domain/messages/localized-text.js'
import {nameIn} from '../../domain/messages/names.js'
import {catalogue} from '../../words/words.js'

/** GitHub takes 65,536 characters. */
const LONGEST = 65_000

const SIGNS: Readonly<Record<ChangeVerdict, string>> = {
  worse: '🔴',
  better: '🟢',
  no_difference: '⚪',
  undecided: '🟡',
}

/** The hidden first line by which a comment is found again. */
export function commentMarker(scenario: string): string {
  return `<!-- ep23:${scenario.replaceAll(/[^\w.-]/gu, '_')} -->`
}

/** A comparison as the comment of a pull or merge request. */
export async function commentMarkdown(comparison: Comparison, language: Language): Promise<string> {
  const words = await catalogue(language)
  const {scenario, judge, before, after, by_origin, remarks, verdict} = comparison
  const {headline, sentences} = comparisonMessage(comparison)
  const numbers = [words.commentBefore, words.commentAfter, words.commentDifference, words.commentInterval]
  const lines = [
    commentMarker(scenario),
    `### ${signed(verdict, language)}: ${escaped(wordsIn(headline, language))}`,
    '',
    ...sentences.map(sentence => `${escaped(wordsIn(sentence, language))}  `),
    '',
    ...Object.entries(by_origin).flatMap(([origin, {aligned, metrics}]) => [
      words.commentPaired({origin: nameIn(origin, language), samples: aligned}),
      '',
      `| | ${[...numbers, words.commentP].join(' | ')} | |`,
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...metrics.map(metric => row(metric, language)),
      '',
    ]),
    ...remarks.map(remark => `- ${escaped(wordsIn(comparisonRemarkMessage(remark), language))}`),
    '',
    `<sub>${escaped(scenario)}, ${words.commentJudge} ${escaped(judge)}; ${escaped(before.name)} → ${escaped(after.name)}</sub>`,
  ]
  return shortened(lines)
}

/** `🔴 worse`, «🔴 хуже» */
function signed(verdict: ChangeVerdict, language: Language): string {
  return `${SIGNS[verdict]} ${nameIn(verdict, language).replace('_', ' ')}`
}

function row(
  {metric, mean_before, mean_after, difference, test, verdict}: MetricComparison,
  language: Language,
): string {
  const {low, high} = difference
  const interval = low === null || high === null ? '–' : `${signedText(low)} … ${signedText(high)}`
  const p = test ? probabilityText(test.p_holm) : '–'
  const numbers = [numberText(mean_before), numberText(mean_after), signedText(difference.estimate), interval, p]
  const shown = numbers.map(number => localizedNumbers(number, language))
  return `| ${[nameIn(metric, language), ...shown, signed(verdict, language)].map(escaped).join(' | ')} |`
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

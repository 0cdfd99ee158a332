import {both, html, type Markup} from '@ep23/report'

import type {ComparedRun, Comparison} from '../../domain/comparison.js'
import type {RunResult} from '../../domain/run-result.js'
import {comparisonMessage} from '../../domain/messages/comparison-message.js'
import {runMessage} from '../../domain/messages/run-messages.js'
import type {Answer} from '../../domain/messages/localized-text.js'
import {localized} from './report-frame.js'

/** What a reader came for, before any table: is it worse, is it good enough, how sure is that. */
export function answerSection(run: RunResult, comparison: Comparison | undefined): Markup {
  const gates = answerCard(
    both('Достаточно ли хорошо?', 'Good enough?'),
    run.assessment.verdict,
    runMessage(run),
    comparison ? null : withoutComparison(),
  )
  if (!comparison) return html`<section class="answers">${gates}</section>`
  const change = answerCard(
    both('Хуже ли, чем раньше?', 'Worse than before?'),
    comparison.verdict,
    comparisonMessage(comparison),
    comparedRuns(comparison),
  )
  return html`<section class="answers">${change}${gates}</section>`
}

function answerCard(question: Markup, verdict: string, {headline, sentences}: Answer, aside: Markup | null): Markup {
  return html`<div class="answer ${verdict}">
    <p class="question">${question}</p>
    <p class="headline">${localized(headline)}</p>
    ${sentences.map(sentence => html`<p>${localized(sentence)}.</p>`)}${aside}
  </div>`
}

function comparedRuns({before, after}: Comparison): Markup {
  const [now, then] = [daysOf(after), daysOf(before)]
  const days = now === then ? html`${now}` : html`${now} ${both('против', 'against')} ${then}`
  return html`<p class="sub">${days} · ${both('раньше', 'before')}: ${before.name}</p>`
}

function daysOf({days, name}: ComparedRun): string {
  if (days === null) return name
  return days.from === days.to ? days.from : `${days.from} … ${days.to}`
}

function withoutComparison(): Markup {
  return html`<p class="sub">
    ${both('Стало ли хуже, скажет сравнение', 'Whether it got worse, a comparison tells')}:
    <code>ep23 benchmark:report … --compare</code>
  </p>`
}

import {both, differenceChart, fixedText, html, type Markup, signedText} from '@ep23/report'
import type {TestedQuery} from '../../domain/tuning-result.js'

interface Difference {
  query: string
  text: string
  current: number
  best: number
  difference: number
}

/** As many of either side are shown at once; the others behind a click. */
const SHOWN = 10

/** Each test query under the best setting against the current configuration, from the largest gain to the largest loss. */
export function differenceSection(tested: readonly TestedQuery[], measure: string): Markup {
  const differences = differencesOf(tested)
  const better = differences.filter(({difference}) => difference > 0)
  const worse = differences.filter(({difference}) => difference < 0).toReversed()
  const same = differences.length - better.length - worse.length
  return html`<section id="queries">
    <h2>
      ${both('По запросам: лучшая настройка против нынешней', 'By query: the best setting against the current one')}
    </h2>
    <p class="lead">
      ${both(
        `Лучше ${better.length}, хуже ${worse.length}, без изменений ${same} из ${differences.length} проверочных запросов (${measure}).`,
        `${better.length} better, ${worse.length} worse, ${same} unchanged of ${differences.length} test queries (${measure}).`,
      )}
    </p>
    ${
      better.length + worse.length === 0
        ? null
        : differenceChart(
            differences.map(({query, difference}) => ({name: query, difference})),
            signed,
          )
    }
    <div class="sides">${side(both('Выигрывают', 'Gain'), better)}${side(both('Проигрывают', 'Lose'), worse)}</div>
  </section>`
}

function differencesOf(tested: readonly TestedQuery[]): Difference[] {
  return tested
    .map(({query, text, current, front: [best]}) => ({query, text, current, best, difference: best - current}))
    .sort((a, b) => b.difference - a.difference)
}

function side(title: Markup, differences: readonly Difference[]): Markup {
  if (differences.length === 0)
    return html`<div>
      <h3>${title}</h3>
      <p>${both('ни один запрос', 'no query')}</p>
    </div>`
  const rest = differences.slice(SHOWN)
  return html`<div>
    <h3>${title}</h3>
    ${table(differences.slice(0, SHOWN))}${
      rest.length === 0
        ? null
        : html`<details>
            <summary>${both(`ещё ${rest.length}`, `${rest.length} more`)}</summary>
            ${table(rest)}
          </details>`
    }
  </div>`
}

function table(differences: readonly Difference[]): Markup {
  return html`<table class="queries">
    <tbody>
      ${differences.map(
        ({query, text, current, best, difference}) =>
          html`<tr>
            <td>${text === '' ? query : text} <small>${text === '' ? null : query}</small></td>
            <td>
              <b class="${difference > 0 ? 'up' : 'down'}">${signed(difference)}</b>
              <small>${fixedText(current)} → ${fixedText(best)}</small>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

const signed = (difference: number): string => signedText(difference, fixedText)

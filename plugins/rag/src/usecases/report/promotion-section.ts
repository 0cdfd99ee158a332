import {both, html, type Markup} from '@ep23/report'
import {show} from '../render-config.js'
import {refusalText} from '../judge-promotion.js'
import type {PromotionOutlook} from './report-source.js'

/** Whether the best setting may be promoted, what would change, and every reason against it. */
export function promotionSection(
  {config, canary, changes, refusals, findings}: PromotionOutlook,
  folder: string,
): Markup {
  const isAllowed = refusals.length + findings.length === 0
  return html`<section id="promotion">
    <h2>${both('Что сделает продвижение', 'What promotion would do')}</h2>
    ${isAllowed ? allowed(folder) : refused(refusals, findings)}
    ${canary === null ? null : html`<p class="note">${both(`Сейчас другие значения получают ${canary} % пользователей.`, `${canary} % of the users get other values now.`)}</p>`}
    <p class="lead">
      ${changes.length === 0 ? both(`В ${config} ничего не изменится.`, `Nothing would change in ${config}.`) : both(isAllowed ? `В ${config} изменится:` : `Иначе в ${config} изменилось бы:`, isAllowed ? `In ${config} this changes:` : `Otherwise this would change in ${config}:`)}
    </p>
    ${
      changes.length === 0
        ? null
        : html`<div class="scroll">
            <table class="changes">
              <tbody>
                ${changes.map(
                  ({key, from, to}) =>
                    html`<tr>
                      <td><code>${key}</code></td>
                      <td>${show(from)} → <b>${show(to)}</b></td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`
}

export function outlookBadge({refusals, findings}: PromotionOutlook): Markup {
  return refusals.length + findings.length === 0
    ? html`<span class="badge good">${both('можно продвигать', 'may be promoted')}</span>`
    : html`<span class="badge bad">${both('продвигать нельзя', 'may not be promoted')}</span>`
}

function allowed(folder: string): Markup {
  return html`<p class="note good">
    ${both('Выигрыш не случаен, повторные запуски согласны, результат свежий. Владелец продвигает его так:', 'The gain is no chance, repeated runs agree, the result is fresh. Its owner promotes it with:')}<br />
    <code>ep23 rag:promote ${folder} --why …</code>
  </p>`
}

function refused(refusals: PromotionOutlook['refusals'], findings: readonly string[]): Markup {
  return html`<ul class="note bad">
    ${refusals.map(refusal => {
      const {ru, en} = refusalText(refusal)
      return html`<li>${both(ru, en)}</li>`
    })}
    ${findings.map(finding => html`<li>${both('конфигурация не подписана владельцем', 'the configuration is not signed by its owner')}: ${finding}</li>`)}
  </ul>`
}

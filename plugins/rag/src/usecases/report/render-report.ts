import {
  both,
  html,
  type Markup,
  minuteText,
  type PageAssets,
  pageFooter,
  pageHead,
  pageHeader,
  type PageLanguage,
} from '@ep23/report'
import {differenceSection} from './difference-section.js'
import {frontSection} from './front-section.js'
import {historySection} from './history-section.js'
import type {ReportSource, PromotionOutlook} from './report-source.js'
import {show} from '../render-config.js'
import {refusalText} from '../judge-promotion.js'
import type {Message} from '@ep23/sdk'

/**
 * A tuning run as one HTML page for the owner: no script, nothing loaded from anywhere, both languages in it. Queries and file
 * names are escaped.
 */
export function renderTuningReport(source: ReportSource, assets: PageAssets, language: PageLanguage): string {
  const {result, tested, past, outlook} = source
  const body = html`<body>
    ${header(source, language)}
    <main>
      ${promotionSection(outlook, result.folder)}${frontSection(result, outlook.mostVarianceRatio)}${differenceSection(tested, result.measure)}${historySection(past, result.run_id, outlook.mostVarianceRatio)}
    </main>
    ${footer(source)}
  </body>`
  return `${pageHead(`ep23 rag · ${result.run_id}`, assets, language)}${body.html}</html>\n`
}

function header({result, outlook}: ReportSource, language: PageLanguage): Markup {
  const {measure, method, tried, space, repeats, queries, finished_at, run_id} = result
  return pageHeader({
    brand: 'ep23 rag',
    language,
    title: html`${both('Настройка поиска', 'Retrieval tuning')} ${outlookBadge(outlook)}`,
    facts: [
      [both('Качество', 'Quality'), measure],
      [both('Настроек опробовано', 'Settings tried'), `${tried.settings} / ${space} (${method})`],
      [both('Повторов', 'Repeats'), String(repeats)],
      [both('Запросов: выбор / проверка', 'Queries: choice / test'), `${queries.train} / ${queries.test}`],
      [both('Закончен', 'Finished'), `${minuteText(finished_at)} UTC`],
      [both('Запуск', 'Run'), run_id],
    ],
  })
}

function footer({result, outlook}: ReportSource): Markup {
  const {folder, seed, method, base_sha256, measured_since} = result
  return pageFooter([
    ['folder', folder],
    ['configuration', outlook.config],
    ['its values, SHA-256', base_sha256],
    ['method, seed', `${method}, ${seed}`],
    ['measured since', measured_since],
  ])
}

/** Whether the best setting may be promoted, what would change, and every reason against it. */
function promotionSection({config, canary, changes, refusals, findings}: PromotionOutlook, folder: string): Markup {
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

function outlookBadge({refusals, findings}: PromotionOutlook): Markup {
  return refusals.length + findings.length === 0
    ? html`<span class="badge good">${both('можно продвигать', 'may be promoted')}</span>`
    : html`<span class="badge bad">${both('продвигать нельзя', 'may not be promoted')}</span>`
}

function allowed(folder: string): Markup {
  return html`<p class="note good">
    ${both('Выигрыш не случаен, повторные запуски согласны, результат свежий. Владелец продвигает его так:', 'The gain is not due to chance, repeated runs agree, the result is fresh. Its owner promotes it with:')}<br />
    <code>ep23 rag:promote ${folder} --why …</code>
  </p>`
}

function refused(refusals: PromotionOutlook['refusals'], findings: readonly Message[]): Markup {
  return html`<ul class="note bad">
    ${refusals.map(refusal => {
      const {ru, en} = refusalText(refusal)
      return html`<li>${both(ru, en)}</li>`
    })}
    ${findings.map(finding => html`<li>${both('конфигурация не подписана владельцем', 'the configuration is not signed by its owner')}: ${finding.english}</li>`)}
  </ul>`
}

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
import {outlookBadge, promotionSection} from './promotion-section.js'
import type {ReportSource} from './report-source.js'

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

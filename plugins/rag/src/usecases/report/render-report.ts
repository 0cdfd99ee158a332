import {differenceSection} from './difference-section.js'
import {frontSection} from './front-section.js'
import {historySection} from './history-section.js'
import {both, html, Markup} from '@ep23/sdk/html'
import {minuteText} from './number-text.js'
import {outlookBadge, promotionSection} from './promotion-section.js'
import type {ReportSource} from './report-source.js'

export interface ReportStyle {
  css: string
  /** `sha256-…`: nothing else may style the page. */
  hash: string
}

/**
 * A tuning run as one HTML page for the owner: no script, nothing loaded from anywhere, both languages in it (the reader's
 * choice is a radio button and a style rule). Queries and file names are escaped.
 */
export function renderReport(source: ReportSource, style: ReportStyle, language: 'ru' | 'en'): string {
  const {result, tested, past, outlook} = source
  const body = html`<body>
    ${header(source, language)}
    <main>
      ${promotionSection(outlook, result.folder)}${frontSection(result, outlook.mostVarianceRatio)}${differenceSection(tested, result.measure)}${historySection(past, result.run_id, outlook.mostVarianceRatio)}
    </main>
    ${footer(source)}
  </body>`
  return `<!doctype html>\n<html>${head(result.run_id, style).html}${body.html}</html>\n`
}

// The style goes in as it is: its hash stands in the policy.
function head(run: string, {css, hash}: ReportStyle): Markup {
  const policy = `default-src 'none'; style-src '${hash}'; base-uri 'none'; form-action 'none'`
  return html`<head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <title>ep23 rag · ${run}</title>
    ${new Markup(`<style>${css}</style>`)}
  </head>`
}

function header({result, outlook}: ReportSource, language: 'ru' | 'en'): Markup {
  const {measure, method, tried, space, repeats, queries, finished_at, run_id} = result
  const facts: [Markup, string][] = [
    [both('Качество', 'Quality'), measure],
    [both('Настроек опробовано', 'Settings tried'), `${tried.settings} / ${space} (${method})`],
    [both('Повторов', 'Repeats'), String(repeats)],
    [both('Запросов: выбор / проверка', 'Queries: choice / test'), `${queries.train} / ${queries.test}`],
    [both('Закончен', 'Finished'), `${minuteText(finished_at)} UTC`],
    [both('Запуск', 'Run'), run_id],
  ]
  return html`<header>
    <div class="bar"><span class="brand">ep23 rag</span>${languages(language)}</div>
    <h1>${both('Настройка поиска', 'Retrieval tuning')} ${outlookBadge(outlook)}</h1>
    <dl class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </header>`
}

function languages(chosen: 'ru' | 'en'): Markup {
  return html`<span class="languages">
    ${(['ru', 'en'] as const).map(
      name =>
        html`<input type="radio" name="language" id="${name}" ${name === chosen ? 'checked' : null} /><label
            for="${name}"
            >${name.toUpperCase()}</label
          >`,
    )}
  </span>`
}

function footer({result, outlook}: ReportSource): Markup {
  const {folder, seed, method, base_sha256, measured_since} = result
  const rows: [string, string][] = [
    ['folder', folder],
    ['configuration', outlook.config],
    ['its values, SHA-256', base_sha256],
    ['method, seed', `${method}, ${seed}`],
    ['measured since', measured_since],
  ]
  return html`<footer>
    <details>
      <summary>${both('Чем это проверить', 'How to check this')}</summary>
      <div class="scroll">
        <table>
          <tbody>
            ${rows.map(
              ([name, value]) =>
                html`<tr>
                  <th>${name}</th>
                  <td><code>${value}</code></td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>
  </footer>`
}

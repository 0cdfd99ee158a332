import {both, html, type Markup} from '@ep23/sdk/html'

import type {RunResult} from '../../domain/run-result.js'
import {tellTitle} from '../../domain/telling/name-words.js'
import {told} from './told-markup.js'

export interface ReportAssets {
  style: string
  script: string
  /** `sha256-…` of each, for the page's own content security policy. */
  styleHash: string
  scriptHash: string
}

/** Nothing is loaded from anywhere, and no script but ours runs, whatever the texts hold. */
export function pageHead(run: RunResult, {style, styleHash, scriptHash}: ReportAssets, language: string): string {
  const policy = `default-src 'none'; style-src '${styleHash}'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'`
  const head = html`<meta charset="utf-8" /><meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" /><meta name="referrer" content="no-referrer" />
    <title>${run.scenario.title} · ${run.run_id}</title>`
  return `<!doctype html>\n<html lang="${language}"><head>${head.html}<style>${style}</style></head>`
}

export function pageHeader(run: RunResult, days: string): Markup {
  const {identity, assessment, dataset} = run
  const {judge} = identity
  const facts: [Markup, string][] = [
    [both('Судья', 'Judge'), [judge.name, judge.model, judge.prompt?.version].filter(Boolean).join(' · ')],
    [both('Дни', 'Days'), days],
    [both('Образцы', 'Samples'), String(assessment.samples.samples)],
    [both('Данные', 'Dataset'), `${dataset.merkle_root.slice(0, 12)}…`],
    [both('Закончен', 'Finished'), `${run.finished_at.slice(0, 16).replace('T', ' ')} UTC`],
    [both('Запуск', 'Run'), run.run_id],
  ]
  return html`<header>
    <div class="bar">
      <span class="brand">ep23 benchmark</span
      ><span class="languages"
        ><button type="button" data-language="ru">RU</button><button type="button" data-language="en">EN</button></span
      >
    </div>
    <h1>
      ${told(tellTitle(run.scenario))}${run.dry_run ? html` <span class="badge">${both('пробный запуск', 'dry run')}</span>` : null}${run.stopped_early ? html` <span class="badge warn">${both('остановлен раньше конца', 'stopped early')}</span>` : null}
    </h1>
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

/** Everything that someone who wants the same numbers again must know. */
export function pageFooter(run: RunResult): Markup {
  const {identity, hardware, files, dataset} = run
  const rows: [string, string][] = [
    ['scenario', `${identity.scenario.name} v${identity.scenario.version} · ${identity.scenario.sha256}`],
    ['judge', identity.judge.signature],
    ['prompt', identity.judge.prompt ? `${identity.judge.prompt.version} · ${identity.judge.prompt.sha256}` : '—'],
    ['dataset', `${dataset.location} · ${dataset.merkle_root}`],
    ['fingerprint', run.fingerprint],
    ['hardware', `${hardware.cpu} × ${hardware.cores} · ${hardware.platform} · Node ${hardware.node}`],
    ['ep23', run.ep23_version],
    ...files.map(({name, sha256}): [string, string] => [name, sha256]),
  ]
  return html`<footer>
    <details>
      <summary>${both('Чем это проверить', 'How to check this')}</summary>
      <div class="scroll">
        <table class="identity">
          <tbody>
            ${rows.map(
              ([name, value]) =>
                html`<tr>
                  <th>${name}</th>
                  <td>${value}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p>ep23 benchmark:archive ${run.run_id} · ep23 benchmark:verify</p>
    </details>
  </footer>`
}

import {both, html, type Markup, minuteText, pageFooter, pageHeader, type PageLanguage} from '@ep23/report'

import type {RunResult} from '../../domain/run-result.js'
import {localizedTitle, localizedName} from '../../domain/messages/names.js'
import type {LocalizedText} from '../../domain/messages/localized-text.js'

/** @param days that the run's samples are of, in words */
export function reportHeader(run: RunResult, days: string, language: PageLanguage): Markup {
  const {identity, assessment, dataset} = run
  const {judge} = identity
  return pageHeader({
    brand: 'ep23 benchmark',
    language,
    title: html`${localized(localizedTitle(run.scenario))}${run.dry_run ? html` <span class="badge">${both('пробный запуск', 'dry run')}</span>` : null}${run.stopped_early ? html` <span class="badge warn">${both('остановлен раньше конца', 'stopped early')}</span>` : null}`,
    facts: [
      [both('Судья', 'Judge'), [judge.name, judge.model, judge.prompt?.version].filter(Boolean).join(' · ')],
      [both('Дни', 'Days'), days],
      [both('Образцы', 'Samples'), String(assessment.samples.samples)],
      [both('Данные', 'Dataset'), `${dataset.merkle_root.slice(0, 12)}…`],
      [both('Закончен', 'Finished'), `${minuteText(run.finished_at)} UTC`],
      [both('Запуск', 'Run'), run.run_id],
    ],
  })
}

/** Everything that someone who wants the same numbers again must know. */
export function reportFooter(run: RunResult): Markup {
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
  return pageFooter(rows, `ep23 benchmark:archive ${run.run_id} · ep23 benchmark:verify`)
}

/** A name of ours in both languages; names that plugins bring stay as they are. */
export function word(name: string): Markup {
  const {ru, en} = localizedName(name)
  return both(ru, en)
}

/** The same for the page's script. */
export function wordPairs(names: readonly string[]): Record<string, readonly [string, string]> {
  return Object.fromEntries(
    names.map(name => {
      const {ru, en} = localizedName(name)
      return [name, [ru, en]]
    }),
  )
}

export function localized({ru, en}: LocalizedText): Markup {
  return both(ru, en)
}

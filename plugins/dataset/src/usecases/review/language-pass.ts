import {percentText} from '@ep23/report/numbers'
import type {ReviewPass} from '../../domain/review-report.js'
import {cyrillicShare, languageHint, latinRuns} from '../../text/index.js'
import type {DigestOutline} from '../../domain/digest-outline.js'
import {passOf, quoted, type Remark} from './pass-text.js'

/** Below this share of Cyrillic letters a digest is not Russian enough. */
const FEWEST_CYRILLIC = 0.8

/** Looks at the language: share of Cyrillic letters, stretches that nobody translated, another Slavic language. */
export function languagePass({prose}: DigestOutline): ReviewPass {
  const share = cyrillicShare(prose)
  const runs = latinRuns(prose)
  const remarks = [...shareRemarks(share), ...hintRemarks(prose, share), ...runs.map(({text}) => untranslated(text))]
  const summary = `Кириллицы ${percentText(share, 0)}, непереведённых отрывков: ${runs.length}.`
  return passOf('language', summary, remarks, {cyrillic_share: share, untranslated_runs: runs.length})
}

function shareRemarks(share: number): Remark[] {
  if (share >= FEWEST_CYRILLIC) return []
  return [
    {
      title: 'Мало русского текста',
      description: `Кириллических букв ${percentText(share, 0)}, нужно не меньше ${percentText(FEWEST_CYRILLIC, 0)}.`,
      recommendation: 'Изложить иноязычные места по-русски.',
    },
  ]
}

function hintRemarks(prose: string, share: number): Remark[] {
  const language = languageHint(prose)
  if (language === 'ru' || share < FEWEST_CYRILLIC) return []
  return [
    {
      title: 'Текст не похож на русский',
      description: `Буквы и слова указывают на другой язык (${language}).`,
      recommendation: 'Проверить, на каком языке написан дайджест.',
    },
  ]
}

function untranslated(text: string): Remark {
  return {title: 'Непереведённый отрывок', description: quoted(text), recommendation: 'Перевести иноязычные отрывки.'}
}

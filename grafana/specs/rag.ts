import type {DashboardSpec} from '../panel-spec.ts'
import {ragChangePanels} from './rag-change-panels.ts'

export const rag: DashboardSpec = {
  name: 'rag',
  title: {en: 'ep23: retrieval', ru: 'ep23: поиск'},
  panels: [
    {
      kind: 'timeseries',
      title: {en: 'Best quality so far in tuning', ru: 'Лучшее качество в настройке'},
      description: {
        en: 'Quality of the best setting that the last tuning run has found, on the queries that it chooses on.',
        ru: 'Качество лучшей настройки, найденной последним запуском, на запросах, по которым он выбирает.',
      },
      unit: 'percentunit',
      queries: [{expr: 'max by (metric) (rag_tuning_best_score)', legend: '{{metric}}'}],
    },
    {
      kind: 'timeseries',
      title: {en: 'Variance between repeated runs', ru: 'Разброс повторных запусков'},
      description: {
        en: 'Share of score variance between repeated runs. Above 20 % a comparison may be noise.',
        ru: 'Доля разброса оценок между повторными запусками. Выше 20 % сравнение может быть шумом.',
      },
      unit: 'percentunit',
      queries: [
        {expr: 'max by (window) (rag_variance_ratio)', legend: '{{window}}'},
        {expr: 'max by (window) (rag_variance_upper_ratio)', legend: '{{window}} ≤ (99 %)'},
      ],
      alarm: {at: 0.2, side: 'above'},
    },
    {
      kind: 'timeseries',
      title: {en: 'Rerank fallbacks', ru: 'Отказы переранжирования'},
      description: {
        en: 'Rerank replies that could not be used, by reason.',
        ru: 'Ответы переранжирования, которые не удалось использовать, по причине.',
      },
      unit: 'short',
      queries: [
        {
          expr: 'sum by (reason) (increase(rag_fallback_reason_total[$__range]))',
          legend: '{{reason}}',
        },
      ],
    },
    ...ragChangePanels,
  ],
}

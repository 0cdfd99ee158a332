import type {DashboardSpec} from '../panel-spec.ts'
import {mcpPanels} from './mcp-panels.ts'
import {sidecarPanels} from './sidecar-panels.ts'

export const observability: DashboardSpec = {
  name: 'observability',
  title: {en: 'ep23: observability', ru: 'ep23: наблюдаемость'},
  panels: [
    {
      kind: 'stat',
      title: {en: 'Shared infrastructure', ru: 'Общая инфраструктура'},
      description: {
        en: '1 for each part that came up. 0 for a part that is wanted pages.',
        ru: '1 у каждой поднятой части. 0 у нужной части вызывает оповещение.',
      },
      absent: {en: 'infra:up has not run yet', ru: 'infra:up ещё не запускали'},
      unit: 'short',
      queries: [
        {
          expr: 'max by (step) (shared_infra_bootstrap_status)',
          legend: '{{step}}',
        },
      ],
      alarm: {at: 1, side: 'below'},
    },
    {
      kind: 'timeseries',
      title: {en: 'Bootstrap duration, 95th percentile', ru: 'Длительность подъёма, 95-й процентиль'},
      description: {
        en: 'How long each part takes until it answers.',
        ru: 'Сколько проходит до ответа каждой части.',
      },
      unit: 's',
      queries: [
        {
          expr: 'histogram_quantile(0.95, sum by (step, le) (rate(shared_infra_bootstrap_duration_seconds_bucket[$__rate_interval])))',
          legend: '{{step}}',
        },
      ],
    },
    {
      kind: 'timeseries',
      title: {en: 'Runs by outcome', ru: 'Запуски по исходам'},
      description: {
        en: 'Commands run within the shown time, by how they ended.',
        ru: 'Выполненные за показанное время команды, по исходу.',
      },
      unit: 'short',
      queries: [
        {
          expr: 'sum by (outcome) (increase(ep23_runs_total[$__range]))',
          legend: '{{outcome}}',
        },
      ],
    },
    {
      kind: 'timeseries',
      title: {en: 'Run duration, 95th percentile', ru: 'Длительность команд, 95-й процентиль'},
      description: {
        en: 'How long commands run.',
        ru: 'Сколько выполняются команды.',
      },
      unit: 's',
      queries: [
        {
          expr: 'histogram_quantile(0.95, sum by (command, le) (rate(ep23_run_duration_seconds_bucket[$__rate_interval])))',
          legend: '{{command}}',
        },
      ],
    },
    {
      kind: 'timeseries',
      title: {en: 'Log lines', ru: 'Строки журнала'},
      description: {
        en: 'Lines a second by service and level. A jump of ten times warns.',
        ru: 'Строк в секунду по службе и уровню. О десятикратном скачке приходит предупреждение.',
      },
      unit: 'cps',
      queries: [
        {
          expr: 'sum by (service, level) (rate(structured_logs_total[$__rate_interval]))',
          legend: '{{service}} {{level}}',
        },
      ],
    },
    ...sidecarPanels,
    ...mcpPanels,
  ],
}

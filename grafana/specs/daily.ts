import type {DashboardSpec} from '../panel-spec.ts'

export const daily: DashboardSpec = {
  name: 'daily',
  title: {en: 'ep23: every day', ru: 'ep23: каждый день'},
  panels: [
    {
      kind: 'stat',
      title: {en: 'State of the last judged day', ru: 'Состояние последнего дня'},
      description: {
        en: 'The state that holds has the value 1: quiet, watch, alarm, instrument (the judge changed), unmeasured, missing, learning.',
        ru: 'Значение 1 у действующего состояния: quiet, watch, alarm, instrument (сменился судья), unmeasured, missing, learning.',
      },
      absent: {en: 'ep23 daily has not run yet', ru: 'ep23 daily ещё не запускали'},
      unit: 'short',
      queries: [{expr: 'max by (state) (ep23_daily_state) == 1', legend: '{{state}}'}],
    },
    {
      kind: 'timeseries',
      title: {en: 'Evidence of a decline', ru: 'Признаки ухудшения'},
      description: {
        en: 'An alarm is at 1, a day to watch at 0.1. While nothing changes it grows by about 1/365 a day.',
        ru: 'Тревога при 1, наблюдение от 0,1. Пока ничего не меняется, растёт примерно на 1/365 в день.',
      },
      absent: {en: 'no baseline is blessed yet', ru: 'образец ещё не принят'},
      unit: 'short',
      queries: [{expr: 'max(ep23_daily_evidence_ratio)', legend: 'evidence'}],
    },
    {
      kind: 'timeseries',
      title: {en: 'Scores of the day', ru: 'Оценки дня'},
      description: {
        en: 'Mean over the measured channels, as the judge gave it; alarms look at it adjusted for the length of the sources.',
        ru: 'Среднее по измеренным каналам, как дал судья; тревоги смотрят на него с поправкой на длину источников.',
      },
      absent: {en: 'ep23 daily has not run yet', ru: 'ep23 daily ещё не запускали'},
      unit: 'percentunit',
      queries: [{expr: 'max by (metric) (ep23_daily_score)', legend: '{{metric}}'}],
    },
    {
      kind: 'stat',
      title: {en: 'Since the last judged day', ru: 'С последнего оценённого дня'},
      description: {
        en: 'Above 26 hours DailyStale pages.',
        ru: 'После 26 часов приходит оповещение DailyStale.',
      },
      absent: {en: 'ep23 daily has not run yet', ru: 'ep23 daily ещё не запускали'},
      unit: 's',
      queries: [{expr: 'time() - max(ep23_daily_last_success_timestamp_seconds)', legend: 'ago'}],
    },
    {
      kind: 'timeseries',
      title: {en: 'Messages', ru: 'Сообщения'},
      description: {
        en: 'Messages of a day by where they went; those that failed are tried again.',
        ru: 'Сообщения за сутки по получателям; неотправленные пробуют снова.',
      },
      absent: {en: 'nobody is told yet', ru: 'получателей ещё нет'},
      unit: 'short',
      queries: [
        {expr: 'sum by (channel, outcome) (increase(ep23_notifications_total[1d]))', legend: '{{channel}}: {{outcome}}'},
      ],
    },
  ],
}

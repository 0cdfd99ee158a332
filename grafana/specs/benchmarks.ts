import type {DashboardSpec} from '../panel-spec.ts'

export const benchmarks: DashboardSpec = {
  name: 'benchmarks',
  title: {en: 'ep23: benchmarks', ru: 'ep23: замеры'},
  panels: [
    {
      kind: 'stat',
      title: {en: 'Verdict of the last whole live run', ru: 'Вердикт последнего полного запуска'},
      description: {
        en: 'The outcome that holds has the value 1. A failed scenario pages.',
        ru: 'Значение 1 у действующего исхода. О проваленном сценарии приходит оповещение.',
      },
      absent: {en: 'no benchmark has run yet', ru: 'замеров ещё не было'},
      unit: 'short',
      queries: [
        {
          expr: 'max by (scenario, judge, dataset, outcome) (benchmark_run_outcome) == 1',
          legend: '{{scenario}} ({{judge}}, {{dataset}}): {{outcome}}',
        },
      ],
    },
    {
      kind: 'timeseries',
      title: {en: 'Mean scores', ru: 'Средние оценки'},
      description: {
        en: 'Mean score of the last whole live run of each judge over its measured samples, from 0 to 1. Partial and dry runs do not move it.',
        ru: 'Средняя оценка по измеренным примерам от 0 до 1: последний полный запуск каждого судьи. Частичные и пробные запуски её не меняют.',
      },
      absent: {en: 'no benchmark has run yet', ru: 'замеров ещё не было'},
      unit: 'percentunit',
      queries: [
        {
          expr: 'max by (scenario, judge, dataset, origin, metric) (benchmark_metric_value{metric!="latency_seconds"})',
          legend: '{{scenario}} ({{judge}}, {{dataset}}, {{origin}}): {{metric}}',
        },
      ],
    },
    {
      kind: 'stat',
      title: {en: 'Scores that follow people', ru: 'Оценки, сверенные с людьми'},
      description: {
        en: '1: the judge of this score was held against people and follows them; 0: it was not, or it does not.',
        ru: '1: судью по этой оценке сверили с людьми, и он с ними согласен; 0: не сверили или не согласен.',
      },
      absent: {en: 'no benchmark has run yet', ru: 'замеров ещё не было'},
      unit: 'short',
      queries: [
        {
          expr: 'min by (scenario, judge, dataset, metric) (benchmark_gate_calibrated)',
          legend: '{{scenario}} ({{judge}}, {{dataset}}): {{metric}}',
        },
      ],
    },
    {
      kind: 'timeseries',
      title: {en: 'Latency of digests', ru: 'Задержка дайджестов'},
      description: {
        en: 'Mean latency of the measured samples.',
        ru: 'Средняя задержка по измеренным примерам.',
      },
      absent: {en: 'no benchmark has run yet', ru: 'замеров ещё не было'},
      unit: 's',
      queries: [
        {
          expr: 'max by (scenario, dataset) (benchmark_metric_value{metric="latency_seconds"})',
          legend: '{{scenario}} ({{dataset}})',
        },
      ],
    },
    {
      kind: 'timeseries',
      title: {en: 'Run duration, 95th percentile', ru: 'Длительность запуска, 95-й процентиль'},
      description: {
        en: 'How long benchmark runs take.',
        ru: 'Сколько длятся запуски замеров.',
      },
      unit: 's',
      queries: [
        {
          expr: 'histogram_quantile(0.95, sum by (scenario, le) (rate(benchmark_run_duration_seconds_bucket[$__rate_interval])))',
          legend: '{{scenario}}',
        },
      ],
    },
    {
      kind: 'stat',
      title: {en: 'Time since the last benchmark', ru: 'Время с последнего замера'},
      description: {
        en: 'More than eight days: the weekly job does not run.',
        ru: 'Больше восьми дней: еженедельная задача не выполняется.',
      },
      absent: {en: 'no benchmark has run yet', ru: 'замеров ещё не было'},
      unit: 's',
      queries: [
        {
          expr: 'time() - max(ep23_last_flush_timestamp_seconds{command="benchmark:run"})',
          legend: 'last run',
        },
      ],
      alarm: {at: 691200, side: 'above'},
    },
  ],
}

import type {DashboardSpec} from '../panel-spec.ts'

export const exporters: DashboardSpec = {
  name: 'exporters',
  title: {en: 'ep23: exporters', ru: 'ep23: выгрузки'},
  panels: [
    {
      kind: 'timeseries',
      title: {en: 'Export duration, 95th percentile of the last hour', ru: 'Длительность выгрузки, 95-й процентиль за час'},
      description: {
        en: 'How long exports take. The alert BenchmarkExportSlow fires above 60 s.',
        ru: 'Сколько длится выгрузка. Выше 60 с срабатывает BenchmarkExportSlow.',
      },
      unit: 's',
      queries: [
        {
          expr: 'exporter:benchmark_export_duration_seconds:p95_1h',
          legend: '{{exporter}}',
        },
      ],
      alarm: {at: 60, side: 'above'},
    },
    {
      kind: 'timeseries',
      title: {en: 'Records exported', ru: 'Выгружено записей'},
      description: {
        en: 'Records written by exporters within the shown time.',
        ru: 'Записи, выгруженные за показанное время.',
      },
      unit: 'short',
      queries: [
        {
          expr: 'sum by (exporter) (increase(benchmark_export_records_total[$__range]))',
          legend: '{{exporter}}',
        },
      ],
    },
  ],
}

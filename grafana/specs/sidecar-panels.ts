import type {PanelSpec} from '../panel-spec.ts'

/** What the sidecar does and holds. */
export const sidecarPanels: readonly PanelSpec[] = [
  {
    kind: 'timeseries',
    title: {en: 'Requests to the sidecar', ru: 'Запросы к sidecar'},
    description: {
      en: 'Requests a second by operation and status.',
      ru: 'Запросов в секунду по операции и коду.',
    },
    unit: 'reqps',
    queries: [
      {
        expr: 'sum by (operation, status) (rate(ep23_sidecar_requests_total[$__rate_interval]))',
        legend: '{{operation}} {{status}}',
      },
    ],
  },
  {
    kind: 'timeseries',
    title: {en: 'Refusals', ru: 'Отказы'},
    description: {
      en: 'Requests that the sidecar has refused, by reason. Many of one kind: a caller is set up wrongly.',
      ru: 'Отвергнутые sidecar запросы, по причине. Много одинаковых: вызывающий настроен неверно.',
    },
    unit: 'short',
    queries: [
      {
        expr: 'sum by (reason) (increase(ep23_sidecar_refusals_total[$__range]))',
        legend: '{{reason}}',
      },
    ],
  },
  {
    kind: 'timeseries',
    title: {en: 'Scrape duration, 95th percentile', ru: 'Длительность опроса, 95-й процентиль'},
    description: {
      en: 'How long the sidecar takes for a scrape.',
      ru: 'Сколько sidecar отвечает на опрос.',
    },
    unit: 's',
    queries: [
      {
        expr: 'histogram_quantile(0.95, sum by (le) (rate(ep23_sidecar_scrape_duration_seconds_bucket[$__rate_interval])))',
        legend: 'scrape',
      },
    ],
  },
  {
    kind: 'timeseries',
    title: {en: 'Folds', ru: 'Свёртки'},
    description: {
      en: 'Attempts to compact stored runs, and the runs compacted.',
      ru: 'Попытки свернуть сохранённые запуски и число свёрнутых.',
    },
    unit: 'short',
    queries: [
      {
        expr: 'sum by (outcome) (increase(ep23_folds_total[$__range]))',
        legend: '{{outcome}}',
      },
      {
        expr: 'sum(increase(ep23_folded_runs_total[$__range]))',
        legend: 'runs',
      },
    ],
  },
  {
    kind: 'timeseries',
    title: {en: 'Spans and observations received', ru: 'Полученные span и наблюдения'},
    description: {
      en: 'Handed over by other services.',
      ru: 'Переданы другими службами.',
    },
    unit: 'short',
    queries: [
      {
        expr: 'sum by (outcome) (increase(ep23_spans_received_total[$__range]))',
        legend: 'spans {{outcome}}',
      },
      {
        expr: 'sum by (outcome) (increase(ep23_observations_total[$__range]))',
        legend: 'observations {{outcome}}',
      },
    ],
  },
  {
    kind: 'timeseries',
    title: {en: 'Documents in the store', ru: 'Документы в хранилище'},
    description: {
      en: 'By collection.',
      ru: 'По коллекциям.',
    },
    unit: 'short',
    queries: [
      {
        expr: 'max by (collection) (ep23_store_documents)',
        legend: '{{collection}}',
      },
    ],
  },
  {
    kind: 'timeseries',
    title: {en: 'Size of the store', ru: 'Размер хранилища'},
    description: {
      en: 'The embedded store: database file and write-ahead log. A log that only grows: a reader never ends.',
      ru: 'Встроенное хранилище: файл базы и её журнал. Журнал, который только растёт: чтение где-то не завершается.',
    },
    absent: {en: 'a MongoDB server’s size is not measured here', ru: 'размер на сервере MongoDB здесь не измеряется'},
    unit: 'bytes',
    queries: [
      {
        expr: 'max by (state) (ep23_store_size_bytes)',
        legend: '{{state}}',
      },
    ],
  },
  {
    kind: 'timeseries',
    title: {en: 'Memory of the sidecar', ru: 'Память sidecar'},
    description: {
      en: 'Resident memory; it should stay flat.',
      ru: 'Занятая память; должна оставаться ровной.',
    },
    unit: 'bytes',
    queries: [
      {
        expr: 'max(ep23_sidecar_resident_memory_bytes)',
        legend: 'resident',
      },
    ],
  },
  {
    kind: 'stat',
    title: {en: 'Uptime of the sidecar', ru: 'Время работы sidecar'},
    description: {
      en: 'Since when the sidecar runs.',
      ru: 'С какого времени работает sidecar.',
    },
    unit: 's',
    queries: [
      {
        expr: 'time() - max(ep23_sidecar_start_timestamp_seconds)',
        legend: 'uptime',
      },
    ],
  },
  {
    kind: 'stat',
    title: {en: 'Version of the sidecar', ru: 'Версия sidecar'},
    description: {
      en: 'The version that runs, with the value 1. Two of them: an old sidecar was left behind.',
      ru: 'Работающая версия, со значением 1. Если их две, остался старый sidecar.',
    },
    unit: 'short',
    queries: [
      {
        expr: 'max by (version) (ep23_sidecar_build)',
        legend: '{{version}}',
      },
    ],
  },
]

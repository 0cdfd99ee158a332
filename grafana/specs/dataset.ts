import type {DashboardSpec} from '../panel-spec.ts'

export const dataset: DashboardSpec = {
  name: 'dataset',
  title: {en: 'ep23: dataset', ru: 'ep23: набор данных'},
  panels: [
    {
      kind: 'stat',
      title: {en: 'Digests per channel', ru: 'Дайджесты по каналам'},
      description: {
        en: 'Daily digests in the store now. A benchmark needs at least 30 a channel.',
        ru: 'Дневные дайджесты в хранилище сейчас. Для замера нужно не меньше 30 на канал.',
      },
      absent: {en: 'the store holds no digests', ru: 'в хранилище нет дайджестов'},
      unit: 'short',
      queries: [
        {
          expr: 'max by (channel) (benchmark_dataset_digests)',
          legend: '{{channel}}',
        },
      ],
      alarm: {at: 30, side: 'below'},
    },
    {
      kind: 'timeseries',
      title: {en: 'Digests written', ru: 'Записано дайджестов'},
      description: {
        en: 'Digests written to the store within the shown time.',
        ru: 'Дайджесты, записанные в хранилище за показанное время.',
      },
      unit: 'short',
      queries: [
        {
          expr: 'sum by (channel) (increase(benchmark_digest_records_total[$__range]))',
          legend: '{{channel}}',
        },
      ],
    },
    {
      kind: 'timeseries',
      title: {en: 'Review reports written', ru: 'Записано рецензий'},
      description: {
        en: 'Review reports written to the store within the shown time.',
        ru: 'Рецензии, записанные в хранилище за показанное время.',
      },
      unit: 'short',
      queries: [
        {
          expr: 'sum by (channel) (increase(benchmark_review_records_total[$__range]))',
          legend: '{{channel}}',
        },
      ],
    },
    {
      kind: 'timeseries',
      title: {en: 'Posts read', ru: 'Прочитано постов'},
      description: {
        en: 'Posts read from sources, before cleaning.',
        ru: 'Посты, прочитанные из источников, до очистки.',
      },
      unit: 'short',
      queries: [
        {
          expr: 'sum by (channel) (increase(dataset_posts_read_total[$__range]))',
          legend: '{{channel}}',
        },
      ],
    },
    {
      kind: 'timeseries',
      title: {en: 'Records rejected', ru: 'Отвергнуто записей'},
      description: {
        en: 'Records that could not be read. More than a few: look into the quarantine file.',
        ru: 'Записи, которые не удалось прочесть. Если их больше нескольких, смотрите файл карантина.',
      },
      unit: 'short',
      queries: [
        {
          expr: 'sum(increase(dataset_records_rejected_total[$__range]))',
          legend: 'rejected',
        },
      ],
      alarm: {at: 1, side: 'above'},
    },
    {
      kind: 'timeseries',
      title: {en: 'Seed duration, 95th percentile', ru: 'Длительность наполнения, 95-й процентиль'},
      description: {
        en: 'How long seed runs take, by how they ended.',
        ru: 'Сколько длится наполнение, по исходу.',
      },
      unit: 's',
      queries: [
        {
          expr: 'histogram_quantile(0.95, sum by (outcome, le) (rate(dataset_seed_duration_seconds_bucket[$__rate_interval])))',
          legend: '{{outcome}}',
        },
      ],
    },
  ],
}

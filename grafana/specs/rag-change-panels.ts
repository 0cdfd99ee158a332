import type {PanelSpec} from '../panel-spec.ts'

/** What the owner of the retrieval configuration did, and what was refused. */
export const ragChangePanels: readonly PanelSpec[] = [
  {
    kind: 'timeseries',
    title: {en: 'Signed changes of the configuration', ru: 'Подписанные изменения конфигурации'},
    description: {
      en: 'Promotions, canaries, rollbacks and single values set, within the shown time.',
      ru: 'Продвижения, пробы на части пользователей, откаты и отдельные значения за показанное время.',
    },
    unit: 'short',
    queries: [
      {expr: 'sum by (operation) (increase(rag_config_changes_total[$__range]))', legend: '{{operation}}'},
    ],
  },
  {
    kind: 'timeseries',
    title: {en: 'Refused changes of the configuration', ru: 'Отклонённые изменения конфигурации'},
    description: {
      en: 'By reason. not_owner and not_signed mean that somebody else tried, or edited the file by hand: look who.',
      ru: 'По причине. not_owner и not_signed: пробовал кто-то другой или файл правили руками — стоит узнать, кто.',
    },
    unit: 'short',
    queries: [{expr: 'sum by (reason) (increase(rag_config_refusals_total[$__range]))', legend: '{{reason}}'}],
  },
  {
    kind: 'stat',
    title: {en: 'Users in the canary', ru: 'Пользователей в пробе'},
    description: {
      en: 'Share of the users that the configuration gives other values to; 0 when no canary runs.',
      ru: 'Доля пользователей, которым конфигурация даёт другие значения; 0, когда пробы нет.',
    },
    unit: 'percentunit',
    queries: [{expr: 'max(rag_canary_ratio)', legend: 'canary'}],
  },
]

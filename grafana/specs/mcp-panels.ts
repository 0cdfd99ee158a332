import type {PanelSpec} from '../panel-spec.ts'

/** Calls of tools over MCP. */
export const mcpPanels: readonly PanelSpec[] = [
  {
    kind: 'timeseries',
    title: {en: 'Calls over MCP', ru: 'Вызовы по MCP'},
    description: {
      en: 'Calls of tools within the shown time, those with wrong arguments included.',
      ru: 'Вызовы инструментов за показанное время, в том числе с неверными аргументами.',
    },
    unit: 'short',
    queries: [
      {
        expr: 'sum by (tool, status) (increase(mcp_requests_total[$__range]))',
        legend: '{{tool}} {{status}}',
      },
    ],
  },
  {
    kind: 'timeseries',
    title: {en: 'Duration of calls over MCP, 95th percentile', ru: 'Длительность вызовов по MCP, 95-й процентиль'},
    description: {
      en: 'How long tools take. A tool that only reads should answer within a second.',
      ru: 'Сколько отвечают инструменты. Инструмент, который только читает, должен отвечать за секунду.',
    },
    unit: 's',
    queries: [
      {
        expr: 'histogram_quantile(0.95, sum by (tool, le) (rate(mcp_request_duration_seconds_bucket[$__rate_interval])))',
        legend: '{{tool}}',
      },
    ],
  },
  {
    kind: 'timeseries',
    title: {en: 'Callers turned away over MCP', ru: 'Отказы по MCP'},
    description: {
      en: 'Requests and connections refused within the shown time, by what was wrong with them. Wrong tokens and hosts are somebody trying.',
      ru: 'Отклонённые запросы и соединения за показанное время и причины. Чужие токены и имена хоста — это чьи-то попытки.',
    },
    unit: 'short',
    queries: [
      {
        expr: 'sum by (reason) (increase(mcp_refusals_total[$__range]))',
        legend: '{{reason}}',
      },
    ],
  },
]

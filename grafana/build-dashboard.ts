import {BigValueTextMode, LegendDisplayMode, LegendPlacement, VizLegendOptionsBuilder} from '@grafana/grafana-foundation-sdk/common'
import {
  DashboardBuilder,
  DatasourceVariableBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Dashboard,
} from '@grafana/grafana-foundation-sdk/dashboard'
import {DataqueryBuilder} from '@grafana/grafana-foundation-sdk/prometheus'
import {PanelBuilder as StatBuilder} from '@grafana/grafana-foundation-sdk/stat'
import {PanelBuilder as TimeseriesBuilder} from '@grafana/grafana-foundation-sdk/timeseries'

import type {DashboardSpec, PanelSpec} from './panel-spec.ts'

export type Language = 'en' | 'ru'

const DATASOURCE = {type: 'prometheus', uid: '${datasource}'}
const COLUMNS = 2
const GRID_WIDTH = 24
const PANEL_HEIGHT = 8

/** The dashboard as Grafana provisions it: not editable, its datasource a variable, every panel with unit and description. */
export function buildDashboard({name, title, panels}: DashboardSpec, language: Language): Dashboard {
  const builder = new DashboardBuilder(title[language])
    .uid(uidOf(name, language))
    .tags(['ep23', language])
    .readonly()
    .time({from: 'now-7d', to: 'now'})
    .refresh('1m')
    .timezone('browser')
    .withVariable(new DatasourceVariableBuilder('datasource').type('prometheus').label(language === 'ru' ? 'Источник' : 'Source'))
  panels.forEach((panel, index) => builder.withPanel(buildPanel(panel, index, language)))
  return builder.build()
}

/** The English set has the plain names, the Russian one the ending -ru. */
export function uidOf(name: string, language: Language): string {
  return language === 'en' ? name : `${name}-${language}`
}

function buildPanel(spec: PanelSpec, index: number, language: Language): StatBuilder | TimeseriesBuilder {
  const width = GRID_WIDTH / COLUMNS
  const place = {x: (index % COLUMNS) * width, y: Math.floor(index / COLUMNS) * PANEL_HEIGHT, w: width, h: PANEL_HEIGHT}
  const builder = spec.kind === 'stat' ? new StatBuilder().textMode(BigValueTextMode.ValueAndName) : timeseries()
  builder
    .id(index + 1)
    .title(spec.title[language])
    .description(spec.description[language])
    .unit(spec.unit)
    .datasource(DATASOURCE)
    .gridPos(place)
    .thresholds(thresholdsOf(spec))
  if (spec.absent) builder.noValue(spec.absent[language])
  spec.queries.forEach(({expr, legend}, position) =>
    builder.withTarget(
      new DataqueryBuilder()
        .expr(expr)
        .legendFormat(legend)
        .refId(String.fromCharCode(65 + position)),
    ),
  )
  return builder
}

function timeseries(): TimeseriesBuilder {
  const legend = new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs([])
  return new TimeseriesBuilder().legend(legend)
}

function thresholdsOf({alarm}: PanelSpec): ThresholdsConfigBuilder {
  const [low, high] = alarm?.side === 'below' ? ['red', 'green'] : ['green', 'red']
  // Grafana's lowest step has the value null, for minus infinity.
  const steps = [{value: null as unknown as number, color: low}, ...(alarm ? [{value: alarm.at, color: high}] : [])]
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps)
}

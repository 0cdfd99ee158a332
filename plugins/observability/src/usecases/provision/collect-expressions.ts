import {filesOf, panelsOf, type Expression, type ParsedFile} from '../../domain/provision/provision-set.js'

/** Every query of rules, alerts and panels. */
export function collectExpressions(files: readonly ParsedFile[]): Expression[] {
  const set = {files}
  const inRules = [...filesOf(set, 'rules'), ...filesOf(set, 'loki')].flatMap(({path, kind, data}) =>
    data.groups.flatMap(({rules = []}) =>
      rules.map(({alert, record, expr = ''}) => ({
        file: path,
        place: alert ?? record ?? 'a rule without name',
        text: String(expr),
        language: kind === 'loki' ? ('logql' as const) : ('promql' as const),
      })),
    ),
  )
  const inPanels = filesOf(set, 'dashboard').flatMap(({path, data}) =>
    panelsOf(data).flatMap(({title = 'untitled', targets = []}) =>
      targets.flatMap(({expr, datasource}) =>
        expr === undefined
          ? []
          : [
              {
                file: path,
                place: `panel "${title}"`,
                text: expr,
                language: datasource?.type === 'loki' ? ('logql' as const) : ('promql' as const),
              },
            ],
      ),
    ),
  )
  return [...inRules, ...inPanels]
}

/**
 * A panel's query as Prometheus would get it: Grafana's variables are replaced by values of their kind. A variable
 * inside a matcher becomes a harmless pattern.
 */
export function withoutVariables(query: string, scrapeSeconds: number): string {
  return query
    .replaceAll(/\$__rate_interval|\$\{__rate_interval\}/gu, `${4 * scrapeSeconds}s`)
    .replaceAll(/\$__(?:interval|range)|\$\{__(?:interval|range)\}/gu, '1h')
    .replaceAll(/\$\{\w+(?::\w+)?\}|\$\w+/gu, '.*')
}

import type {Finding, SourceFile, ProvisionSet} from '../../domain/provision.js'
import {textProblems} from './parse-sources.js'
import {recordNames, specOf} from './query-rules.js'
import {message} from '../../words/words.js'

/** A name with a unit of Prometheus's at its end, or with labels in braces behind it. */
const METRIC =
  /(?<![\w:])([a-z][a-z0-9]*(?:_[a-z0-9]+)+)(?:(?<=_(?:total|seconds|ratio|bytes|bucket|sum|count))(?![\w:])|(?=\{))/gu

/** `<!-- other metrics: mcp_client_requests_total, … -->`: what a page says of metrics that are somebody else's. */
const OTHERS = /<!--\s*other metrics:(?<names>[^>]*)-->/gu

/** Rules 1 and 11 for documents: a metric that they name is declared, and no merge was left unresolved. */
export function checkDocuments(set: ProvisionSet): Finding[] {
  return set.sources
    .filter(({path}) => path.endsWith('.md'))
    .flatMap(source => [...textProblems(source), ...unknownMetrics(source, set)])
}

// Only what begins as one of our metrics does: documents may speak of other people's.
function unknownMetrics({path, text}: SourceFile, set: ProvisionSet): Finding[] {
  const specs = new Map(set.declarations.map(({spec}) => [spec.name, spec]))
  const others = [...text.matchAll(OTHERS)].flatMap(({groups}) => groups?.['names']?.match(/\w+/gu) ?? [])
  const known = new Set([...specs.keys(), ...recordNames(set), ...others])
  const namespaces = new Set([...specs.keys()].map(namespaceOf))
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(METRIC)]
      .map(([, name = '']) => name)
      .filter(name => namespaces.has(namespaceOf(name)) && !known.has(name) && specOf(name, specs) === undefined)
      .map(name => ({
        rule: 'metric-catalogue' as const,
        file: path,
        place: message('provisionAtLine', {line: index + 1}),
        problem: message('provisionNotDeclared', {metric: name}),
        fix: message('provisionNameOrOther'),
      })),
  )
}

function namespaceOf(name: string): string {
  return name.split('_')[0] ?? name
}

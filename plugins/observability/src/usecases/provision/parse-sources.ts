import {Ep23Error, parseGuarded, errorAdvice, errorMessage, verbatim, type Message} from '@ep23/sdk'
import {parseDocument} from 'yaml'

import {
  filesOf,
  panelsOf,
  type Finding,
  type SourceFile,
  type ParsedFile,
  type Expression,
} from '../../domain/provision.js'
import {misshapenPlace} from './provision-shapes.js'
import {message} from '../../words/words.js'

/** Parses every file strictly; one that cannot be used is a finding and takes no part in the other rules. */
export function parseSources(sources: readonly SourceFile[]): {files: ParsedFile[]; findings: Finding[]} {
  const findings: Finding[] = []
  const files = sources.flatMap(source => {
    const problems = textProblems(source)
    const parsed = problems.length > 0 ? undefined : parseStrictly(source, problems)
    const file = parsed === undefined ? undefined : classify(source.path, parsed.data)
    const misshapen = file === undefined ? undefined : misshapenPlace(file)
    if (misshapen !== undefined) problems.push(syntax(source, 1, misshapen, message('provisionWriteAsReader')))
    findings.push(...problems)
    return file === undefined || problems.length > 0 ? [] : [file]
  })
  return {files, findings}
}

/** Faults that the text alone shows: an unresolved merge, and in YAML tabs. */
export function textProblems(source: SourceFile): Finding[] {
  const isYaml = /\.ya?ml$/u.test(source.path)
  // In Markdown a line of these may underline a heading.
  const marker = source.path.endsWith('.md') ? /^(?:<{7}|>{7})\s/u : /^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)/u
  return source.text.split('\n').flatMap((line, index) => {
    if (marker.test(line))
      return [syntax(source, index + 1, message('provisionMergeConflict'), message('provisionResolveIt'))]
    return isYaml && /^\s*\t/u.test(line)
      ? [syntax(source, index + 1, message('provisionTabIndent'), message('provisionIndentBySpaces'))]
      : []
  })
}

// JSON is read as YAML too, because JSON.parse silently takes the last of two equal keys.
function parseStrictly(source: SourceFile, problems: Finding[]): {data: unknown} | undefined {
  try {
    const {data, errors} = parseGuarded({file: source.path, text: source.text, code: 'PROVISION_BROKEN'}, () => {
      const document = parseDocument(source.text, {uniqueKeys: true, strict: true, version: '1.2'})
      return {errors: document.errors, data: document.errors.length > 0 ? undefined : (document.toJS() as unknown)}
    })
    for (const {message: said, linePos} of errors)
      problems.push(
        syntax(source, linePos?.[0].line ?? 1, verbatim(said.split('\n')[0] ?? said), message('provisionCorrectFile')),
      )
    if (source.path.endsWith('.json') && errors.length === 0) JSON.parse(source.text)
    return problems.length > 0 ? undefined : {data}
  } catch (error) {
    const said = errorMessage(error)
    const problem = error instanceof Ep23Error ? said : message('provisionNoJson', {problem: said})
    problems.push(syntax(source, 1, problem, errorAdvice(error)[0] ?? message('provisionCorrectFile')))
    return undefined
  }
}

function syntax({path}: SourceFile, line: number, problem: Message, fix: Message): Finding {
  return {rule: 'syntax', file: path, place: message('provisionAtLine', {line}), problem, fix}
}

// What the file holds decides, as for the programs that read it; only Loki's rules look like Prometheus's.
function classify(path: string, data: unknown): ParsedFile {
  const has = (...fields: string[]): boolean =>
    typeof data === 'object' && data !== null && fields.every(field => Object.hasOwn(data, field))
  const kind = has('groups')
    ? path.includes('loki')
      ? 'loki'
      : 'rules'
    : has('tests')
      ? 'tests'
      : has('route', 'receivers')
        ? 'alertmanager'
        : has('scrape_configs')
          ? 'prometheus'
          : has('datasources')
            ? 'datasources'
            : has('panels')
              ? 'dashboard'
              : 'other'
  return {path, kind, data} as ParsedFile
}

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

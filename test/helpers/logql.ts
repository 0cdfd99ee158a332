import {parser} from '@grafana/lezer-logql'

type Node = ReturnType<typeof parser.parse>['topNode']

export interface LogLine {
  /** Seconds. */
  at: number
  labels: Record<string, string>
  line: Record<string, unknown>
}

export interface Sample {
  labels: Record<string, string>
  value: number
}

/**
 * Evaluates the part of LogQL that the shipped rules use, at one moment: stream selectors, `| json`, label filters,
 * `count_over_time` and `rate`, `sum by`, comparison with a number. Everything else is refused, so that a rule cannot
 * outgrow its test unseen. https://grafana.com/docs/loki/latest/query/
 */
export function evaluateLogql(query: string, lines: readonly LogLine[], now: number): Sample[] {
  const text = ({from, to}: Node): string => query.slice(from, to)
  return vector(parser.parse(query).topNode, {lines, now, text})
}

interface Context {
  lines: readonly LogLine[]
  now: number
  text: (node: Node) => string
}

function vector(node: Node, context: Context): Sample[] {
  const {name} = node
  if (name === 'LogQL' || name === 'Expr' || name === 'MetricExpr') return vector(only(node), context)
  if (name === 'BinOpExpr') return compared(node, context)
  if (name === 'VectorAggregationExpr') return aggregated(node, context)
  if (name === 'RangeAggregationExpr') return counted(node, context)
  throw new Error(`the evaluator does not know ${name}: ${context.text(node)}`)
}

function compared(node: Node, context: Context): Sample[] {
  const [left, right] = node.getChildren('Expr')
  if (!left || !right) throw new Error('a comparison has two sides')
  const bound = Number(context.text(right))
  if (Number.isNaN(bound)) throw new Error('comparisons are with numbers only')
  if (!node.getChild('Gtr')) throw new Error('the evaluator compares by > only')
  return vector(left, context).filter(({value}) => value > bound)
}

function aggregated(node: Node, context: Context): Sample[] {
  const operation = context.text(child(node, 'VectorOp'))
  if (operation !== 'sum') throw new Error(`the evaluator does not know ${operation}`)
  const grouping = node.getChild('Grouping')
  const names = grouping ? descendants(grouping, 'Identifier').map(context.text) : []
  return grouped(vector(child(node, 'MetricExpr'), context), names)
}

function counted(node: Node, context: Context): Sample[] {
  const operation = context.text(child(node, 'RangeOp'))
  const range = child(node, 'LogRangeExpr')
  const seconds = durationSeconds(context.text(child(range, 'Range')))
  const divisor = {count_over_time: 1, rate: seconds}[operation]
  if (divisor === undefined) throw new Error(`the evaluator does not know ${operation}`)
  const kept = context.lines
    .filter(({at}) => at > context.now - seconds && at <= context.now)
    .flatMap(line => labelsAfter(range, line, context))
  return kept.map(labels => ({labels, value: 1 / divisor}))
}

/** The labels of a line that the selector and the pipeline let through, none or one. */
function labelsAfter(range: Node, {labels, line}: LogLine, {text}: Context): Record<string, string>[] {
  const selects = (node: Node, of: Record<string, string>): boolean =>
    descendants(node, 'Matcher').every(matcher => isMatch(text(matcher), of))
  if (!selects(child(range, 'Selector'), labels)) return []
  let known = labels
  for (const stage of descendants(range, 'PipelineStage')) {
    if (stage.getChild('LabelParser')) known = {...fieldsOf(line), ...known}
    else if (!stage.getChild('LabelFilter')) throw new Error(`the evaluator does not know ${text(stage)}`)
    else if (!selects(stage, known)) return []
  }
  return [known]
}

function isMatch(matcher: string, labels: Record<string, string>): boolean {
  const [, label = '', operator, value = ''] = /^(\w+)\s*(=~|!~|!=|=)\s*["`](.*)["`]$/u.exec(matcher) ?? []
  const actual = labels[label] ?? ''
  if (operator === '=') return actual === value
  if (operator === '!=') return actual !== value
  const matches = new RegExp(`^(?:${value})$`, 'u').test(actual)
  return operator === '=~' ? matches : !matches
}

function grouped(samples: readonly Sample[], names: readonly string[]): Sample[] {
  const groups = Map.groupBy(samples, ({labels}) => JSON.stringify(names.map(name => labels[name] ?? '')))
  return [...groups.values()].map(group => ({
    labels: Object.fromEntries(names.map(name => [name, group[0]?.labels[name] ?? ''])),
    value: group.reduce((sum, {value}) => sum + value, 0),
  }))
}

function fieldsOf(line: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(line).map(([field, value]) => [field, String(value)]))
}

function durationSeconds(range: string): number {
  const [, count, unit = ''] = /^\[(\d+)([smhd])\]$/u.exec(range) ?? []
  const seconds = {s: 1, m: 60, h: 3600, d: 86_400}[unit]
  if (seconds === undefined) throw new Error(`the evaluator does not know the range ${range}`)
  return Number(count) * seconds
}

function only(node: Node): Node {
  if (!node.firstChild || node.firstChild.nextSibling) throw new Error(`${node.name} has more than one part`)
  return node.firstChild
}

function child(node: Node, name: string): Node {
  const found = node.getChild(name)
  if (!found) throw new Error(`${node.name} has no ${name}`)
  return found
}

function descendants(node: Node, name: string): Node[] {
  const found: Node[] = []
  node
    .cursor()
    .iterate(({name: kind, node: one}) => void (kind === name && one.getChild(name) === null && found.push(one)))
  return found
}

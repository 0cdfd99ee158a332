import {parser} from '@prometheus-io/lezer-promql'

type Node = ReturnType<typeof parser.parse>['topNode']

export interface Matcher {
  label: string
  operator: string
  value: string
}

export interface Selector {
  /** Empty when the metric is chosen by a matcher on __name__. */
  metric: string
  matchers: Matcher[]
  /** Of a range selector. */
  rangeSeconds?: number
  /** The nearest function around it, such as `rate`. */
  insideFunction?: string
  /** Which half of `… unless …` it is part of does not matter: such a comparison sees births of series. */
  insideUnless: boolean
}

export interface PromqlFacts {
  selectors: Selector[]
  /** Labels after by, on, group_left and so on; `without` and `ignoring` are no claims that a label exists. */
  groupings: string[]
  /** Every `histogram_quantile` whose argument aggregates `le` away. */
  quantilesWithoutLe: number
}

/** What a query names. Promtool judges whether it is valid; the grammar used here accepts a little more. */
export function promqlFacts(query: string): PromqlFacts {
  const facts: PromqlFacts = {selectors: [], groupings: [], quantilesWithoutLe: 0}
  const text = ({from, to}: Node): string => query.slice(from, to)
  parser.parse(query).iterate({
    enter({name, node}) {
      if (name === 'VectorSelector') facts.selectors.push(selectorOf(node, text))
      if (name === 'GroupingLabels' && !isExclusion(node))
        facts.groupings.push(...node.getChildren('LabelName').map(text))
      if (name === 'FunctionCall' && text(node).startsWith('histogram_quantile'))
        facts.quantilesWithoutLe += losesLe(node, text) ? 1 : 0
    },
  })
  return facts
}

function selectorOf(node: Node, text: (node: Node) => string): Selector {
  const name = node.getChild('Identifier')
  const matchers = (node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []).map(matcher => ({
    label: childText(matcher, 'LabelName', text),
    operator: childText(matcher, 'MatchOp', text),
    value: childText(matcher, 'StringLiteral', text).slice(1, -1),
  }))
  const selector: Selector = {metric: name ? text(name) : '', matchers, insideUnless: hasAncestor(node, isUnless)}
  const range = node.parent?.name === 'MatrixSelector' ? node.parent.getChild('DurationExpr') : undefined
  if (range) selector.rangeSeconds = durationSeconds(text(range))
  const call = ancestor(node, ({name: kind}) => kind === 'FunctionCall')
  if (call) selector.insideFunction = childText(call, 'FunctionIdentifier', text)
  return selector
}

function childText(node: Node, name: string, text: (node: Node) => string): string {
  const child = node.getChild(name)
  return child ? text(child) : ''
}

function ancestor(node: Node, wanted: (node: Node) => boolean): Node | undefined {
  for (let current = node.parent; current; current = current.parent) if (wanted(current)) return current
  return undefined
}

function hasAncestor(node: Node, wanted: (node: Node) => boolean): boolean {
  return ancestor(node, wanted) !== undefined
}

function isUnless(node: Node): boolean {
  return node.name === 'BinaryExpr' && node.getChild('Unless') !== null
}

function isExclusion(node: Node): boolean {
  return node.prevSibling?.name === 'Without' || node.prevSibling?.name === 'Ignoring'
}

function losesLe(call: Node, text: (node: Node) => string): boolean {
  const aggregate = call.getChild('FunctionCallBody')?.getChild('AggregateExpr')
  const modifier = aggregate?.getChild('AggregateModifier')
  if (!aggregate) return false
  const labels = modifier?.getChild('GroupingLabels')?.getChildren('LabelName').map(text) ?? []
  return modifier?.getChild('Without') ? labels.includes('le') : !labels.includes('le')
}

const SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
}

/** Prometheus's durations, such as `1h30m`. */
export function durationSeconds(text: string): number {
  return [...text.matchAll(/(\d+)(ms|[smhdwy])/gu)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0),
    0,
  )
}

/** Whether a pattern of a matcher takes a whole value; undefined for what only RE2 understands, or nobody. */
export function wholeMatch(pattern: string, value: string): boolean | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value)
  } catch {
    return undefined
  }
}

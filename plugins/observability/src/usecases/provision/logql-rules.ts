import {type Message} from '@ep23/sdk'

import {parser} from '@grafana/lezer-logql'

import type {Finding, Expression, ProvisionSet} from '../../domain/provision.js'
import {wholeMatch} from './promql-facts.js'
import {message} from '../../words/words.js'

/** Labels of the log streams; everything else of a line is a field. */
const STREAM_LABELS = new Set(['service', 'level', 'stage'])

type Node = ReturnType<typeof parser.parse>['topNode']

/** Rule 8: LogQL queries parse, choose few streams by known labels, and say over which time. */
export function checkLogql({expressions}: ProvisionSet): Finding[] {
  return expressions
    .filter(({language}) => language === 'logql')
    .flatMap(expression =>
      problemsOf(expression).map(([problem, fix]) => ({
        rule: 'logql',
        file: expression.file,
        place: expression.place,
        problem,
        fix,
      })),
    )
}

function problemsOf({text}: Expression): [Message, Message][] {
  const selectors: Node[] = []
  let isBroken = false
  let hasRange = false
  parser.parse(text).iterate({
    enter({name, node, type}) {
      isBroken ||= type.isError
      hasRange ||= name === 'Range'
      if (name === 'Selector') selectors.push(node)
    },
  })
  if (isBroken) return [[message('provisionDoesNotParse'), message('provisionCorrectQuery')]]
  const problems = selectors.flatMap(selector => selectorProblems(text.slice(selector.from, selector.to)))
  if (!hasRange) problems.push([message('provisionNoRange'), message('provisionSayRange')])
  return problems
}

function selectorProblems(selector: string): [Message, Message][] {
  const matchers = [...selector.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*["`]([^"`]*)["`]/gu)]
  const strangers = matchers.map(([, label = '']) => label).filter(label => !STREAM_LABELS.has(label))
  const choosesStreams = matchers.some(([, , operator, value = '']) =>
    operator === '=' ? value !== '' : operator === '=~' && wholeMatch(value, '') !== true,
  )
  const problems: [Message, Message][] = strangers.map(label => [
    message('provisionNotStreamLabel', {label}),
    message('provisionFilterAfterJson', {labels: [...STREAM_LABELS].join(', ')}),
  ])
  if (!choosesStreams) problems.push([message('provisionEveryStream'), message('provisionAddMatcher')])
  return problems
}

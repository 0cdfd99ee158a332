import {verbatim, type Message} from '@ep23/sdk'

import {stringify} from 'yaml'

import {filesOf, type Finding, type Tool, type ToolAnswer, type ProvisionSet} from '../../domain/provision.js'
import {withoutVariables} from './parse-sources.js'
import {message} from '../../words/words.js'

/** Characters of a tool's output that a finding repeats. */
const LONGEST_OUTPUT = 1000

/**
 * What only Prometheus's own tool can judge: every query, whole rule files, the configuration, the tests of the rules, and
 * the exposition as a scrape gets it.
 */
export async function checkByPromtool(set: ProvisionSet, promtool: Tool, exposition: string): Promise<Finding[]> {
  const judged = [
    ...filesOf(set, 'rules').map(({path}) => [path, ['check', 'rules', '--lint=none', path]] as const),
    ...filesOf(set, 'prometheus').map(({path}) => [path, ['check', 'config', path]] as const),
    ...filesOf(set, 'tests').map(({path}) => [path, ['test', 'rules', path]] as const),
  ]
  const answers = await Promise.all(judged.map(async ([path, args]) => complaints(path, args, await promtool(args))))
  const metrics = await promtool(['check', 'metrics'], {input: exposition})
  const unclean: Finding[] = metrics.ok
    ? []
    : metrics.output
        .split('\n')
        .filter(Boolean)
        .map(problem => ({
          rule: 'metric-declarations',
          file: 'exposition',
          place: problem.split(' ')[0] ?? '',
          problem: verbatim(problem),
          fix: message('provisionCorrectDeclaration'),
        }))
  return [...(await judgeQueries(set, promtool)), ...answers.flat(), ...unclean]
}

function complaints(path: string, args: readonly string[], {ok, output}: ToolAnswer): Finding[] {
  const lines = output.split('\n').filter(line => line.trim() !== '' && !/SUCCESS|^Checking|^Unit Testing/u.test(line))
  return ok
    ? []
    : [
        {
          rule: 'promql',
          file: path,
          place: `promtool ${args[0]} ${args[1]}`,
          problem: verbatim(
            lines
              .map(line => line.trim())
              .join(' | ')
              .slice(0, LONGEST_OUTPUT),
          ),
          fix: message('provisionSeeWords', {tool: 'promtool'}),
        },
      ]
}

// All queries at once as alerts of one file; the alert's number tells which one promtool objects to.
async function judgeQueries({expressions, scrapeSeconds}: ProvisionSet, promtool: Tool): Promise<Finding[]> {
  const queries = expressions.filter(({language}) => language === 'promql')
  const rules = queries.map(({text}, index) => ({alert: `Query${index}`, expr: withoutVariables(text, scrapeSeconds)}))
  // Older promtools read no rules from their standard input.
  const file = stringify({groups: [{name: 'queries', rules}]})
  const {ok, output} = await promtool(['check', 'rules', '--lint=none'], {file})
  if (ok) return []
  const found = [...output.matchAll(/"Query(\d+)":?\s*(.+)/gu)].flatMap(([, index, said = '']): Finding[] => {
    const query = queries[Number(index)]
    if (query === undefined) return []
    return [
      {
        rule: 'promql',
        file: query.file,
        place: query.place,
        problem: verbatim(said.trim()),
        fix: message('provisionCorrectText', {query: query.text}),
      },
    ]
  })
  const unknown: Finding = {
    rule: 'promql',
    file: 'all queries',
    place: 'promtool check rules',
    problem: verbatim(output.trim().slice(0, LONGEST_OUTPUT)),
    fix: message('provisionSeeWords', {tool: 'promtool'}),
  }
  return found.length > 0 ? found : [unknown]
}

/** What a route test expects: the most severe alerts wake somebody else than the others. */
const SEVERITIES = ['critical', 'warning'] as const

/** Rule 9 by Alertmanager's own tool. */
export async function checkByAmtool(set: ProvisionSet, amtool: Tool): Promise<Finding[]> {
  const checks = filesOf(set, 'alertmanager').map(async ({path}) => {
    const found = (place: string, problem: Message, fix: Message): Finding => ({
      rule: 'alertmanager',
      file: path,
      place,
      problem,
      fix,
    })
    const config = await amtool(['check-config', path])
    if (!config.ok)
      return [
        found(
          'amtool check-config',
          verbatim(config.output.trim().slice(0, LONGEST_OUTPUT)),
          message('provisionSeeWords', {tool: 'amtool'}),
        ),
      ]
    const receivers = await Promise.all(
      SEVERITIES.map(async severity =>
        (await amtool(['config', 'routes', 'test', `--config.file=${path}`, `severity=${severity}`])).output.trim(),
      ),
    )
    return new Set(receivers).size === SEVERITIES.length
      ? []
      : [
          found(
            'amtool config routes test',
            message('provisionSameReceiver', {receiver: receivers[0] ?? ''}),
            message('provisionRouteCritical'),
          ),
        ]
  })
  return (await Promise.all(checks)).flat()
}

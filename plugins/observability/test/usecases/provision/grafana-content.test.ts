import {expect} from 'chai'

import type {RuleGroup} from '#src/domain/provision.js'
import {grafanaRuleGroups} from '#src/usecases/provision/grafana-content.js'

const alert = (name: string, fields: object = {}): NonNullable<RuleGroup['rules']>[number] => ({
  alert: name,
  expr: 'up == 0',
  ...fields,
})

function convert(...groups: RuleGroup[]) {
  const files = [{path: 'prometheus/rules/demo.yml', kind: 'rules' as const, data: {groups}}]
  return grafanaRuleGroups(files, {folderUid: 'ep23', datasourceUid: 'prom', defaultSeconds: 15})
}

describe('alert rules for Grafana', () => {
  it('leave recording rules to Prometheus, and groups that hold nothing else', () => {
    const recording = {record: 'job:up:sum', expr: 'sum by (job) (up)'}
    const groups = convert({name: 'recorded', rules: [recording]}, {name: 'mixed', rules: [recording, alert('Down')]})
    expect(groups.map(({title, rules}) => [title, rules.map(rule => rule.title)])).to.deep.equal([['mixed', ['Down']]])
  })

  it('are evaluated as often as in Prometheus, in whole steps of Grafana', () => {
    const intervals = ['5s', '10s', '1m', undefined].map(interval => {
      const [group] = convert({name: 'g', rules: [alert('Down')], ...(interval !== undefined && {interval})})
      return group?.interval
    })
    expect(intervals).to.deep.equal([10, 10, 60, 20])
  })

  it('fire for every series of the query, whatever its value', () => {
    const [group] = convert({name: 'g', rules: [alert('Down')]})
    const [rule] = group?.rules ?? []
    expect(rule?.condition).to.equal('C')
    expect(rule?.data.map(({model}) => model['expression'] ?? model['expr'])).to.deep.equal([
      'up == 0',
      'is_number($A) || is_nan($A) || is_inf($A)',
      'B',
    ])
    expect(rule?.data[2]?.model['conditions']).to.deep.equal([{evaluator: {type: 'gt', params: [0]}}])
  })

  it('speak of the value as Grafana names it, and only inside of templates', () => {
    const description = 'costs $value: {{ $value | humanize }} of {{ $labels.job }}, {{ printf "%.1f" $value }}'
    const [group] = convert({name: 'g', rules: [alert('Down', {annotations: {description}})]})
    expect(group?.rules[0]?.annotations['description']).to.equal(
      'costs $value: {{ $values.A.Value | humanize }} of {{ $labels.job }}, {{ printf "%.1f" $values.A.Value }}',
    )
  })

  it('have the same uid each time, within Grafana’s bounds, also for names that are not', () => {
    const names = ['Down', 'A'.repeat(60), 'With blanks']
    const uids = () => convert({name: 'g', rules: names.map(name => alert(name))})[0]?.rules.map(({uid}) => uid) ?? []
    expect(uids()).to.deep.equal(uids())
    expect(uids()[0]).to.equal('ep23-Down')
    expect(new Set(uids()).size).to.equal(3)
    for (const uid of uids()) expect(uid).to.match(/^[\w-]{1,40}$/u)
  })

  it('are refused when two groups have one name, because Grafana would keep the last alone', () => {
    expect(() => convert({name: 'g', rules: [alert('Down')]}, {name: 'g', rules: [alert('Up')]})).to.throw(
      'two rule groups have the name g',
    )
  })
})

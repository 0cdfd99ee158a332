import {schemaMessageAt, type Message} from '@ep23/sdk'
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js'

import type {ParsedFile} from '../../domain/provision.js'
import {message} from '../../words/words.js'

type Kind = ParsedFile['kind']
type Schema = Readonly<Record<string, unknown>>

const text = {type: 'string'}
const texts = {type: 'object', additionalProperties: text}
const list = (items: Schema, nullable = false): Schema => ({type: nullable ? ['array', 'null'] : 'array', items})
const fields = (properties: Schema, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
})
const optional = (properties: Schema): Schema => ({...fields(properties), type: ['object', 'null']})

const rule = fields({
  alert: text,
  record: text,
  expr: {type: ['string', 'number']},
  for: text,
  labels: texts,
  annotations: texts,
})
const groups = fields({groups: list(fields({name: text, interval: text, rules: list(rule)}, ['name']))})
const datasource = {anyOf: [text, optional({uid: text, type: text})]}

/** What the rules read of a file of each kind; the programs it is for know more of it. */
const SCHEMAS: Readonly<Record<Exclude<Kind, 'other'>, Schema>> = {
  rules: groups,
  loki: groups,
  tests: fields({
    rule_files: list(text),
    tests: list(fields({alert_rule_test: list(fields({alertname: text, exp_alerts: list({}, true)}))})),
  }),
  alertmanager: {
    $defs: {route: fields({receiver: text, matchers: list(text), match: texts, routes: list({$ref: '#/$defs/route'})})},
    ...fields({
      route: {$ref: '#/$defs/route'},
      receivers: list(fields({name: text}, ['name'])),
      inhibit_rules: list(
        fields({
          source_matchers: list(text),
          target_matchers: list(text),
          source_match: texts,
          target_match: texts,
          equal: list(text),
        }),
      ),
    }),
  },
  prometheus: fields({global: optional({scrape_interval: text, evaluation_interval: text})}),
  datasources: fields({datasources: list(fields({name: text, uid: text}))}),
  dashboard: {
    $defs: {
      panel: fields({
        title: text,
        description: text,
        type: text,
        datasource,
        fieldConfig: fields({defaults: fields({unit: text})}),
        targets: list(fields({expr: text, datasource})),
        panels: list({$ref: '#/$defs/panel'}),
      }),
    },
    ...fields({
      uid: text,
      title: text,
      templating: fields({list: list(fields({type: text}))}),
      panels: list({$ref: '#/$defs/panel'}),
    }),
  },
}

const checks = new Map<Kind, ValidateFunction>()

/** Where and why a file is not what its kind is read as, e.g. `/groups/0/rules must be array`; undefined when it is. */
export function misshapenPlace({kind, data}: {kind: Kind; data: unknown}): Message | undefined {
  if (kind === 'other') return undefined
  const check = checks.get(kind) ?? new Ajv2020({allowUnionTypes: true, validateSchema: false}).compile(SCHEMAS[kind])
  checks.set(kind, check)
  if (check(data)) return undefined
  const [error] = check.errors ?? []
  return error && schemaMessageAt(error.instancePath || message('theFile'), error)
}

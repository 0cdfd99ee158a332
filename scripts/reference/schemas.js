import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {code, described, table} from './markdown.js'

const WORDS = {
  en: {
    title: 'Schemas',
    about:
      'What `data` holds with `--json`, as JSON Schema in the package. A field with `?` may be absent; `/` separates alternatives.',
    columns: ['schema', 'fields'],
  },
  ru: {
    title: 'Схемы',
    about: 'Что лежит в `data` с `--json`, как JSON Schema в пакете. Поля с `?` может не быть; `/` разделяет варианты.',
    columns: ['схема', 'поля'],
  },
}

export function schemasPage(root, language) {
  const {title, about, columns} = WORDS[language]
  const files = globSync(['schemas/*.json', 'plugins/*/schemas/*.json'], {cwd: root}).sort()
  return [
    `# ${title}`,
    '',
    about,
    '',
    ...table(
      columns,
      files.map(file => [code(file), fieldsOf(root, file)]),
    ),
  ]
}

function fieldsOf(root, file) {
  const schema = JSON.parse(readFileSync(join(root, file), 'utf8'))
  const variants = (schema.anyOf ?? schema.oneOf ?? [schema]).map(variant => resolved(variant, schema))
  return described(file, variants.map(listOf).join(' / '))
}

function resolved(variant, {$defs = {}}) {
  return variant.$ref === undefined ? variant : $defs[variant.$ref.split('/').at(-1)]
}

function listOf({properties = {}, required = []}) {
  return Object.entries(properties)
    .map(([name, schema]) => code(`${name}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`))
    .join(', ')
}

function typeOf(schema) {
  const {type, enum: values, const: value, items, $ref, anyOf, oneOf} = schema
  if (values !== undefined) return values.map(each => JSON.stringify(each)).join('|')
  if (value !== undefined) return JSON.stringify(value)
  if (items !== undefined && type === 'array') return `${typeOf(items)}[]`
  if ($ref !== undefined) return $ref.split('/').at(-1)
  return [type ?? (anyOf ?? oneOf)?.map(typeOf) ?? 'any'].flat().join('|')
}

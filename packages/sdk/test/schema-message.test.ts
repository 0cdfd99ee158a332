import {Ajv2020} from 'ajv/dist/2020.js'
import {expect} from 'chai'

import {schemaMessage, schemaMessageAt} from '#src/schema-message.js'

const ANY = {a: 1, b: 2}
/** A schema that breaks for each keyword, what breaks it, and what is said of it. */
const BROKEN: [schema: object, value: unknown, english: string, russian: string][] = [
  [{type: ['string', 'null']}, 5, 'must be string,null', 'не того вида, нужно: строка или null'],
  [{required: ['name']}, {}, "must have required property 'name'", 'не хватает поля name'],
  [
    {properties: {}, additionalProperties: false},
    {b: 1},
    'must NOT have additional properties: b',
    'неизвестное поле b',
  ],
  [{unevaluatedProperties: false}, {b: 1}, 'must NOT have unevaluated properties', 'неизвестное поле b'],
  [{propertyNames: {const: 'a'}}, {b: 1}, 'property name must be valid', 'недопустимое имя поля b'],
  [{dependentRequired: {a: ['c']}}, ANY, 'must have property c when property a is present', 'вместе с a нужно c'],
  [{enum: ['a', 'b']}, 'c', 'must be equal to one of the allowed values: a, b', 'допустимо только a, b'],
  [{const: 5}, 6, 'must be equal to constant', 'допустимо только 5'],
  [{pattern: '^a'}, 'b', 'must match pattern "^a"', 'не подходит под образец ^a'],
  [{minimum: 3}, 2, 'must be >= 3', 'должно быть не меньше 3'],
  [{maximum: 3}, 4, 'must be <= 3', 'должно быть не больше 3'],
  [{exclusiveMinimum: 0.5}, 0, 'must be > 0.5', 'должно быть больше 0.5'],
  [{exclusiveMaximum: 3}, 3, 'must be < 3', 'должно быть меньше 3'],
  [{multipleOf: 2}, 3, 'must be multiple of 2', 'должно делиться на 2'],
  [{minLength: 1}, '', 'must NOT have fewer than 1 characters', 'пустой текст'],
  [{minLength: 21}, '', 'must NOT have fewer than 21 characters', 'нужно хотя бы 21 знак'],
  [{maxLength: 1}, 'aa', 'must NOT have more than 1 characters', 'можно не больше 1 знака'],
  [{minItems: 2}, [], 'must NOT have fewer than 2 items', 'нужно хотя бы 2 значения'],
  [{maxItems: 2}, [1, 2, 3], 'must NOT have more than 2 items', 'можно не больше 2 значений'],
  [{minProperties: 5}, {}, 'must NOT have fewer than 5 properties', 'нужно хотя бы 5 полей'],
  [{maxProperties: 1}, ANY, 'must NOT have more than 1 properties', 'можно не больше 1 поля'],
  [
    {uniqueItems: true},
    [1, 1],
    'must NOT have duplicate items (items ## 0 and 1 are identical)',
    'значения 0 и 1 одинаковы',
  ],
  [{contains: {const: 1}}, [], 'must contain at least 1 valid item(s)', 'нет ни одного подходящего значения'],
  [{anyOf: [false]}, 1, 'must match a schema in anyOf', 'не подходит ни под один из допустимых видов'],
  [
    {oneOf: [true, true]},
    1,
    'must match exactly one schema in oneOf',
    'должно подходить ровно под один из допустимых видов',
  ],
  [{not: true}, 1, 'must NOT be valid', 'такое значение не допускается'],
  [{properties: {a: false}}, ANY, 'boolean schema is false', 'здесь ничего не допускается'],
]

describe('a broken rule of a schema', () => {
  const ajv = new Ajv2020({allErrors: true, strict: false})
  for (const [schema, value, english, russian] of BROKEN)
    it(`is told in both languages: ${JSON.stringify(schema)}`, async () => {
      const check = ajv.compile(schema)
      expect(check(value)).to.equal(false)
      const error = check.errors?.at(-1)
      const said = schemaMessage(error ?? {keyword: '', params: {}})
      expect([said.english, await said.in('ru')]).to.deep.equal([english, russian])
    })

  it('of a keyword of somebody’s own stays as it is told', async () => {
    const said = schemaMessage({keyword: 'isUrl', params: {}, message: 'must be a URL'})
    expect([said.english, await said.in('ru')]).to.deep.equal(['must be a URL', 'must be a URL'])
  })

  it('is told after its place', async () => {
    const said = schemaMessageAt('/rules', {keyword: 'minimum', params: {limit: 1}, message: 'must be >= 1'})
    expect([said.english, await said.in('ru')]).to.deep.equal([
      '/rules must be >= 1',
      '/rules: должно быть не меньше 1',
    ])
  })
})

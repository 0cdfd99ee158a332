import {agreedSpelling} from '@ep23/sdk'
import * as fc from 'fast-check'

import {CONFIG_KEYS, type ConfigKey, type ConfigValue} from '#src/domain/config-keys.js'

export interface GeneratedConfig {
  text: string
  /** Paths that stand in the text. */
  present: string[]
}

const HARD_TEXTS = [
  'off',
  'yes',
  "it's",
  'a: b # c',
  'mistral:7b-instruct',
  '7',
  'null',
  '"quoted"',
  'шум — и ё',
  '{x}',
  '*star',
  '- item',
  'tab\tand\nbreak',
  '\u0085\u2028',
  '😀',
]

/** Values that a key takes, hostile ones among the texts. */
export function settableValues({accepts, path}: ConfigKey): fc.Arbitrary<ConfigValue> {
  const candidates: fc.Arbitrary<ConfigValue> = fc.oneof(
    fc.constantFrom<ConfigValue>(
      ...HARD_TEXTS,
      'llm',
      'cross_encoder',
      'rrf',
      '',
      'current',
      null,
      true,
      false,
      'A'.repeat(59) + '=',
    ),
    fc.integer({min: 0, max: 1000}),
    fc.double({min: 0, max: 1, noNaN: true}).map(value => (Object.is(value, -0) ? 0 : value)),
    path.endsWith('model') || path.endsWith('_name')
      ? fc.string({unit: 'binary-ascii', minLength: 1}).map(text => text.replaceAll(/[&*]a|# note|\p{Cc}/gu, '+'))
      : fc.constant(1),
  )
  return candidates.filter(accepts)
}

interface Style {
  indent: number
  lineBreak: string
  flow: boolean
}

type Node = {[name: string]: Node | string}

const note = fc.tuple(
  fc.nat(99),
  fc.constantFrom('plain', 'with: colon', 'с кириллицей', '"quote', '<<< not a marker', "it's #1"),
)
const comment = note.map(([number, text]) => `# note ${number} ${text}`)
const style: fc.Arbitrary<Style> = fc.record({
  indent: fc.integer({min: 1, max: 6}),
  lineBreak: fc.constantFrom('\n', '\r\n'),
  flow: fc.boolean(),
})

/** Configurations that are right, in every form that YAML lets them have. */
export const configTexts: fc.Arbitrary<GeneratedConfig> = fc
  .tuple(
    style,
    fc.shuffledSubarray([...CONFIG_KEYS], {minLength: 1}),
    fc.infiniteStream(fc.nat(1 << 30)),
    fc.array(comment, {minLength: 8, maxLength: 8}),
  )
  .chain(([form, keys, draws, comments]) =>
    fc.tuple(...keys.map(key => settableValues(key))).map(values => write(form, keys, values, draws, comments)),
  )

function write(
  form: Style,
  keys: readonly ConfigKey[],
  values: readonly ConfigValue[],
  draws: Iterator<number>,
  comments: readonly string[],
): GeneratedConfig {
  const draw = (below: number): number => (draws.next().value as number) % below
  const root: Node = {}
  for (const [i, {path}] of keys.entries()) {
    const names = path.split('.')
    const section = names.slice(0, -1).reduce<Node>((at, name) => (at[name] ??= {}) as Node, root)
    section[names.at(-1)!] = scalar(values[i]!, draw)
  }
  return {text: print(root, form, draw, comments), present: keys.map(({path}) => path)}
}

function scalar(value: ConfigValue, draw: (below: number) => number): string {
  const isSingle = typeof value === 'string' && draw(2) === 0 && !/[^\x20-\x7e\u0400-\u04ff]/u.test(value)
  const written = isSingle
    ? `'${value.replaceAll("'", "''")}'`
    : typeof value === 'number'
      ? agreedSpelling(String(value), value)
      : JSON.stringify(value)
  const anchor = draw(4) === 0 ? `&a${draw(1000)}${' '.repeat(1 + draw(2))}` : ''
  return `${anchor}${written}`
}

function print(root: Node, form: Style, draw: (below: number) => number, comments: readonly string[]): string {
  const lines: string[] = draw(2) === 0 ? [comments[0]!, ''] : []
  const put = (node: Node, depth: number): void => {
    for (const [name, child] of Object.entries(node)) {
      const start = `${' '.repeat(depth * form.indent)}${name}:${' '.repeat(1 + draw(4))}`
      const tail = draw(3) === 0 ? `${' '.repeat(1 + draw(3))}${comments[draw(8)]!}` : ' '.repeat(draw(2))
      if (typeof child === 'string') lines.push(`${start}${child}${tail}`)
      else if (form.flow && depth > 0) lines.push(`${start}${flow(child)}${tail}`)
      else {
        lines.push(`${start.trimEnd()}${tail}`)
        if (draw(4) === 0) lines.push(`${' '.repeat(draw(5))}${comments[draw(8)]!}`, '')
        put(child, depth + 1)
      }
    }
  }
  put(root, 0)
  return lines.join(form.lineBreak) + (draw(3) === 0 ? '' : form.lineBreak)
}

function flow(node: Node): string {
  return `{ ${Object.entries(node)
    .map(([name, child]) => `${name}: ${typeof child === 'string' ? child : flow(child)}`)
    .join(' , ')} }`
}

import {localNumbers} from './local-numbers.js'

type Forms = readonly [one: string, few: string, many: string]

let rules: Intl.PluralRules | undefined

/**
 * The form of a Russian noun that goes with an amount.
 * @param forms with 1, with 2 to 4 and with 5
 * @example russianForm(22, ['пост', 'поста', 'постов']) // 'поста'
 */
export function russianForm(amount: number, [one, few, many]: Forms): string {
  rules ??= new Intl.PluralRules('ru')
  const category = rules.select(amount)
  if (category === 'one') return one
  // A broken number takes the genitive singular: 1,5 поста.
  return category === 'many' ? many : few
}

/**
 * An amount with its Russian noun, for messages.
 * @example russianCount(12345, ['пост', 'поста', 'постов']) // '12 345 постов'
 */
export function russianCount(amount: number, forms: Forms): string {
  return `${localNumbers(String(amount), 'ru')} ${russianForm(amount, forms)}`
}

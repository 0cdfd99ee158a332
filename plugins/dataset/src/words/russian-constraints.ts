/** What each rule of class-validator that our entities use wants, in Russian; `$1` is its last number, or what follows its colon. */
const CONSTRAINTS: Readonly<Record<string, string>> = {
  isNotEmpty: 'пусто',
  isString: 'нужен текст',
  isNumber: 'нужно число',
  isDate: 'нужна дата',
  isArray: 'нужен список',
  isObject: 'нужен объект с полями',
  isUrl: 'нужен адрес',
  isIn: 'допустимо только $1',
  matches: 'не того вида',
  min: 'должно быть не меньше $1',
  arrayMinSize: 'нужно значений не меньше $1',
  nestedValidation: 'нужен объект с полями',
  isRecordOf: 'нужен объект, у которого все значения одного вида',
  unknownValue: 'нужен объект с полями',
}

/** A broken rule of class-validator in Russian; English of a rule that is not known here. */
export function russianOfConstraint(rule: string, english: string): string {
  const value = /: (.+)$/u.exec(english)?.[1] ?? /(-?\d+(?:\.\d+)?)\D*$/u.exec(english)?.[1] ?? ''
  return CONSTRAINTS[rule]?.replace('$1', value) ?? english
}

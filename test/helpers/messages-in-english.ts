import * as chai from 'chai'
import {isMessage} from '@ep23/sdk'

// What a message says is compared by its English, wherever it stands in a value: `expect(warnings).to.deep.equal(['nothing to do'])`.
chai.use(({Assertion}, utils) => {
  const subject = (assertion: object): void =>
    utils.flag(assertion, 'object', inEnglish(utils.flag(assertion, 'object')))
  for (const name of ['equal', 'eql', 'match', 'members', 'string'])
    Assertion.overwriteMethod(
      name,
      (inherited: (...args: unknown[]) => unknown) =>
        function compared(this: object, ...args: unknown[]) {
          subject(this)
          return inherited.apply(
            this,
            args.map(argument => inEnglish(argument)),
          )
        },
    )
  for (const name of ['include', 'contain'])
    Assertion.overwriteChainableMethod(
      name,
      (inherited: (...args: unknown[]) => unknown) =>
        function compared(this: object, ...args: unknown[]) {
          subject(this)
          return inherited.apply(
            this,
            args.map(argument => inEnglish(argument)),
          )
        },
      () =>
        function chained(this: object) {
          utils.flag(this, 'contains', true)
        },
    )
})

/** The same value where it holds no message. */
function inEnglish(value: unknown, around: readonly unknown[] = []): unknown {
  if (isMessage(value)) return value.english
  if (typeof value !== 'object' || value === null || around.includes(value)) return value
  const within = [...around, value]
  if (Array.isArray(value)) {
    const items = value.map(item => inEnglish(item, within))
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  const fields = Object.entries(value).map(([key, field]) => [key, field, inEnglish(field, within)] as const)
  return fields.some(([, field, said]) => field !== said)
    ? Object.fromEntries(fields.map(([key, , said]) => [key, said]))
    : value
}

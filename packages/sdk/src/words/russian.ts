import type {SameMessages} from '../messages.js'
import type {english} from './english.js'

/** What the sdk itself says, in Russian. */
export const russian: SameMessages<typeof english> = {
  seeFlags: 'список флагов покажет --help',
  didYouMeanFlag: ({name}) => `возможно, имелся в виду --${name}`,
  ofEnvironment: ({name, problem}) => `переменная окружения ${name}: ${problem}`,
  ofFlag: ({name, problem}) => `--${name}: ${problem}`,
  unexpected: ({problem}) => `непредвиденная ошибка: ${problem}`,
  reportBug: 'запустите ещё раз с --debug, чтобы увидеть место ошибки, и сообщите о ней: это ошибка в самом ep23',
  noHost: 'ответа от ep23 нет: эта команда — часть плагина и работает только внутри ep23',
  interrupted: ({done}) => `прервано: ${done}`,
  wholeNumber: ({given}) => `нужно целое число, получено: ${given}`,
  wholeNumberWithin: ({min, max, given}) =>
    max === Number.MAX_SAFE_INTEGER
      ? `нужно целое число не меньше ${min}, получено: ${given}`
      : `нужно целое число от ${min} до ${max}, получено: ${given}`,
  share: ({given}) => `нужна доля от 0 до 1, получено: ${given}`,
  day: ({given}) => `нужен день в виде ГГГГ-ММ-ДД, получено: ${given}`,
  warning: 'Внимание',
}

/** What oclif's parser says; it knows English alone, so its sentences are recognised by their words. */
const PARSER: readonly (readonly [english: RegExp, russian: string])[] = [
  [/^Nonexistent flag: (.+)$/u, 'такого флага нет: $1'],
  [/^Nonexistent flags: (.+)$/u, 'таких флагов нет: $1'],
  [/^Unexpected argument: (.+)$/u, 'лишний аргумент: $1'],
  [/^Unexpected arguments: (.+)$/u, 'лишние аргументы: $1'],
  [/^Missing 1 required arg:?$/u, 'не хватает аргумента:'],
  [/^Missing \d+ required args:?$/u, 'не хватает аргументов:'],
  [/^Expected (.+) to be one of: (.+)$/u, '$1: допустимы только $2'],
  [/^Flag (--\S+) expects a value$/u, 'флагу $1 нужно значение'],
  [/^Flag (--\S+) can only be specified once$/u, 'флаг $1 можно указать только один раз'],
  [/^Flag (--\S+) expects one of these values: (.+)$/u, 'флаг $1 принимает одно из значений: $2'],
  [/^The following errors? occurred:$/u, 'так запустить нельзя:'],
  [/^(\s*)Missing required flag (\S+)$/u, '$1не указан обязательный флаг --$2'],
  [/^(\s*)(--.+) cannot also be provided when using (--\S+)$/u, '$1$2 и $3 нельзя указать вместе'],
  [/^(\s*)All of the following must be provided when using (--\S+): (.+)$/u, '$1вместе с $2 нужны: $3'],
  [/^(\s*)One of the following must be provided when using (--\S+): (.+)$/u, '$1вместе с $2 нужен один из: $3'],
  [/^(\s*)Exactly one of the following must be provided: (.+)$/u, '$1нужен ровно один из: $2'],
  [/^(\s*)At least one of the following must be provided: (.+)$/u, '$1нужен хотя бы один из: $2'],
]

/** A sentence of oclif's parser in Russian, line by line; an unknown one stays as it is. */
export function russianOfParser(english: string): string {
  return english
    .split('\n')
    .map(line => {
      const [pattern, russian] = PARSER.find(([each]) => each.test(line)) ?? []
      return pattern === undefined || russian === undefined ? line : line.replace(pattern, russian)
    })
    .join('\n')
}

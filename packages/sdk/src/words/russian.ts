import {russianCount} from '../russian-count.js'

import type {SameMessages} from '../messages.js'
import type {english} from './english.js'

/** What the sdk itself says, in Russian. */
export const russian: SameMessages<typeof english> = {
  seeFlags: 'список флагов покажет --help',
  didYouMeanFlag: ({name}) => `возможно, имелся в виду --${name}`,
  ofEnvironment: ({name, problem}) => `переменная окружения ${name}: ${problem}`,
  ofFlag: ({name, problem}) => `--${name}: ${problem}`,
  unexpected: ({problem}) => `непредвиденная ошибка: ${problem}`,
  reportBug: ({maker}) =>
    `запустите ещё раз с --debug, чтобы увидеть место ошибки, и сообщите о ней: это ошибка в коде ${maker}`,
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

  diskFullAt: ({path}) => `диск заполнен: ${path} не записан; что там было раньше, не тронуто`,
  makeRoom: 'освободите место и запустите ту же команду ещё раз',
  mayNotWrite: ({path, code}) => `${path}: нет права на запись (${code})`,
  chooseFolder: 'выберите папку, в которую вам можно писать',
  changePermissions: 'измените права или выберите другой файл или папку',
  checkFile: 'проверьте файл',
  diskIsFull: 'не записан: диск заполнен',
  tooManyFiles: 'не открывается: открыто слишком много файлов',
  raiseOpenFiles: 'поднимите предел (ulimit -n) или закройте другие программы, затем запустите ту же команду ещё раз',
  doesNotExist: 'не существует',
  checkPath: 'проверьте путь',
  isFolder: '— папка, а нужен файл',
  nameFileInIt: 'назовите файл в ней',
  notFolder: '— не папка, или не папка часть этого пути',
  linkToItself: '— ссылка, которая ведёт сама на себя',
  nameTooLong: '— слишком длинное имя',
  chooseShorter: 'выберите короче',
  notUsableThere: 'здесь не годится (EINVAL)',
  notOpenable: 'не открывается как файл',
  regularFile: 'назовите обычный файл',
  notSeekable: 'не читается с середины: это канал или устройство',
  writtenByOthers: ({path}) => `${path} уже существует, и записал его не ep23`,
  chooseOtherFile: 'назовите другой файл',
  moveIt: 'или уберите этот в другое место',
  existsAsOther: 'уже существует, и это нечто другое',
  chooseOtherPath: 'выберите другой путь',
  folderNotEmpty: '— непустая папка',
  inUse: 'занят',
  whenFree: 'запустите ту же команду, когда он освободится',
  notAllowedToOpen: 'не открыть: нет прав',
  notAllowedToChange: 'не изменить: операция запрещена',
  readOnlyFiles: 'не записать: файловая система только для чтения',
  tooLargeHere: 'вышел бы больше, чем здесь разрешено',
  raiseFileSize: 'поднимите предел (ulimit -f) или пишите в другое место',
  needsMemory: 'требует больше памяти, чем есть',
  endPrograms: 'закройте другие программы, затем запустите команду ещё раз',
  inputOutput: 'не читается или не пишется: ошибка ввода-вывода',
  checkDisk: 'проверьте диск',
  over2GiB: 'больше 2 ГиБ и целиком не читается',
  over512MiB: 'содержит больше 512 МиБ текста и целиком не читается',
  noWorkingDirectory: 'рабочей папки больше нет',
  changeFolder: 'перейдите в существующую папку, затем запустите команду ещё раз',
  nullByte: 'в пути есть нулевой байт',
  endedWithoutResult: ({command}) => `${command} завершилась без результата`,
  runAlone: ({command}) => `запустите её отдельно: ep23 ${command} --debug`,
  recordsHaveNo: ({exporter, wanted}) => `у записей ${exporter} нет поля ${wanted}, по которому выбирать`,
  notObject: 'не объект с полями',
  belongsToMongo: 'принадлежит MongoDB; уберите его, документы ищутся по своему ключу',
  largerThan: ({maxDocumentBytes}) => `больше ${maxDocumentBytes} байт`,
  halfPair: 'содержит половину суррогатной пары',
  isValue: ({value}) => `равно ${value}`,
  isOfType: ({type}) => `имеет тип ${type}`,
  tooDeep: ({levels}) => `лежит глубже ${russianCount(levels, ['уровня', 'уровней', 'уровней'])}`,
  neitherJsonNorDate: 'не JSON и не дата',
  notInYears: 'не дата между годами 0 и 9999',
  startsWithDollar: `начинается с $`,
  dotInName: 'содержит в имени точку',
  nullInName: 'содержит в имени U+0000',
  halfPairInName: 'содержит в имени половину суррогатной пары',
  ownMeaning: 'имеет имя с особым значением',
  fieldNamed: ({readable}) => `поле ${readable}`,
  theDocument: 'документ',
  noStoreHolds: 'исправьте запись: такое не примет ни одно хранилище',
  filterHolds: ({field, condition}) => `в фильтре по ${field} стоит ${condition}`,
  operandHolds: ({operator, field, operand}) => `в фильтре по ${field} у ${operator} стоит ${operand}`,
  filterUses: ({field, operator}) => `фильтр по ${field} использует ${operator}`,
  useOperators: `берите равенство, $in, $ne, $gte и $lt`,
  mongoField: ({path}) => `${path} — собственное поле MongoDB`,
  useNaturalKey: 'берите естественный ключ',
  notFieldPath: ({path}) => `${path} — не путь к полю`,
  joinWithDots: `соединяйте имена полей точками; номера элементов, кавычки, обратная косая черта и $ в начале не допускаются`,
  notLimit: ({limit}) => `${limit} — не предел`,
  orderOf: ({field, direction}) => `порядок по ${field}: ${direction}`,
  wrongUse: ({problem}) => `хранилище используется неверно: ${problem}`,
  notUtf8: ({path}) => `${path} — не текст в UTF-8`,
  checkRightFile: 'проверьте, тот ли это файл',
  tooLarge: ({path, mebibytes}) => `${path} больше ${mebibytes} МиБ`,
  nestedTooDeeply: 'слишком глубокая вложенность',
  notJson: ({file, reason}) => `${file} — не JSON: ${reason}`,
  bringBack: 'верните файл, каким он был',
  nestedOrCircular: ({file}) => `${file}: слишком глубокая вложенность, или файл ссылается сам на себя`,
  writeFlat: 'пишите без вложенности',
  controlCharacter: ({file, line}) => `${file}:${line}: управляющий символ`,
  takeItOut: 'удалите его',
  aliases: ({file, line, problem}) => `${file}:${line}: его ссылки (*имя) не раскрываются: ${problem}`,
  writeValuesOut: 'выпишите значения целиком',
  systemProblem: ({place, problem}) => `${place} ${problem}`,
  someFile: 'файл',
  refusedValue: ({place, what, reason}) => `${place}: ${what} ${reason}`,
  snakeCase: 'имя пишется в snake_case с приставкой',
  reservedEnding: 'имя кончается словом, которое Prometheus добавляет сам или которое повторяет вид метрики',
  onlyCountersTotal: 'на _total кончаются счётчики, и только они',
  baseUnits: 'нужны основные единицы целым словом: seconds, bytes, ratio',
  unitEnds: ({unit, total}) => `метрика в ${unit} кончается на _${unit}${total}`,
  unitOtherwise: ({suffix, unit}) => `в имени ${suffix}, а единица ${unit}`,
  unitIsWord: 'единица — слово, например seconds или documents',
  ratioCounter: 'доли не складываются: нужен gauge или histogram',
  helpSentence: 'help должен быть предложением с точкой',
  labelsOutside: ({labels}) => `метки не из списка: ${labels}`,
  labelValues: ({labels, most}) =>
    `${labels}: нужны разные значения от 1 до ${most} печатных знаков или atMost: целое число от 1`,
  tooManySeries: ({series, most}) => `возможных рядов ${series}, а можно не больше ${most}`,
  onlyHistogramBuckets: 'buckets бывают только у histogram',
  needsBuckets: 'у histogram должны быть buckets',
  tooManyBuckets: ({buckets, most}) => `значений buckets ${buckets}, а можно не больше ${most}`,
  bucketsAscend: 'значения buckets конечны и возрастают (+Inf добавляется само)',
  metricKinds: 'kind бывает counter, gauge или histogram',
  mustBeText: ({fields}) => `${fields}: нужен текст`,
  labelsObject: 'labels: нужен объект, без меток — {}',
  bucketsList: 'buckets: нужен список чисел',
  declaredTwice: 'объявлена в плагине дважды',
  belongsTo: ({owner, others}) => `принадлежит ${owner}; пусть ${others} выберет другое имя`,
  schemaProblem: ({place, problem}) => `${place}: ${problem}`,
  hasNoPart: ({place}) => `нет ${place}`,
  partIsNo: ({place, wanted}) => `${place} — не ${wanted}`,
}

/** What oclif's parser says of mistakes whose facts it keeps to itself; it knows English alone, so they are recognised by their words. */
const PARSER: readonly (readonly [english: RegExp, russian: string])[] = [
  [/^Expected (.+) to be one of: (.+)$/u, '$1: допустимы только $2'],
  [/^Flag (--\S+) expects a value$/u, 'флагу $1 нужно значение'],
  [/^Flag (--\S+) can only be specified once$/u, 'флаг $1 можно указать только один раз'],
  [/^Flag (--\S+) can only be read from stdin\. .+$/u, 'флаг $1 читается только со стандартного ввода: напишите -'],
  [/^Flag (--\S+) expects one of these values: (.+)$/u, 'флаг $1 принимает одно из значений: $2'],
  [
    /^Note: (.+?) allows? multiple values\. Because of this .+$/u,
    'Флаги $1 принимают несколько значений, поэтому аргументы пишите до них.',
  ],
  [/^Alternatively, you can use "--" to signify .+$/u, 'Или отделите аргументы от флагов двумя дефисами: --'],
  [/^The following errors? occurred:$/u, 'так запустить нельзя:'],
  [/^(\s*)Missing required flag (\S+)$/u, '$1не указан обязательный флаг --$2'],
  [/^(\s*)(--.+) cannot also be provided when using (--\S+)$/u, '$1$2 и $3 нельзя указать вместе'],
  [/^(\s*)All of the following must be provided when using (--\S+): (.+)$/u, '$1вместе с $2 нужны: $3'],
  [/^(\s*)Only the following can be provided when using (--\S+): (.+)$/u, '$1вместе с $2 можно указать только $3'],
  [/^(\s*)One of the following must be provided when using (--\S+): (.+)$/u, '$1вместе с $2 нужен один из: $3'],
  [/^(\s*)Exactly one of the following must be provided: (.+)$/u, '$1нужен ровно один из: $2'],
  [/^(\s*)At least one of the following must be provided: (.+)$/u, '$1нужен хотя бы один из: $2'],
]

/** The facts of a mistake on the command line, where oclif's parser tells them. */
export interface ParserFacts {
  /** Flags that there are not. */
  flags?: unknown
  /** Arguments that are too much, or definitions of those that are missing. */
  args?: unknown
}

/** What oclif's parser says, in Russian: the first line from its facts or by its words, others by their words; an unknown one stays. */
export function russianOfParser(english: string, facts: ParserFacts = {}): string {
  const [first = '', ...rest] = english.split('\n')
  return [mistake(facts) ?? recognised(first, PARSER), ...rest.map(line => recognised(line, PARSER))].join('\n')
}

function mistake({flags, args}: ParserFacts): string | undefined {
  if (Array.isArray(flags)) return `${flags.length === 1 ? 'такого флага' : 'таких флагов'} нет: ${flags.join(', ')}`
  if (!Array.isArray(args)) return undefined
  if (args.every(arg => typeof arg === 'string'))
    return `${args.length === 1 ? 'лишний аргумент' : 'лишние аргументы'}: ${args.join(', ')}`
  return `не хватает ${args.length === 1 ? 'аргумента' : 'аргументов'}:`
}

/** What Node says: its parser of JSON, and of servers that do not answer. */
const NODE: typeof PARSER = [
  [/^Unexpected end of JSON input$/u, 'текст обрывается'],
  [/^Unexpected token (.+?), (.*) is not valid JSON$/su, 'неожиданный знак $1: $2 — не JSON'],
  [/^Expected (.+) in JSON at position (\d+)(?: \(line (\d+) column (\d+)\))?$/u, 'ожидалось $1 (знак $2)'],
  [/^Unterminated string in JSON at position (\d+).*$/u, 'строка не закрыта (знак $1)'],
  [
    /^Bad (?:control character|escaped character|Unicode escape) .*at position (\d+).*$/u,
    'недопустимый знак (знак $1)',
  ],
  [
    /^Unexpected non-whitespace character after JSON at position (\d+).*$/u,
    'после конца JSON есть ещё что-то (знак $1)',
  ],
  [/^"undefined" is not valid JSON$/u, 'пусто'],
  [/^The encoded data was not valid for encoding utf-8$/u, 'текст не в UTF-8'],
  [/^connect ECONNREFUSED (\S+)$/u, '$1 не принимает соединений'],
  [/^getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (\S+)$/u, 'имя $1 не находится'],
  [/^(?:connect|read) ETIMEDOUT ?(\S*)$/u, 'нет ответа $1'],
  [/^(?:socket hang up|read ECONNRESET)$/u, 'соединение оборвано'],
  [/^fetch failed$/u, 'сервер не ответил'],
]

/** A sentence of Node's in Russian; an unknown one stays as it is. */
export function russianOfNode(english: string): string {
  return recognised(english, NODE)
}

function recognised(sentence: string, known: typeof PARSER): string {
  const [pattern, russian] = known.find(([each]) => each.test(sentence)) ?? []
  return pattern === undefined || russian === undefined ? sentence : sentence.replace(pattern, russian)
}

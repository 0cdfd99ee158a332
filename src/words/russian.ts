import {russianCount, type SameMessages} from '@ep23/sdk'
import type {english} from './english.js'

/** What the host itself says, in Russian. */
export const russian: SameMessages<typeof english> = {
  error: 'Ошибка',
  warning: 'Внимание',
  code: 'Код',
  tryThis: 'Что делать',
  cause: 'Причина',

  tourDataset: 'Набор данных',
  tourDatasetSeen:
    'Пять каналов, тридцать дней: сохранены 150 дайджестов, и при каждом посты, из которых он сделан. Эти посты выдуманы; со своими выгрузками хватит тех же трёх команд.',
  tourExports: 'Выгрузки, которые доказывают сами себя',
  tourExportsSeen:
    'Всё выгружено дважды и сверено побайтно. Корень — хеш от всех записей: кто получит файлы, пересчитает его без сети.',
  tourBenchmark: 'Вердикт и второй автор',
  tourBenchmarkSeen:
    'Порог пройден, когда выше него весь интервал оценки, а не только среднее. Сравнение берёт парами одни и те же дни обоих авторов и говорит, насколько оно уверено.',
  tourObservability: 'Что запускалось и сколько длилось',
  tourObservabilitySeen:
    'Каждая команда оставила трассу, метрики и журнал; observability:serve показывает Prometheus их сумму, observability:policy сверяет каждую метрику с правилами имён и меток.',
  tourRetrieval: 'Поиск',
  tourRetrievalSeen:
    'В сохранённых постах искали ответы на запросы, для которых они известны. rag:tune пробует на них другие настройки и отличает выигрыш от везения.',
  tourCommandFailed: ({command, code}) => `${command}: код ${code}`,
  tourEnd: ({seconds}) =>
    `Вот и всё, ${russianCount(seconds, ['секунда', 'секунды', 'секунд'])}; папки больше нет. Своё начинается так: ep23 init`,
  moreLines: ({lines}) => `… ещё ${russianCount(lines, ['строка', 'строки', 'строк'])}`,
  pressEnter: 'Enter — следующее, Ctrl-C — выйти',

  notLoaded: ({names}) => `ep23 не удалось загрузить свои плагины: ${names}`,
  warningsNameFile: 'файл назван в предупреждениях выше',
  tooFewFiles: 'мало открытых файлов разрешено? проверьте ulimit -n',
  installAgain: 'иначе переустановите ep23',
  longDash: ({word}) => `«${word}» начинается с длинного тире`,
  writeDashes: ({word}) => `напишите ${word}`,
  noArgumentHere: ({command, extra}) => `команда ep23 ${command} не принимает здесь аргумент: ${extra}`,
  seeHelpOf: ({command}) => `справка: ep23 ${command} --help`,
  noSuchCommand: ({id}) => `у ep23 нет команды ${id}`,
  didYouMeanCommand: ({command}) => `возможно, имелась в виду ep23 ${command}`,
  helpOfTopic: ({topic}) => `команды этой темы: ep23 help ${topic}`,
  helpOfAll: 'все команды: ep23 help',

  settingMustBe: ({name, problem}) => `${name} ${problem}`,
  theFile: 'файл',
  noSuchSetting: ({name}) => `настройки ${name} нет`,
  needsKey: ({name, key}) => `в ${name} не хватает ключа ${key}`,
  atPlace: ({place, problem}) => `${place}: ${problem}`,
  mustBeOfType: ({types, given}) =>
    `— здесь нужно: ${types.map(type => TYPES[type] ?? type).join(' или ')}; указано ${given}`,
  mustBeOneOf: ({values, given}) => `— допустимы только ${values}; указано ${given}`,
  mustLookLike: ({pattern, given}) => `— нужно значение вида ${pattern}; указано ${given}`,
  mustBeAtLeast: ({minimum, given}) => `— нужно не меньше ${minimum}; указано ${given}`,
  mustBeAtMost: ({maximum, given}) => `— нужно не больше ${maximum}; указано ${given}`,
  didYouMean: ({name}) => `возможно, имелось в виду ${name}`,
  knownKeys: ({names}) => `есть такие: ${names}`,
  correctThere: 'исправьте там',
  variableOneOf: ({name, values, given}) =>
    `переменная окружения ${name}: допустимы только ${values}; указано «${given}»`,
  variableYesOrNo: ({name, given}) => `переменная окружения ${name}: нужно yes или no; указано «${given}»`,
  setOrUnset: ({name}) => `укажите ${name}=1 или уберите переменную`,
  noSuchVariable: ({name}) => `у ep23 нет переменной окружения ${name}`,
  explainLists: 'все настройки: ep23 config:explain',
  notOneValue: ({file, key}) => `${file}: у ${key} должно быть одно значение, а не список и не ключи`,
  mustBeOnOrOff: ({origin, given}) => `telemetry: допустимы on и off; указано «${given}» (${russianOrigin(origin)})`,
  mustBeShare: ({origin, given}) => `traceSample: нужна доля от 0 до 1; указано «${given}» (${russianOrigin(origin)})`,
  neitherFileNorUrl: ({path}) => `${path} — не файл и не адрес`,
  noSettingsFile: ({file}) => `файла настроек ${file} нет`,
  checkConfigPath: 'проверьте путь после --config',
  fixAtLine: 'исправьте файл в этой строке',
  twoReadings: ({place, written}) => `${place}: ${written} в YAML 1.1 читается иначе`,
  writeInstead: ({agreed}) => `напишите ${agreed}`,
  notKeysWithValues: ({file}) => `${file}: в файле должны быть ключи со значениями, а не список и не одно значение`,
  notSet: '(не задано)',
  origin: ({origin}) => russianOrigin(origin),

  otherSdk: ({command, given, own}) => `${command} собрана с @ep23/sdk ${given}, а у этого ep23 ${own}`,
  updatePlugin: ({major}) => `обновите плагин до @ep23/sdk ${major}.x`,
  pluginLeftOut: ({plugin, problem}) => `плагин ${plugin} не загрузился и пропущен: ${problem}`,
  stoppedBeforeStep: ({title}) => `остановлено перед шагом «${title}»`,

  versionAt: ({version, path}) => `${version}, ${path}`,
  fewZones: ({zones}) => `часовых поясов всего ${zones}`,
  useFullIcu: 'возьмите Node, собранный с полным ICU',
  icu: ({icu, zones}) => `ICU ${icu}, часовые пояса ${zones}`,
  clockSays: ({now}) => `часы показывают ${now}`,
  setClock: 'поставьте часы этой машины',
  clock: ({now, zone}) => `${now}, часовой пояс ${zone}`,
  noStoreYet: ({path}) => `${path} ещё нет: его создаст dataset:seed`,
  checkStore: 'проверьте --store',
  noneInFuture: 'ни один запуск не в будущем',
  runsInFuture: ({runs}) => `запуски с временем, которое ещё не наступило: ${runs}`,
  setTheirClock: 'поставьте часы машины, где они сделаны; значения, которые они записали, в /metrics не попадают',
  freeAt: ({gibibytes, folder}) =>
    `свободно ${gibibytes.toLocaleString('ru', {maximumFractionDigits: 1})} ГиБ в ${folder}`,
  makeRoom: 'освободите место: нужно не меньше 0,5 ГиБ',
  setDatasetDir: 'укажите в EP23_DATASET_DIR папку, в которую можно писать',
  oneOwner: 'у каждого имени один владелец',
  renameMetric: 'переименуйте метрику в плагине или отключите плагин: ep23 plugins unlink',
  noManifest: ({label}) => `${label}, манифеста нет: запускается медленно`,
  oldManifest: ({label}) => `${label}, манифест старше собранного кода`,
  runBuild: 'выполните npm run build',
  manifestOf: ({label, day}) => `${label}, манифест от ${day}`,
  checkFailed: ({problem}) => `сама проверка не удалась: ${problem}`,
  runWithDebug: 'запустите ещё раз с --debug',
  fix: 'что делать',

  noStore: ({path}) => `хранилища ${path} нет`,
  fillFirst: 'сначала наполните его: ep23 dataset:seed или dataset:import',
  orNameAnother: 'или укажите другое: --store или EP23_STORE',
  storeIsFolder: ({path}) => `вместо хранилища указана папка ${path}`,
  nameFileInIt: ({path}) => `укажите файл в ней, например --store ${path}/store.sqlite`,
  storeUnderFile: ({path}) => `хранилище ${path} не создать: часть пути — файл, а не папка`,
  chooseOtherStore: 'выберите другой путь: --store',
  unknownScheme: ({scheme}) => `адрес хранилища начинается с неизвестного ${scheme}://`,
  noLocation: 'не сказано, где хранилище',
  useLocation: 'укажите путь к файлу, mongodb://хост/база или mongodb+srv://хост/база',
  unreadableAddress: 'адрес MongoDB не разобрать',
  writeAddress: 'он пишется так: mongodb://user:password@host:port/database?options',
  encodeAddress: 'символы @ : / ? # в имени, пароле и параметрах кодируются процентами',
  brokenLink: ({target}) => `ссылка ведёт на ${target}, а такого файла нет`,
  brokenAnchor: ({target, part}) => `ссылка ведёт на #${part} в ${target}, а такой части там нет`,
  staleSchema: 'копия схемы ep23, но не той, что у этого ep23: скопируйте заново',
  conflictMarker: 'остались метки слияния: выберите, что оставить, и уберите метки',
  jsonlTooLarge: ({megabytes, file}) =>
    `${megabytes} МиБ строк JSON: разрежьте командой ep23 exporters:split ${file} --max 500KB`,
  notJson: ({problem}) => `это не JSON: ${problem}`,
  notYaml: ({problem}) => `это не YAML: ${problem}`,
  repositoryFine: ({files}) => `файлов ${files}, исправлять нечего`,
  repositoryFindings: ({files, findings}) => `файлов ${files}, исправить: ${findings}`,
  translationDiffers: ({translated, original}) => `заголовков ${translated}, а на английской странице ${original}`,
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'текст',
  integer: 'целое число',
  number: 'число',
  boolean: 'true или false',
  array: 'список',
  object: 'ключи со значениями',
}

/** `flag --store` and its like, as `config:explain --json` gives them. */
function russianOrigin(origin: string): string {
  return origin
    .replace(/^flag /u, 'флаг ')
    .replace(/^environment /u, 'переменная окружения ')
    .replace(/^file (.*) \(shipped\)$/u, 'файл $1 из поставки')
    .replace(/^file /u, 'файл ')
    .replace(/^default$/u, 'по умолчанию')
    .replace(/^locale$/u, 'локаль')
    .replace(/^not set$/u, 'нигде')
}

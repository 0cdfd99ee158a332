import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'

import {code, described, plain, table} from './markdown.js'

const {definitions} = await import(pathToFileURL(join(import.meta.dirname, '../../dist/setting-definitions.js')).href)

/** What is not in the file: secrets, and what OpenTelemetry names. */
const VARIABLES = {
  OPENAI_API_KEY: {en: 'The key of the model server.', ru: 'Ключ сервера модели.'},
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    en: 'Where spans are sent over OTLP, in addition to the store.',
    ru: 'Куда по OTLP отправляются спаны, помимо хранилища.',
  },
}

const WORDS = {
  en: {
    title: 'Settings',
    about:
      'Flag > environment > `ep23.config.yaml` (here or in a folder above) > default. `ep23 config:explain` shows each value and where it comes from. Every flag has a variable of its own beside these: [commands](commands/index.md).',
    columns: ['key in ep23.config.yaml', 'meaning', 'values', 'flag', 'environment', 'default'],
  },
  ru: {
    title: 'Настройки',
    about:
      'Флаг > переменная > `ep23.config.yaml` (здесь или в папке выше) > значение по умолчанию. `ep23 config:explain` покажет каждое значение и откуда оно. Своя переменная есть и у каждого флага: [команды](commands/index.md).',
    columns: ['ключ в ep23.config.yaml', 'что значит', 'значения', 'флаг', 'переменная', 'по умолчанию'],
  },
}

const RUSSIAN = {
  'Where the documents are: a SQLite file or a mongodb:// URL.': 'Где документы: файл SQLite или адрес mongodb://.',
  'Folder of exports, snapshots and benchmark runs.': 'Папка выгрузок, снимков и запусков оценки.',
  'Folder of the log files.': 'Папка журналов.',
  'Least serious log lines to keep.': 'Самый низкий уровень записей, которые сохраняются.',
  'Language of what people read.': 'Язык того, что читают люди.',
  'An OpenAI-compatible model server.': 'Сервер модели, совместимый с OpenAI.',
  'on or off: whether runs leave metrics, spans and log lines.':
    'on или off: оставляют ли запуски метрики, трассы и журнал.',
  'What judges of plugins read.': 'Что читают судьи плагинов.',
  'What dataset:seed builds.': 'Что строит dataset:seed.',
  'The channels and where their posts come from.': 'Каналы и откуда их посты.',
  'A channel, as @habr or t.me/habr.': 'Канал: @habr или t.me/habr.',
  'Files or folders of its posts, or mongodb://….': 'Файлы или папки с его постами либо mongodb://….',
  'Length of the window in days. Default 30.': 'Длина окна в днях. По умолчанию 30.',
  'Fewest digests a channel must have. Default 30.':
    'Меньше скольких дайджестов у канала быть не должно. По умолчанию 30.',
  'Last day of the window, or latest: the last whole day of the sources.':
    'Последний день окна или latest: последний полный день источников.',
  'Zone whose calendar days are used. Default Europe/Moscow.':
    'Зона, чьи календарные дни считаются. По умолчанию Europe/Moscow.',
  "Zone of the sources' dates that have no UTC offset.": 'Часовой пояс дат источника, в которых он не указан.',
  'How long overwritten and removed documents can be restored.':
    'Сколько можно вернуть переписанные и удалённые документы.',
  'Default 90.': 'По умолчанию 90.',
  'Default 1024.': 'По умолчанию 1024.',
  "Exporters that are commands of the team's.": 'Экспортёры — команды самой команды.',
  'The retrieval configuration, when --config names it.': 'Настройка поиска, когда её называет --config.',
  'The share of traces to keep.': 'Какая доля трасс сохраняется.',
}

export function settingsPage(root, language) {
  const {title, about, columns} = WORDS[language]
  const schema = JSON.parse(readFileSync(join(root, 'schemas/ep23.config.schema.json'), 'utf8'))
  const own = new Map(Object.values(definitions).map(definition => [definition.file, definition]))
  const told = text => plain(language === 'ru' ? RUSSIAN[text] : text)
  const rows = keysOf(schema, '').map(([key, inner]) => {
    const {flag, env = [], fallback} = own.get(key) ?? {}
    return [
      code(key),
      described(key, told(inner.description)),
      code(valuesOf(inner)),
      flag === undefined ? '' : code(`--${flag}`),
      env.map(code).join(', '),
      fallback === undefined ? '' : code(fallback),
    ]
  })
  const secrets = Object.values(definitions)
    .filter(({file}) => file === undefined)
    .map(({env = [], flag}) => [
      '',
      described(env[0], VARIABLES[env[0]]?.[language]),
      ...['', flag === undefined ? '' : code(`--${flag}`), env.map(code).join(', '), ''],
    ])
  return [`# ${title}`, '', about, '', ...table(columns, [...rows, ...secrets])]
}

function keysOf({properties = {}, items}, path) {
  if (items?.properties !== undefined) return keysOf(items, `${path.slice(0, -1)}[].`)
  return Object.entries(properties).flatMap(([name, schema]) => [
    [`${path}${name}`, schema],
    ...keysOf(schema, `${path}${name}.`),
  ])
}

function valuesOf({type, enum: values, minimum, maximum}) {
  const range = minimum === undefined && maximum === undefined ? '' : ` ${minimum ?? ''}…${maximum ?? ''}`
  return `${values?.join('|') ?? [type ?? 'any'].flat().join('|')}${range}`
}

import {pathToFileURL} from 'node:url'
import {join} from 'node:path'

import {errorCodes} from './error-codes.js'
import {code, described, plain, table} from './markdown.js'

const {EXIT_MEANINGS} = await import(
  pathToFileURL(join(import.meta.dirname, '../../packages/sdk/dist/command/exit-codes.js')).href
)

const WORDS = {
  en: {
    title: 'Exit codes and error codes',
    exits: ['exit code', 'meaning'],
    errors: 'Error codes',
    about:
      'With `--json` an error has a code (`error.code`), which stays when its words change. `…` stands for a value.',
    codes: ['code', 'exit code', 'part', 'what it says'],
  },
  ru: {
    title: 'Коды завершения и коды ошибок',
    exits: ['код завершения', 'что значит'],
    errors: 'Коды ошибок',
    about: 'С `--json` у ошибки есть код (`error.code`): он остаётся, когда меняются слова. `…` стоит вместо значения.',
    codes: ['код', 'код завершения', 'часть', 'что говорит'],
  },
}

/** Errors that only pass on what somebody else says, or what is wrong at a place. */
const ELSEWHERE = {
  BENCHMARK_BAD_PLAN: {en: 'a plan of labels is damaged', ru: 'план разметки повреждён'},
  DAILY_BAD_FILE: {
    en: 'a file of ep23 daily is not what ep23 wrote',
    ru: 'файл ep23 daily не такой, каким его записал ep23',
  },
  EXPORT_BAD_MANIFEST: {en: 'a manifest cannot be read as one', ru: 'манифест не читается как манифест'},
  EXPORT_FINDINGS: {en: 'an export failed its verification', ru: 'выгрузка не прошла проверку'},
  EXPORT_BAD_RECORD: {
    en: 'a record violates its schema, is not canonical, or is in the wrong place',
    ru: 'запись нарушает схему, не канонична или стоит не на месте',
  },
  GRAFANA_REFUSED: {en: 'Grafana does not accept this token', ru: 'Grafana не принимает этот токен'},
  GRAFANA_REJECTED: {en: 'Grafana rejects what was sent', ru: 'Grafana отвергает присланное'},
  GRAFANA_UNAVAILABLE: {en: 'Grafana does not answer as it should', ru: 'Grafana не отвечает как следует'},
  PLUGIN_NOT_INSTALLED: {
    en: 'npm failed or is missing, and the plugin is not installed',
    ru: 'npm не справился или его нет, и плагин не установлен',
  },
  RAG_CONFIG_INVALID: {
    en: 'the retrieval configuration has an unknown key or a value out of range',
    ru: 'в настройке поиска неизвестный ключ или недопустимое значение',
  },
  RAG_HISTORY_CHANGED: {
    en: 'the history of the retrieval configuration was changed',
    ru: 'история настройки поиска изменена',
  },
  RAG_SPACE_INVALID: {
    en: 'the space of settings has an unknown key or a value out of range',
    ru: 'в пространстве настроек неизвестный ключ или недопустимое значение',
  },
  RAG_SQUAD_UNREADABLE: {
    en: 'the file is not in the form of SQuAD',
    ru: 'файл не в виде SQuAD',
  },
  STORE_VALUE_REFUSED: {
    en: 'a document has a value that the store cannot keep',
    ru: 'в документе значение, которого хранилище не может сохранить',
  },
  RAG_CONFIG_UNSIGNED: {
    en: 'the retrieval configuration is not as its owner signed it',
    ru: 'настройка поиска не такая, какой её подписал владелец',
  },
  RAG_NOT_OWNER: {
    en: "only the owner of the retrieval configuration may do this, with the owner's key",
    ru: 'это может только владелец настройки поиска, со своим ключом',
  },
}

export function codesPage(root, language, t) {
  const words = WORDS[language]
  const exits = Object.entries(EXIT_MEANINGS).map(([number, meaning]) => [number, plain(t(meaning))])
  const codes = errorCodes(root, language).map(({code: name, exits, parts, says}) => [
    code(name),
    exits.join(', '),
    parts.join(', '),
    described(name, plain(says || ELSEWHERE[name]?.[language])),
  ])
  return [
    ...[`# ${words.title}`, '', ...table(words.exits, exits)],
    ...['', `## ${words.errors}`, '', words.about, '', ...table(words.codes, codes)],
  ]
}

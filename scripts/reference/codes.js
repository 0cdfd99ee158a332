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

/** Errors that only pass on what somebody else says. */
const ELSEWHERE = {
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

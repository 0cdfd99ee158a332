import {pathToFileURL} from 'node:url'
import {join} from 'node:path'

import {errorCodes} from './error-codes.js'
import {code, plain, table} from './markdown.js'

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

export function codesPage(root, language, t) {
  const words = WORDS[language]
  const exits = Object.entries(EXIT_MEANINGS).map(([number, meaning]) => [number, plain(t(meaning))])
  const codes = errorCodes(root, language).map(({code: name, exits, parts, says}) => [
    code(name),
    exits.join(', '),
    parts.join(', '),
    plain(says),
  ])
  return [
    ...[`# ${words.title}`, '', ...table(words.exits, exits)],
    ...['', `## ${words.errors}`, '', words.about, '', ...table(words.codes, codes)],
  ]
}

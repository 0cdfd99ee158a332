// Writes src/telemetry/secret-rules.json: the rules by which gitleaks (MIT, github.com/gitleaks/gitleaks) knows secrets, as
// expressions that JavaScript understands. Needs Go, which fetches and checks the module:
//
//   node scripts/secret-rules.js [--check]
import {execFileSync} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {parse} from 'smol-toml'

const MODULE = 'github.com/zricethezav/gitleaks/v8@v8.30.1'
const FILE = join(import.meta.dirname, '../src/telemetry/secret-rules.json')

// What our own shapes hide whatever it looks like (`name = value`, headers, keys in PEM), and what takes JavaScript too long.
const LEFT_OUT = [
  'generic-api-key',
  'kubernetes-secret-yaml',
  'private-key',
  'jwt',
  'jwt-base64',
  'curl-auth-user',
  'curl-auth-header',
]

// A secret is one wherever it ends: in a URL no quote or space follows it.
const TERMINATOR = String.raw`(?:[\x60'"\s;]|\\[nr]|$)`
const ASSIGNED = String.raw`[ \t\w.-]{0,20})[\s'"]{0,3}`

export function secretRules() {
  const folder = JSON.parse(execFileSync('go', ['mod', 'download', '-json', MODULE], {encoding: 'utf8'})).Dir
  const {rules} = parse(readFileSync(join(folder, 'config/gitleaks.toml'), 'utf8'))
  const kept = rules.filter(({id, regex, keywords}) => regex && keywords?.length > 0 && !LEFT_OUT.includes(id))
  return {source: `${MODULE}, MIT License, Copyright (c) 2019 Zachary Rice`, rules: kept.map(toRule)}
}

function toRule({id, regex, keywords, entropy, secretGroup}) {
  const isAssigned = regex.includes(ASSIGNED)
  return {
    id,
    keywords: keywords.map(word => word.toLowerCase()),
    expression: toJavaScript(regex),
    ...(/\(\?i/u.test(regex) && {ignoreCase: true}),
    ...(secretGroup !== undefined && {group: secretGroup}),
    // A prefix of its own is proof enough; what only stands behind a name must look random.
    ...(isAssigned && {entropy: entropy ?? 3}),
  }
}

// RE2's spelling as JavaScript's of Node 22, which cannot ignore case in a part only: then it is ignored in the whole.
function toJavaScript(regex) {
  const expression = regex
    .replaceAll('(?i)', '')
    .replaceAll(/\(\?-?i:/gu, '(?:')
    .replaceAll('(?s:.)', '[^]')
    .replaceAll('(?P<', '(?<')
    .replaceAll('[[:alnum:]]', '[A-Za-z0-9]')
    .replaceAll(String.raw`\z`, '$')
    .replaceAll(TERMINATOR, String.raw`(?![\w])`)
    // How the name before the value begins does not matter, and trying every beginning takes time.
    .replaceAll(String.raw`[\w.-]{0,50}?`, '')
  // Throws for what JavaScript does not understand.
  return new RegExp(expression).source
}

if (process.argv[1] === import.meta.filename) {
  const text = `${JSON.stringify(secretRules(), undefined, 1)}\n`
  if (!process.argv.includes('--check')) writeFileSync(FILE, text)
  else if (readFileSync(FILE, 'utf8') !== text)
    throw new Error(`${FILE} is not what its source gives: run without --check`)
}

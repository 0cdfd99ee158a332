import {redactKnownIssuers} from './secret-rules.js'

/** What stands in a secret's place. */
export const REDACTED = '[redacted]'

const SECRET_WORD = String.raw`(?:api[_-]?key|access[_-]?key|private[_-]?key|token|password|passwd|passphrase|pwd|secret|connection[_-]?string)`

// `name`, then `:` or `=`, with quotes around either, also the escaped ones of JSON inside JSON.
const ASSIGNED = String.raw`\\*["']?\s*[:=]\s*`
const QUOTED = String.raw`(?<quote>\\*["'])(?:\\.|(?!\k<quote>)[^])*?(?:\k<quote>|$)`
const BARE = String.raw`(?!\\*["']|\[redacted\])[^\s"',;&)}\]]+`
// In an environment's spelling: OPENAI_KEY, DB_PASS, SENTRY_AUTH, MONGO_DSN.
const ENV_SECRET = String.raw`\b[A-Z][A-Z0-9]{0,30}(?:_[A-Z0-9]{1,30}){0,6}_(?:KEY|PASS|AUTH|DSN|CREDENTIALS|BEARER|COOKIE)`
const URL_PARAMETER = String.raw`(?:api|access|auth|app|private)?[_-]?(?:key|token|secret|password|passwd|pwd|pass|sig|signature|auth|credential)|x-(?:amz|goog)-(?:signature|credential|security-token)`

// Prefixes by which issuers mark what they give out, for keys of a length that no rule foresees.
const MARKED =
  'AIza|xox[a-z]-|xapp-|hf_|glpat-|gl[a-z]{2,8}-|npm_|gsk_|[prsw]k_(?:live|test|prod)_|whsec_|y[0-3]_|AQVN|AQAAAA|t1\\.|vk1\\.a\\.|' +
  'dop_v1_|shp(?:at|ca|pa|ss)_|pypi-|SG\\.|ya29\\.|1\\/\\/0|xai-|pplx-|r8_|ATATT|dckr_pat_|sntry[su]_|gl(?:sa|c)_|lin_api_|PMAK-|' +
  'figd_|nvapi-|tvly-|ghs_|ghu_|sbp_|A(?:KIA|SIA|GPA|IDA|ROA|IPA|NPA|NVA)'

/**
 * Shapes of secrets in running text, each with what is left of it. Prefer hiding too much to hiding too little. What
 * has to end in a certain character is bounded in length, so that a text made to be slow is not.
 */
const SECRET_SHAPES: readonly (readonly [RegExp, string])[] = [
  // User and password of a URL. A password may hold "@"; one with "/" makes the URL invalid but stays a password,
  // unless it looks like a port.
  [/(?<=\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>`]{1,1000}(?=@)/giu, REDACTED],
  [/(?<=\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#:@"'<>`]{1,200}:(?!\d+(?:[/?#]|$))[^\s"'<>`]{1,1000}(?=@)/giu, REDACTED],
  // Keys of OpenAI and its like.
  [/\bsk-[\w-]{8,}/gu, REDACTED],
  [/\b(?<scheme>Bearer|Basic|OAuth|Api-Key)\s+[\w.~+/-]{16,}=*/giu, `$<scheme> ${REDACTED}`],
  [
    /(?<name>\b(?:authorization|x-(?:api|goog-api|auth)-(?:key|token))\\*["']?\s*[:=]\s*\\*["']?)(?!\s|\[redacted\])[^"',;\\\r\n}\]]+/giu,
    `$<name>${REDACTED}`,
  ],
  [/(?<name>\b(?:set-)?cookie\\*["']?\s*[:=]\s*\\*["']?)(?!\s|\[redacted\])[^"'\\\r\n}\]]+/giu, `$<name>${REDACTED}`],
  [
    new RegExp(String.raw`(?<name>[?&](?:${URL_PARAMETER})=)(?!\[redacted\])[^\s&#"'<>]{4,}`, 'giu'),
    `$<name>${REDACTED}`,
  ],
  [new RegExp(String.raw`(?<name>${SECRET_WORD}${ASSIGNED})${QUOTED}`, 'giu'), `$<name>$<quote>${REDACTED}$<quote>`],
  [new RegExp(String.raw`(?<name>${SECRET_WORD}${ASSIGNED})${BARE}`, 'giu'), `$<name>${REDACTED}`],
  [new RegExp(String.raw`(?<name>${ENV_SECRET}${ASSIGNED})${QUOTED}`, 'gu'), `$<name>$<quote>${REDACTED}$<quote>`],
  [new RegExp(String.raw`(?<name>${ENV_SECRET}${ASSIGNED})${BARE}`, 'gu'), `$<name>${REDACTED}`],
  // Command lines: --password X, --api-key=X, curl -u user:password.
  [
    /(?<name>(?<![\w-])--?(?:[a-z]{1,20}-){0,3}(?:password|passwd|pass|pwd|token|secret|api-?key|access-?key|auth)(?:\s+|=)\\*["']?)(?!-|\[redacted\])[^\s"'\\]+/giu,
    `$<name>${REDACTED}`,
  ],
  [
    /(?<name>(?<![\w-])(?:-u|--user|--proxy-user)(?:\s*|=)\\*["']?)[^\s:"'\\]{1,100}:[^\s"'\\]+/gu,
    `$<name>${REDACTED}`,
  ],
  // The same in Russian: «пароль: …», «токен=…»; a key is also what a table has, so its value must look made up.
  [
    /(?<name>(?<![а-яё])(?:парол[а-яё]{1,3}|токен[а-яё]{0,3}|секрет[а-яё]{0,4})(?: (?:api|доступа|апи|бота))?["'»]?\s*[:=]\s*["'«]?)(?!\[redacted\])[!-~]*[0-9A-Za-z][!-~]*/giu,
    `$<name>${REDACTED}`,
  ],
  [
    /(?<name>(?<![а-яё])ключ[а-яё]{0,2}(?: (?:api|доступа|апи))?["'»]?\s*[:=]\s*["'«]?)(?=[!-~]{0,200}\d)[\w.~+/=-]{8,}/giu,
    `$<name>${REDACTED}`,
  ],
  // JSON web tokens; keys of Telegram bots, GitHub; marked keys of many issuers; Slack's hooks; PEM private keys.
  [/\beyJ[\w-]{8,500}\.[\w-]{8,4000}\.[\w-]+/gu, REDACTED],
  [/(?<!\d)\d{6,12}:[\w-]{30,50}(?![\w-])/gu, REDACTED],
  [/\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,})\b/gu, REDACTED],
  [new RegExp(String.raw`(?<![\w-])(?:${MARKED})(?=[\w.~+/-]{0,60}\d)[\w.~+/-]{14,}=*`, 'gu'), REDACTED],
  [/(?<name>\bhooks\.slack\.com\/)(?:services|workflows|triggers)\/[\w/-]{16,}/giu, `$<name>${REDACTED}`],
  [/(?<name>\bdiscord(?:app)?\.com\/api\/webhooks\/\d{5,25}\/)[\w-]{20,}/giu, `$<name>${REDACTED}`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/gu, REDACTED],
]

/** Short words of letters, as commands, steps and fields are named: no shape and no rule finds a secret in them… */
const SHORT_WORDS = /^[A-Za-z_:]{0,15}(?: [A-Za-z_:]{0,15})*$/u
/** …unless they name one. */
const TELLING = /key|token|pass|pwd|secret|cookie|auth|string|dsn|credential|bearer|basic|github|gh[pousr]_/iu

/** Hides secrets that their shape gives away, in any text: messages, stacks, URLs, JSON. */
export function redactShapes(text: string): string {
  // The shapes take 4 ms of a run to compile, and most runs record nothing but such words.
  if (SHORT_WORDS.test(text) && !TELLING.test(text)) return text
  const bare = SECRET_SHAPES.reduce((result, [shape, replacement]) => result.replaceAll(shape, replacement), text)
  return redactKnownIssuers(bare, REDACTED)
}

// Names of fields as snake_case words. Only the last words decide: `prompt_tokens` counts, `token_type` names a kind.
const SECRET_NAME =
  /(^|_)(authorization|cookies?|pass(word|wd|phrase)s?|pwd|secrets?|credentials?|token|bearer|connection_(string|url|uri)|dsn|(api|access|private|signing|encryption|auth|bot|account|secret|service|ssh|webhook)_?keys?|(access|auth|bot|refresh|session|api)_tokens)$/u

// A number or an object under these names says something; a text is what it sounds like.
const SECRET_TEXT_NAME = /(^|_)(pass|auth|keys?|tokens|signature|sig)$/u
// What identifies, sorts or is for everyone.
const PLAIN_KEY =
  /(^|_)(primary|foreign|natural|public|sort|group|cache|shard|partition|index|unique|join|series|idempotency|dedup|row|map|object|metric)_keys?$/u

/** Whether a field of this name holds a secret: `api_key`, `apiKey`, `X-Api-Key`, `OPENAI_API_KEY`, `clientSecret`. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(snakeCase(name))
}

/** Whether a text in a field of this name is a secret: `pass`, `auth`, `key`, `tokens`, `OPENAI_KEY`. */
export function isSecretTextName(name: string): boolean {
  const snake = snakeCase(name)
  return SECRET_TEXT_NAME.test(snake) && !PLAIN_KEY.test(snake)
}

function snakeCase(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/gu, '$1_$2').replaceAll(/([A-Z])([A-Z][a-z])/gu, '$1_$2')
  return words.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '_')
}

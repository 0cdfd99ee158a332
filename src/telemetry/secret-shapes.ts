/** What stands in a secret's place. */
export const REDACTED = '[redacted]'

const SECRET_WORD = String.raw`\w{0,60}(?:api[_-]?key|access[_-]?key|private[_-]?key|token|password|passwd|pwd|secret)`

// `name`, then `:` or `=`, with quotes around either, also the escaped ones of JSON inside JSON.
const ASSIGNED = String.raw`\\*["']?\s*[:=]\s*`
const QUOTED = String.raw`(?<quote>\\*["'])(?:\\.|(?!\k<quote>)[^])*?(?:\k<quote>|$)`
const BARE = String.raw`(?!\\*["']|\[redacted\])[^\s"',;&)}\]]+`

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
  [/\b(?<scheme>Bearer|Basic)\s+[\w.~+/-]{16,}=*/giu, `$<scheme> ${REDACTED}`],
  [/(?<name>\bauthorization\\*["']?\s*[:=]\s*\\*["']?)(?!\s|\[redacted\])[^"',;\\\r\n}\]]+/giu, `$<name>${REDACTED}`],
  [new RegExp(String.raw`(?<name>\b${SECRET_WORD}${ASSIGNED})${QUOTED}`, 'giu'), `$<name>$<quote>${REDACTED}$<quote>`],
  [new RegExp(String.raw`(?<name>\b${SECRET_WORD}${ASSIGNED})${BARE}`, 'giu'), `$<name>${REDACTED}`],
  // JSON web tokens; keys of Telegram bots, GitHub and AWS; PEM private keys.
  [/\beyJ[\w-]{8,500}\.[\w-]{8,4000}\.[\w-]+/gu, REDACTED],
  [/\b\d{8,10}:[\w-]{35}(?![\w-])/gu, REDACTED],
  [/\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|AKIA[0-9A-Z]{16})\b/gu, REDACTED],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/gu, REDACTED],
]

/** Hides secrets that their shape gives away, in any text: messages, stacks, URLs, JSON. */
export function redactShapes(text: string): string {
  return SECRET_SHAPES.reduce((result, [shape, replacement]) => result.replaceAll(shape, replacement), text)
}

// Names of fields as snake_case words. Only the last words decide: `prompt_tokens` counts, `token_type` names a kind.
const SECRET_NAME =
  /(^|_)(authorization|cookie|pass(word|wd|phrase)s?|pwd|secrets?|credentials?|token|(api|access|private|signing|encryption)_?keys?|(access|auth|bot|refresh|session)_tokens)$/u

/** Whether a field of this name holds a secret: `api_key`, `apiKey`, `X-Api-Key`, `OPENAI_API_KEY`, `clientSecret`. */
export function isSecretName(name: string): boolean {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/gu, '$1_$2').replaceAll(/([A-Z])([A-Z][a-z])/gu, '$1_$2')
  return SECRET_NAME.test(words.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '_'))
}

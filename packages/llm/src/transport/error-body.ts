const LONGEST_MESSAGE = 300

/** What servers call their errors where there is no status to go by. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  invalid_api_key: 401,
  authentication_error: 401,
  permission_error: 403,
  rate_limit_exceeded: 429,
  rate_limit_error: 429,
  resource_exhausted: 429,
  model_not_found: 404,
  overloaded_error: 529,
}

export interface ErrorBody {
  message: string
  /** Codes and types, as servers fill them in. */
  codes: readonly string[]
  /** A status within the body, where servers answer 200 with an error. */
  status: number | undefined
  /** Names of parameters that the body points at. */
  parameters: readonly string[]
}

/** The error of a body in any of the forms that servers use; a web page gives its title. */
export function readErrorBody(text: string): ErrorBody {
  const json = parse(text)
  if (typeof json !== 'object' || json === null)
    return {message: isPage(text) ? webPageText(text) : text.trim(), codes: [], status: undefined, parameters: []}
  const outer = json as Record<string, unknown>
  const first: unknown = Array.isArray(outer['errors']) ? outer['errors'][0] : outer['error']
  const inner = typeof first === 'object' && first !== null ? first : outer
  const {code, type, status, param, detail} = inner as Record<string, unknown>
  const codes = [code, type, status].filter(value => typeof value === 'string')
  return {
    message: messageOf(outer, inner as Record<string, unknown>),
    codes,
    status: statusOf([code, status, ...codes]),
    parameters: [param, ...locationsOf(outer['detail'] ?? detail)].filter(value => typeof value === 'string'),
  }
}

function messageOf(outer: Record<string, unknown>, inner: Record<string, unknown>): string {
  const {message, msg, detail} = inner
  const [said = JSON.stringify(outer)] = [message, msg, outer['error'], outer['message'], detail].filter(
    value => typeof value === 'string' && value !== '',
  )
  const {raw} = (inner['metadata'] ?? {}) as {raw?: unknown}
  return typeof raw === 'string' && raw !== '' ? `${String(said)}: ${raw}` : String(said)
}

// A code comes from a server, and may be `constructor`.
function statusOfCode(code: string): number | undefined {
  return Object.hasOwn(STATUS_OF_CODE, code) ? STATUS_OF_CODE[code] : undefined
}

function statusOf(values: readonly unknown[]): number | undefined {
  const statuses = values.map(value =>
    typeof value === 'string' && !/^\d{3}$/u.test(value) ? statusOfCode(value.toLowerCase()) : Number(value),
  )
  return statuses.find(value => value !== undefined && value >= 400 && value < 600)
}

/** FastAPI: `{detail: [{loc: ['body', 'seed'], msg}]}`. */
function locationsOf(detail: unknown): unknown[] {
  return Array.isArray(detail) ? detail.flatMap(entry => (entry as {loc?: unknown[]} | null)?.loc ?? []) : []
}

/** True for HTML, which proxies and login pages send in place of an answer. */
export function isPage(text: string): boolean {
  return /^\s*<(?:!doctype|html|head|body|\?xml)/iu.test(text)
}

/** What a web page says, in a line. */
export function webPageText(html: string): string {
  const title = /<title[^>]*>([^<]+)/iu.exec(html)?.[1]
  const words = (title ?? html.replaceAll(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/giu, ' ')).replaceAll(/\s+/gu, ' ')
  return `a web page: "${words.trim().slice(0, 80)}"`
}

export function clipLine(message: string): string {
  const line = message.replaceAll(/\s+/gu, ' ').trim()
  return line.length <= LONGEST_MESSAGE ? line : `${line.slice(0, LONGEST_MESSAGE)}…`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Errors come as text, pages and half bodies too.
    return undefined
  }
}

/** Reading unchecked JSON: what is of another kind counts as missing. */
export type JsonObject = Readonly<Record<string, unknown>>

export function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A template whose values may be anything: texts as they are, `?` for what is missing, the rest as JSON. */
export function line(words: TemplateStringsArray, ...values: readonly unknown[]): string {
  return String.raw({raw: words}, ...values.map(shown))
}

export function shown(value: unknown): string {
  return textOf(value) ?? JSON.stringify(value) ?? '?'
}

const FENCE = /^(`{3,}|~{3,})[ \t]*(?:[A-Za-z][\w+]*)?[ \t]*\r?\n?([\s\S]*?)\r?\n?[ \t]*\1\s*$/u

/**
 * A text without the code fence around the whole of it, in any spelling: ```` ```markdown ````, `~~~`, ```` ```JSON ````.
 * A fence around a part of it stays: what it marks off is not known.
 */
export function withoutFence(text: string): string {
  const trimmed = text.trim()
  const inner = FENCE.exec(trimmed)?.[2]
  return inner === undefined || /^[ \t]*(?:`{3,}|~{3,})/mu.test(inner) ? trimmed : inner.trim()
}

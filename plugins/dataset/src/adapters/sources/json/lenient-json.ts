const TOKEN = /"(?:[^"\\]|\\[^])*"|-?\bInfinity\b|\bNaN\b/gu
const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|[^])/gu

/**
 * JSON.parse that also takes what known programs write against RFC 8259: `\x0B` (Telegram Desktop writes a control character
 * so, SerializeString in its export_output_json.cpp), and NaN and Infinity (Python's json.dumps), which become null. One such
 * message would otherwise be lost. Throws a SyntaxError.
 */
export function lenientJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const mended = text.replace(TOKEN, token => (token.startsWith('"') ? token.replace(ESCAPE, withoutHex) : 'null'))
    if (mended === text) throw error
    return JSON.parse(mended)
  }
}

function withoutHex(escape: string, hex?: string): string {
  return hex === undefined ? escape : `\\u00${hex}`
}

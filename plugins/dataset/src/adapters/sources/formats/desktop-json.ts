const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|[^])/gu

/**
 * JSON.parse that also takes `\x0B`: so, against RFC 8259, Telegram Desktop writes a control character (SerializeString in
 * its export_output_json.cpp). One such message would otherwise make the whole export unreadable.
 */
export function parseDesktopJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const mended = text.replace(ESCAPE, (escape, hex?: string) => (hex === undefined ? escape : `\\u00${hex}`))
    if (mended === text) throw error
    return JSON.parse(mended)
  }
}

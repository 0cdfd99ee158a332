/** A text of others on one line of a terminal: control characters, which could move the cursor, are shown as `·`. */
export function plainLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '·')
}

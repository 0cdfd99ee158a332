/** The statements of a digest: its list items, or its paragraphs where it has no list. */
export function bulletsOf(text: string): string[] {
  const items = text.split('\n').filter(line => /^\s*(?:[-*•]|\d+[.)])\s+\S/u.test(line))
  const lines = items.length > 0 ? items : text.split(/\n{2,}/u)
  return lines.map(line => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/u, '').trim()).filter(line => line !== '')
}

/** Without a first heading: every writer has its own, and it would tell who wrote. */
export function withoutHeading(text: string): string {
  const [first = '', ...rest] = text.trimStart().split('\n')
  return /^#{1,6}\s|^\*\*[^*]+\*\*\s*$/u.test(first) && rest.some(line => line.trim() !== '')
    ? rest.join('\n').trim()
    : text.trim()
}

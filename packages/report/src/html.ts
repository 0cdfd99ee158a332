/** HTML that was built here; everything else is text and gets escaped. */
export class Markup {
  constructor(readonly html: string) {}
}

export type Part = Markup | string | number | null | undefined | readonly Part[]

/** HTML from a template: markup stays, text is escaped, lists are joined, null and undefined give nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((text, index) => text + (index < parts.length ? partHtml(parts[index]) : '')).join(''))
}

/** The same words in both languages of the product; a style rule of the page shows those of the chosen one. */
export function both(ru: Part, en: Part): Markup {
  return html`<span lang="ru">${ru}</span><span lang="en">${en}</span>`
}

/** Safe in element content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"'`]/gu, character => `&#${character.charCodeAt(0)};`)
}

/** JSON that no HTML parser takes for the end of its script element or the start of a comment. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/gu,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Data of a page's script, which finds them by their id. */
export function jsonElement(id: string, value: unknown): string {
  return `<script type="application/json" id="${escapeHtml(id)}">${scriptJson(value)}</script>\n`
}

function partHtml(part: Part): string {
  if (part === null || part === undefined) return ''
  if (part instanceof Markup) return part.html
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return part.map(partHtml).join('')
}

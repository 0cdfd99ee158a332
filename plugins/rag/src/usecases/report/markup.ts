/** HTML that was built here; everything else is text and gets escaped. */
export class Markup {
  constructor(readonly html: string) {}
}

export type Part = Markup | string | number | null | undefined | readonly Part[]

/** HTML from a template: markup stays, text is escaped, lists are joined, null and undefined give nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(String.raw({raw: strings}, ...parts.map(partHtml)))
}

/** The same words in both languages; the page shows those of the chosen one. */
export function both(ru: Part, en: Part): Markup {
  return html`<span lang="ru">${ru}</span><span lang="en">${en}</span>`
}

function partHtml(part: Part): string {
  if (part === null || part === undefined) return ''
  if (part instanceof Markup) return part.html
  if (typeof part === 'object') return part.map(partHtml).join('')
  return String(part).replaceAll(/[&<>"'`]/gu, character => `&#${character.charCodeAt(0)};`)
}

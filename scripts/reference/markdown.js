/** What a reference page says of a thing; where nobody has described it in this language, a mark that test/manifest.test.ts looks for. */
export function described(name, text) {
  return text === undefined || text === '' ? `**no description of ${name}**` : text
}

/** Text of a page or a cell: nothing in it is markup. */
export function plain(text) {
  if (text === undefined) return ''
  return String(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('{{', '&#123;{')
    .replaceAll('|', '\\|')
    .replaceAll('*', '\\*')
    .replaceAll('\n', ' ')
}

export function code(text) {
  return `\`${String(text).replaceAll('|', '\\|').replaceAll('`', "'")}\``
}

export function table(titles, rows) {
  return [titles, titles.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`)
}

/** Text of a page or a cell: nothing in it is markup. */
export function plain(text) {
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

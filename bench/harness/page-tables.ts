import {readFileSync, writeFileSync} from 'node:fs'

/** What stands in a table, and its Russian. */
export type TableWords = readonly (readonly [english: RegExp | string, russian: string])[]

/**
 * Writes tables between `<!-- table: NAME -->` and `<!-- end -->` of docs/PAGE and of its Russian twin docs/ru/PAGE.
 * With --check nothing is written, and a page that differs is exit 2.
 * @param tables Markdown by the name of the table
 * @param words longer ones before those that they contain
 */
export function writePageTables(page: string, tables: Readonly<Record<string, string>>, words: TableWords): void {
  writeTables(new URL(`../../docs/${page}`, import.meta.url), tables)
  const translated = Object.entries(tables).map(([name, table]) => [name, inRussian(table, words)])
  writeTables(new URL(`../../docs/ru/${page}`, import.meta.url), Object.fromEntries(translated))
}

function inRussian(table: string, words: TableWords): string {
  const translated = words.reduce((text, [english, russian]) => text.replaceAll(english, russian), table)
  return translated.replaceAll(/(?<=\d)\.(?=\d)/gu, ',')
}

function writeTables(page: URL, tables: Readonly<Record<string, string>>): void {
  const before = readFileSync(page, 'utf8')
  const after = Object.entries(tables).reduce(
    (text, [name, table]) =>
      text.replace(
        new RegExp(`(<!-- table: ${name} -->\\n)[\\s\\S]*?(<!-- end -->)`, 'u'),
        (_, start: string, end: string) => `${start}\n${table}\n\n${end}`,
      ),
    before,
  )
  if (!process.argv.includes('--check')) writeFileSync(page, after)
  else if (before !== after) {
    console.error(`${page.pathname} differs from docs/data: run the bench that writes its tables`)
    process.exitCode = 2
  }
}

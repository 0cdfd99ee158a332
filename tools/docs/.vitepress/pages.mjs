// What the site is made of: docs/, copied to where vue is installed.
import {cpSync, existsSync, globSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'

const docs = join(import.meta.dirname, '../../../docs')
/** A page is compiled where it lies, and vue is installed only here. */
export const pages = join(import.meta.dirname, '../pages')

/** Copies docs/; where a page has no Russian twin, one says so, so that a change of language leads somewhere. */
export function copyPages() {
  rmSync(pages, {recursive: true, force: true})
  cpSync(docs, pages, {recursive: true})
  for (const page of globSync('**/*.md', {cwd: docs})) {
    const russian = join(pages, russianOf(page))
    if (page.startsWith('ru/') || page.startsWith('reference/ru/') || existsSync(russian)) continue
    mkdirSync(dirname(russian), {recursive: true})
    const name = page.replace(/\.md$/u, '')
    const title = titleOf(name)
    writeFileSync(russian, `# ${title}\n\nЭта страница есть только [по-английски](/${page}).\n`)
  }
}

function russianOf(page) {
  return page.startsWith('reference/en/') ? page.replace('reference/en/', 'reference/ru/') : join('ru', page)
}

/** Names of the pages in a folder of docs/, without `.md`. */
export function pagesIn(folder) {
  return readdirSync(join(docs, folder))
    .filter(name => name.endsWith('.md'))
    .map(name => name.replace(/\.md$/u, ''))
    .sort()
}

export function isPage(name) {
  return existsSync(join(docs, `${name}.md`))
}

/** `lang: en` at its top says that a page is not to be translated. */
export function isEnglishOnly(name) {
  return textOf(name).startsWith('---\nlang: en\n')
}

export function titleOf(name) {
  const [, title = name] = /^# (.+)$/mu.exec(textOf(name)) ?? []
  return title.replaceAll('`', '')
}

function textOf(name) {
  return readFileSync(join(docs, `${name}.md`), 'utf8')
}

// The site of docs/, as it lies there: English at /, Russian at /ru/. Links that lead nowhere fail the build.
import {cpSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'

import {defineConfig} from 'vitepress'

const docs = join(import.meta.dirname, '../../../docs')
// A page is compiled where it lies, and vue is installed only here.
const pages = join(import.meta.dirname, '../pages')
rmSync(pages, {recursive: true, force: true})
cpSync(docs, pages, {recursive: true})

const SOURCES = 'https://github.com/ep23/ep23/blob/main'

/** What comes first; pages that are not named follow. */
const FIRST = [
  'sources',
  'team-data',
  'exporters',
  'model-servers',
  'benchmark-runs',
  'benchmark-verdicts',
  'view',
  'labelling',
  'daily',
]
const REFERENCE = {
  en: ['Reference', 'reference/en', ['commands/index', 'codes', 'settings', 'schemas']],
  ru: ['Справочник', 'reference/ru', ['commands/index', 'codes', 'settings', 'schemas', 'metrics']],
}

export default defineConfig({
  title: 'ep23',
  description: 'Benchmark datasets, proven exports, honest benchmarks and observability for Russian Telegram digests',
  srcDir: 'pages',
  outDir: '../../.cache/site',
  rewrites: {'reference/ru/:page*': 'ru/reference/:page*'},
  locales: {
    root: {label: 'English', lang: 'en', themeConfig: themeOf('en')},
    ru: {label: 'Русский', lang: 'ru', themeConfig: {...themeOf('ru'), ...russianLabels()}},
  },
  vite: {esbuild: {tsconfigRaw: {}}},
  themeConfig: {search: {provider: 'local', options: {locales: {ru: {translations: {button: {buttonText: 'Поиск'}}}}}}},
  markdown: {
    // Braces are braces.
    attrs: {disable: true},
    config: markdown => markdown.core.ruler.push('links-beside-docs', state => state.tokens.forEach(leadToSources)),
  },
})

function themeOf(language) {
  return {sidebar: [...guides(language), ...reference(language), ...records(language)]}
}

/** They are written in English. */
function guides(language) {
  if (language !== 'en') return []
  const others = pagesIn('').filter(name => name !== 'index' && !FIRST.includes(name))
  return [{text: 'Guides', items: [...FIRST, ...others].map(name => ({text: titleOf(name), link: `/${name}`}))}]
}

function pagesIn(folder) {
  return readdirSync(join(docs, folder))
    .filter(name => name.endsWith('.md'))
    .map(name => name.replace(/\.md$/u, ''))
    .sort()
}

function reference(language) {
  const [text, folder, names] = REFERENCE[language]
  const base = language === 'ru' ? '/ru/reference' : `/${folder}`
  const items = names.map(name => ({
    text: titleOf(`${folder}/${name}`),
    link: `${base}/${name.replace(/index$/u, '')}`,
  }))
  return [{text, items}]
}

/** Runbooks and decisions, which are written in English. */
function records(language) {
  if (language !== 'en') return []
  return [
    ['Runbooks', 'runbooks'],
    ['Decisions', 'decisions'],
  ].map(([text, folder]) => ({
    text,
    collapsed: true,
    items: pagesIn(folder).map(name => ({text: titleOf(`${folder}/${name}`), link: `/${folder}/${name}`})),
  }))
}

function titleOf(name) {
  const [, title = name] = /^# (.+)$/mu.exec(readFileSync(join(docs, `${name}.md`), 'utf8')) ?? []
  return title.replaceAll('`', '')
}

/** What is not a page of the site, a file beside docs/ or the figures in it, is read in the repository. */
function leadToSources(token) {
  for (const link of token.children ?? []) {
    const href = link.type === 'link_open' ? (link.attrGet('href') ?? '') : ''
    const {outside, figures} =
      /^(?:(?:\.\.\/)+(?<outside>(?:[A-Z]|config|grafana|prometheus|plugins|packages|src|bench|test|scripts|schemas).*)|(?:\.\/)?(?<figures>data(?:\/.*)?))$/u.exec(
        href,
      )?.groups ?? {}
    if (outside !== undefined && !outside.startsWith('MADR')) link.attrSet('href', `${SOURCES}/${outside}`)
    if (figures !== undefined) link.attrSet('href', `${SOURCES}/docs/${figures}`)
  }
}

function russianLabels() {
  return {
    outline: {label: 'На этой странице'},
    docFooter: {prev: 'Назад', next: 'Дальше'},
    darkModeSwitchLabel: 'Тема',
    sidebarMenuLabel: 'Меню',
    returnToTopLabel: 'Наверх',
    langMenuLabel: 'Язык',
  }
}

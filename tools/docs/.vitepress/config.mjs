// The site of docs/: English at /, Russian at /ru/, the same page at the same address in both. Links that lead nowhere fail the build.
import {defineConfig} from 'vitepress'

import {failOnDeadLinks, leadOn, rewrites, slugify} from './links.mjs'
import {sidebarOf} from './navigation.mjs'
import {copyPages} from './pages.mjs'

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#3451b2"/><text x="16" y="22" font-family="sans-serif" font-size="16" font-weight="700" fill="#fff" text-anchor="middle">23</text></svg>'

copyPages()

export default defineConfig({
  title: 'ep23',
  description: 'Benchmark datasets, proven exports, honest benchmarks and observability for Russian Telegram digests',
  head: [['link', {rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(ICON)}`}]],
  srcDir: 'pages',
  outDir: '../../.cache/site',
  rewrites,
  locales: {
    root: {label: 'English', lang: 'en', themeConfig: {sidebar: sidebarOf('en')}},
    ru: {
      label: 'Русский',
      lang: 'ru',
      description:
        'Наборы данных, выгрузки с доказательством, честные оценки и наблюдение для дайджестов телеграм-каналов',
      themeConfig: {sidebar: sidebarOf('ru'), ...russianLabels()},
    },
  },
  vite: {esbuild: {tsconfigRaw: {}}},
  themeConfig: {search: {provider: 'local', options: {locales: {ru: {translations: russianSearch()}}}}},
  markdown: {
    // Braces are braces.
    attrs: {disable: true},
    anchor: {slugify},
    config: markdown => {
      // benchmark:label:plan is a command, and no picture of a label.
      markdown.disable('emoji')
      markdown.core.ruler.push('links-of-the-site', leadOn)
    },
  },
  transformPageData: giveTablesRoom,
  buildEnd: failOnDeadLinks,
})

/** Pages that are one wide table have no outline beside it. */
function giveTablesRoom({relativePath, frontmatter}) {
  if (/^(?:ru\/)?(?:metrics|reference\/(?:settings|schemas|codes|PERFORMANCE_BENCHMARKS))\.md$/u.test(relativePath))
    frontmatter.aside = false
}

function russianLabels() {
  return {
    outline: {label: 'На этой странице'},
    docFooter: {prev: 'Назад', next: 'Дальше'},
    darkModeSwitchLabel: 'Тема',
    darkModeSwitchTitle: 'Тёмная тема',
    lightModeSwitchTitle: 'Светлая тема',
    sidebarMenuLabel: 'Меню',
    returnToTopLabel: 'Наверх',
    langMenuLabel: 'Язык',
    skipToContentLabel: 'К содержанию',
    notFound: {
      title: 'Такой страницы нет',
      quote: 'Возможно, её переименовали.',
      linkText: 'На главную',
      linkLabel: 'на главную',
    },
  }
}

function russianSearch() {
  return {
    button: {buttonText: 'Поиск', buttonAriaLabel: 'Поиск'},
    modal: {
      displayDetails: 'Подробно',
      resetButtonTitle: 'Сбросить',
      backButtonTitle: 'Закрыть',
      noResultsText: 'Ничего не нашлось по запросу',
      footer: {selectText: 'открыть', navigateText: 'перейти', closeText: 'закрыть'},
    },
  }
}

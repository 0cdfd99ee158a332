// The site of docs/: English at /, Russian at /ru/, the same page at the same address in both. Links that lead nowhere fail the build.
import {defineConfig} from 'vitepress'

import {failOnDeadLinks, leadOn, rewrites, slugify} from './links.mjs'
import {sidebarOf} from './navigation.mjs'
import {copyPages} from './pages.mjs'

copyPages()

export default defineConfig({
  title: 'ep23',
  description: 'Benchmark datasets, proven exports, honest benchmarks and observability for Russian Telegram digests',
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
    config: markdown => markdown.core.ruler.push('links-of-the-site', leadOn),
  },
  buildEnd: failOnDeadLinks,
})

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

// The sidebar of each language.
import {isEnglishOnly, isPage, pagesIn, titleOf} from './pages.mjs'

/** The guides, in the order in which they are needed. A guide that is not named comes with the last group. */
const GUIDES = [
  {en: 'Start', ru: 'Начало', pages: ['index', 'getting-started']},
  {en: 'Dataset', ru: 'Набор данных', pages: ['sources', 'team-data']},
  {en: 'Exports', ru: 'Выгрузки', pages: ['exporters']},
  {
    en: 'Benchmarks',
    ru: 'Оценки',
    pages: ['benchmark-runs', 'benchmark-verdicts', 'model-servers', 'view', 'labelling', 'queue'],
  },
  {en: 'Every day', ru: 'Каждый день', pages: ['daily', 'ci']},
  {
    en: 'Observability',
    ru: 'Наблюдение',
    pages: ['observability', 'metrics', 'mcp', 'infrastructure', 'team-metrics'],
  },
  {en: 'Retrieval', ru: 'Поиск', pages: ['rag']},
  {en: 'Plugins', ru: 'Плагины', pages: ['plugin-guide']},
  {en: 'Running it', ru: 'В работе', pages: ['operations', 'faults', 'scale', 'epic']},
]
const REFERENCE = ['commands/index', 'codes', 'settings', 'schemas', 'PERFORMANCE_BENCHMARKS']
const WORDS = {
  en: {index: 'Overview', reference: 'Reference', runbooks: 'Runbooks', maintainers: 'For maintainers'},
  ru: {
    index: 'О программе',
    reference: 'Справочник',
    runbooks: 'Что делать по тревоге',
    maintainers: 'Для разработчиков ep23 (англ.)',
  },
}

/** @param {'en' | 'ru'} language */
export function sidebarOf(language) {
  return [...guides(language), reference(language), runbooks(language), maintainers(language)]
}

function guides(language) {
  const named = new Set(GUIDES.flatMap(group => group.pages))
  const others = pagesIn('').filter(name => !named.has(name) && !isEnglishOnly(name))
  return GUIDES.map((group, index) => ({
    text: group[language],
    items: [...group.pages, ...(index === GUIDES.length - 1 ? others : [])].flatMap(name => itemOf(name, language)),
  }))
}

function reference(language) {
  const items = REFERENCE.map(name => ({
    text: titleOf(`reference/${language}/${name}`),
    link: `${baseOf(language)}/reference/${name.replace(/index$/u, '')}`,
  }))
  return {text: WORDS[language].reference, items}
}

function runbooks(language) {
  const items = pagesIn('runbooks').flatMap(name => itemOf(`runbooks/${name}`, language))
  return {text: WORDS[language].runbooks, collapsed: true, items}
}

/** They are written in English. */
function maintainers(language) {
  const names = [...pagesIn('').filter(isEnglishOnly), ...pagesIn('decisions').map(name => `decisions/${name}`)]
  return {
    text: WORDS[language].maintainers,
    collapsed: true,
    items: names.map(name => ({text: titleOf(name), link: `/${name}`})),
  }
}

/** In Russian only what there is in Russian. */
function itemOf(name, language) {
  const page = language === 'ru' ? `ru/${name}` : name
  if (!isPage(page)) return []
  const text = name === 'index' ? WORDS[language].index : titleOf(page)
  return [{text, link: `${baseOf(language)}/${name.replace(/^index$/u, '')}`}]
}

function baseOf(language) {
  return language === 'ru' ? '/ru' : ''
}

import {render} from 'preact'
import {useEffect, useState} from 'preact/hooks'

import type {RunView} from '../src/domain/run-view.js'
import type {SamplePage} from '../src/domain/view-data.js'
import {DayPage} from './day.js'
import {startFinding} from './finder.js'
import {load, ONE_RUN, onNews} from './load.js'
import {MatrixPage} from './matrix.js'
import {NothingHere} from './parts.js'
import {currentRoute, go, type Route} from './route.js'
import {RunPage} from './run.js'
import {RunsPage} from './runs.js'
import {SampleDetail, stepSample} from './sample.js'
import {TrendPage} from './trend.js'
import {LanguageContext, useSpeech, type Language} from './words.js'

type Theme = 'auto' | 'light' | 'dark'

/** Nothing else is kept in the browser. */
function kept<T extends string>(name: string, allowed: readonly T[], otherwise: T): T {
  const found = storage()?.getItem(`ep23 ${name}`)
  return allowed.find(each => each === found) ?? otherwise
}

function keep(name: string, value: string): void {
  storage()?.setItem(`ep23 ${name}`, value)
}

// A page from a file may have none.
function storage(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}

const LANGUAGES: readonly Language[] = ['ru', 'en']
const LANGUAGE: Language = document.documentElement.lang === 'en' ? 'en' : 'ru'

/** What a link to a report asks for: `#lang=en&sample=@habr:2024-11-04`. */
const ASKED = askedFor(new URLSearchParams(location.hash.slice(1)))

function askedFor(asked: URLSearchParams): {language: Language | undefined; sample: string | null} {
  return {language: LANGUAGES.find(each => each === asked.get('lang')), sample: asked.get('sample')}
}

/** Opens the digest of that id; a report has all pages of its list at hand. */
async function openSample(run: string, sample_id: string): Promise<void> {
  const pages = (await load<RunView>(`run/${run}`))?.pages ?? 0
  for (let page = 0; page < pages; page += 1) {
    const list = await load<SamplePage>(`run/${run}/page/${page}`)
    const found = list?.samples.find(each => each.sample_id === sample_id)
    if (found) return go(`/run/${run}/${found.index}`, true)
  }
}

function App() {
  const [route, setRoute] = useState(currentRoute)
  const [language, setLanguage] = useState<Language>(() => ASKED.language ?? kept('language', LANGUAGES, LANGUAGE))
  const [theme, setTheme] = useState<Theme>(() => kept('theme', ['auto', 'light', 'dark'], 'auto'))
  const [news, setNews] = useState(0)
  useEffect(() => {
    const onHash = () => setRoute(currentRoute())
    addEventListener('hashchange', onHash)
    addEventListener('keydown', onKey)
    onNews(() => setNews(count => count + 1))
    if (ONE_RUN !== undefined && ASKED.sample !== null) void openSample(ONE_RUN, ASKED.sample)
    return () => removeEventListener('hashchange', onHash)
  }, [])
  useEffect(() => {
    document.documentElement.lang = language
    keep('language', language)
  }, [language])
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
    keep('theme', theme)
  }, [theme])
  return (
    <LanguageContext.Provider value={language}>
      <Header route={route} {...{language, setLanguage, theme, setTheme}} />
      <main>
        <Page route={route} news={news} />
      </main>
      <Footer />
    </LanguageContext.Provider>
  )
}

interface HeaderProps {
  route: Route
  language: Language
  setLanguage: (language: Language) => void
  theme: Theme
  setTheme: (theme: Theme) => void
}

function Header({route, language, setLanguage, theme, setTheme}: HeaderProps) {
  const {say} = useSpeech()
  const here = (name: string) => (route.parts[0] === name ? 'page' : undefined)
  return (
    <header class="top">
      <b>ep23</b>
      {ONE_RUN === undefined ? <Places here={here} /> : <a href="#/">{say('theRun')}</a>}
      <span class="settings">
        <label>
          <span class="unseen">{say('language')}</span>
          <select value={language} onChange={event => setLanguage(event.currentTarget.value as Language)}>
            <option value="ru">Русский</option>
            <option value="en">English</option>
          </select>
        </label>
        <label>
          <span class="unseen">{say('theme')}</span>
          <select value={theme} onChange={event => setTheme(event.currentTarget.value as Theme)}>
            {(['auto', 'light', 'dark'] as const).map(each => (
              <option key={each} value={each}>
                {say(each)}
              </option>
            ))}
          </select>
        </label>
      </span>
    </header>
  )
}

function Places({here}: {here: (name: string) => 'page' | undefined}) {
  const {say} = useSpeech()
  return (
    <nav>
      {['runs', 'trend', 'matrix'].map(name => (
        <a key={name} href={`#/${name}`} aria-current={here(name)}>
          {say(name)}
        </a>
      ))}
    </nav>
  )
}

function Page({route, news}: {route: Route; news: number}) {
  const [first, , second] = route.parts
  if (first === 'runs') return <RunsPage route={route} news={news} />
  if (first === 'run')
    return second === undefined ? <RunPage route={route} news={news} /> : <SampleDetail route={route} news={news} />
  if (first === 'day') return <DayPage route={route} news={news} />
  if (first === 'matrix') return <MatrixPage route={route} news={news} />
  if (first === 'trend') return <TrendPage route={route} news={news} />
  return <NothingHere />
}

function Footer() {
  const {say} = useSpeech()
  return <footer>{say(ONE_RUN === undefined ? 'keys' : 'keysOfOne')}</footer>
}

/** By the place of the key, so that the Russian layout has the same ones. */
function onKey(event: KeyboardEvent): void {
  const isTyped = document.activeElement?.matches('input, select, textarea')
  if (event.ctrlKey || event.metaKey || event.altKey || isTyped) return
  const {code} = event
  const route = currentRoute()
  const [first, id, sample] = route.parts
  const onSample = first === 'run' && sample !== undefined
  if (code === 'KeyJ' && onSample) stepSample(route, 1)
  else if (code === 'KeyK' && onSample) stepSample(route, -1)
  else if (code === 'KeyJ' && first === 'run') go(`/run/${id}/0`)
  else if (code === 'KeyD') document.querySelector<HTMLAnchorElement>('a.chip')?.click()
  else if (code === 'BracketLeft') void stepRun(id, -1)
  else if (code === 'BracketRight') void stepRun(id, 1)
  else if (code === 'Slash' && event.shiftKey) document.querySelector('footer')?.classList.toggle('shown')
  else if (code === 'Slash') {
    event.preventDefault()
    startFinding()
  }
}

async function stepRun(id: string | undefined, by: number): Promise<void> {
  const index = await load<{runs: {run_id: string}[]}>('runs')
  const at = index?.runs.findIndex(run => run.run_id === id) ?? -1
  const next = index?.runs[at + by]
  if (next) go(`/run/${next.run_id}`)
}

const root = document.querySelector('#page')
if (root) render(<App />, root)

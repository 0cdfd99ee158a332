// One way to the data: what came within the page, as all of a report; a server's JSON; or a script beside the page that calls `ep23.put`.
// A page from a file may load scripts and nothing else; a live server never gives data as a script, which any other site could read.

import {type RunIndex, SAMPLES_A_PAGE} from '../src/domain/view-data.js'

const {source, run: reported} = document.body.dataset
/** The run that a report is of; undefined where the page shows all. */
export const ONE_RUN = reported
const known = new Map<string, Promise<unknown>>()
const waiting = new Map<string, (value: unknown) => void>()

Object.assign(globalThis, {ep23: {put: (key: string, value: unknown) => waiting.get(key)?.(value)}})

/** What is behind a key; undefined when nothing is. */
export function load<T>(key: string): Promise<T | undefined> {
  let found = known.get(key)
  if (!found) known.set(key, (found = loaded(key)))
  return found as Promise<T | undefined>
}

async function loaded(key: string): Promise<unknown> {
  if (source === 'report') return inlined(key)
  return source === 'live' ? fetched(key) : scripted(key)
}

/** What came within the page. The caller knows what is behind its key. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function inlined<T>(key: string): T | undefined {
  const text = document.getElementById(key)?.textContent
  return text ? (JSON.parse(text) as T) : undefined
}

async function fetched(key: string): Promise<unknown> {
  const response = await fetch(`/api/data/${encodeURIComponent(key)}`)
  return response.ok ? response.json() : undefined
}

/** A script that is not there would be an error of the page: what an export holds is told by its list of runs. */
async function scripted(key: string): Promise<unknown> {
  return (await isExported(key)) ? injected(key) : undefined
}

async function isExported(key: string): Promise<boolean> {
  const [kind, id, part, number = '0'] = key.split('/')
  if (kind === 'day') return ((await load<string[]>('days')) ?? []).includes(key.slice('day/'.length))
  if (kind !== 'run') return true
  const run = (await load<Pick<RunIndex, 'runs'>>('runs'))?.runs.find(({run_id}) => run_id === id)
  if (part === undefined || !run) return run !== undefined
  return Number(number) < (part === 'page' ? Math.max(1, run.samples / SAMPLES_A_PAGE) : run.samples)
}

function injected(key: string): Promise<unknown> {
  return new Promise(resolve => {
    const script = document.createElement('script')
    waiting.set(key, resolve)
    script.src = shardName(key)
    script.addEventListener('error', () => resolve(undefined))
    document.head.append(script)
  })
}

/** The same rule stands in src/adapters/view-export.ts. */
function shardName(key: string): string {
  return `data-${key.replaceAll(/[^\w.-]/gu, letter => `~${letter.codePointAt(0)?.toString(16)}`)}.js`
}

let tellNews: () => void = () => undefined

/** Forgets what was loaded, and says so. */
export function refresh(): void {
  known.clear()
  tellNews()
}

/** Calls back when runs came or went; looks at once, so that nothing is missed from then on, and while the page is seen. */
export function onNews(tell: () => void): void {
  if (source !== 'live') return
  tellNews = tell
  let last: string | undefined
  const look = async (): Promise<void> => {
    if (document.hidden) return
    const answer = await fetch('/api/version').catch(() => undefined)
    const version = answer?.ok ? ((await answer.json()) as {version: string}).version : last
    if (last !== undefined && version !== last) refresh()
    last = version
  }
  void look()
  setInterval(() => void look(), 5000)
}

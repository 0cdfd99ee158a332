// One way to the data, live and exported: a server's JSON, or a script beside the page that calls `ep23.put`. A page from a file may
// load scripts and nothing else; a live server never gives data as a script, which any other site could read.

const live = document.body.dataset['live'] === 'true'
const known = new Map<string, Promise<unknown>>()
const waiting = new Map<string, (value: unknown) => void>()

Object.assign(globalThis, {ep23: {put: (key: string, value: unknown) => waiting.get(key)?.(value)}})

/** What is behind a key; undefined when nothing is. */
export function load<T>(key: string): Promise<T | undefined> {
  let found = known.get(key)
  if (!found) known.set(key, (found = (live ? fetched : scripted)(key)))
  return found as Promise<T | undefined>
}

async function fetched(key: string): Promise<unknown> {
  const response = await fetch(`/api/data/${encodeURIComponent(key)}`)
  return response.ok ? response.json() : undefined
}

function scripted(key: string): Promise<unknown> {
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

/** Calls back when runs came or went; looks at once, so that nothing is missed from then on, and while the page is seen. */
export function onNews(tell: () => void): void {
  if (!live) return
  let last: string | undefined
  const look = async (): Promise<void> => {
    if (document.hidden) return
    const answer = await fetch('/api/version').catch(() => undefined)
    const version = answer?.ok ? ((await answer.json()) as {version: string}).version : last
    if (last !== undefined && version !== last) {
      known.clear()
      tell()
    }
    last = version
  }
  void look()
  setInterval(() => void look(), 5000)
}

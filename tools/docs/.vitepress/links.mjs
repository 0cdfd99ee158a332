// Links of docs/ as the site has them, and a look at all of them when it is built.
import {existsSync, globSync, readFileSync} from 'node:fs'
import {dirname, join, normalize, relative} from 'node:path'

import {pages} from './pages.mjs'

const SOURCES = 'https://github.com/ep23/ep23/blob/main'

/** The same page has the same address in both languages. */
export const rewrites = {'reference/en/:page*': 'reference/:page*', 'reference/ru/:page*': 'ru/reference/:page*'}

/** A rule of markdown-it: a link is relative to where its page lies in docs/; what is not a page of the site is read in the repository. */
export function leadOn({env, tokens}) {
  for (const {children} of tokens)
    for (const link of children ?? []) {
      const href = link.type === 'link_open' ? (link.attrGet('href') ?? '') : ''
      if (/^(?:[a-z]+:|#|\/|$)/u.test(href)) continue
      const [target, part] = href.split('#', 2)
      const path = normalize(join(dirname(relative(pages, env.path)), target))
      link.attrSet('href', `${addressOf(path)}${part === undefined ? '' : `#${part}`}`)
    }
}

function addressOf(path) {
  if (path.startsWith('..')) return `${SOURCES}/${path.replace(/^\.\.\//u, '')}`
  if (!path.endsWith('.md')) return `${SOURCES}/docs/${path}`
  return `/${path.replace(/^reference\/en\//u, 'reference/').replace(/^reference\/ru\//u, 'ru/reference/')}`
}

/** Anchors as GitHub makes them, Russian ones too, so that a link works there and here. */
export function slugify(heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/gu, '-')
}

/** VitePress looks at links before it renames pages; this looks at the pages as they are served, the change of language included. */
export function failOnDeadLinks({outDir: site}) {
  const dead = globSync('**/*.html', {cwd: site}).flatMap(page => {
    const hrefs = readFileSync(join(site, page), 'utf8').matchAll(/<a [^>]*href="(?<href>[^":#?]+)(?:#[^"]*)?"/gu)
    return [...new Set(Array.from(hrefs, ({groups}) => groups.href))]
      .filter(href => !isServed(join(site, href.startsWith('/') ? href : join(dirname(page), href))))
      .map(href => `${page}: ${href}`)
  })
  if (dead.length > 0) throw new Error(`links that lead nowhere:\n${dead.join('\n')}`)
}

function isServed(file) {
  return ['', '.html', '/index.html'].some(end => /\.\w+$/u.test(`${file}${end}`) && existsSync(`${file}${end}`))
}

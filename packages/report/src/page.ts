import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'

import {both, html, type Markup, type Part} from './html.js'

/** What a page needs beside its content, with the policy that lets nothing else in. */
export interface PageAssets {
  style: string
  script: string
  /** Content-Security-Policy: nothing is loaded from anywhere, and nothing runs but what the page came with. */
  policy: string
}

interface OwnAssets {
  /** Follows the common style. */
  style?: string
  /** Without it the page's own style is all there is. */
  commonStyle?: boolean
  script?: string
  /** For pages that place elements by `style` attributes. */
  inlineStyles?: boolean
}

/** The common style with the page's own after it, and its script; both allowed by their hashes. */
export function pageAssets({
  style: own = '',
  commonStyle = true,
  script = '',
  inlineStyles = false,
}: OwnAssets = {}): PageAssets {
  const style = [...(commonStyle ? ['page.css', 'plots.css'].map(readAsset) : []), own].join('')
  const policy = [
    "default-src 'none'",
    `style-src '${inlineStyles ? 'unsafe-inline' : hashOf(style)}'`,
    ...(script === '' ? [] : [`script-src '${hashOf(script)}'`]),
    "base-uri 'none'",
    "form-action 'none'",
  ]
  return {style, script, policy: policy.join('; ')}
}

function readAsset(name: string): string {
  return readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

export type PageLanguage = 'ru' | 'en'

/** The page up to its body. Style and script go in as they are: their hashes stand in the policy. */
export function pageHead(title: string, {style, policy}: PageAssets, language: PageLanguage): string {
  const head = html`<meta charset="utf-8" /><meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" /><meta name="referrer" content="no-referrer" />
    <title>${title}</title>`
  return `<!doctype html>\n<html lang="${language}"><head>${head.html}<style>${style}</style></head>`
}

/** Whether a file begins as our pages do. */
export function isOwnPage(beginning: Buffer): boolean {
  return /^<!doctype html>\n<html lang="(?:ru|en)"><head><meta charset="utf-8" \/><meta http-equiv="Content-Security-Policy"/u.test(
    beginning.toString('utf8', 0, 1000),
  )
}

interface PageHeader {
  brand: string
  title: Markup
  /** What the page is about, named. */
  facts: readonly (readonly [name: Markup, value: Part])[]
  /** Shown first; the reader can switch. */
  language: PageLanguage
}

/** Brand, choice of language, title and facts. The choice is a radio button and a style rule: it works without a script. */
export function pageHeader({brand, title, facts, language}: PageHeader): Markup {
  return html`<header>
    <div class="bar"><span class="brand">${brand}</span>${languages(language)}</div>
    <h1>${title}</h1>
    <dl class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </header>`
}

function languages(chosen: PageLanguage): Markup {
  return html`<span class="languages">
    ${(['ru', 'en'] as const).map(
      name =>
        html`<input type="radio" name="language" id="${name}" ${name === chosen ? 'checked' : null} /><label
            for="${name}"
            >${name.toUpperCase()}</label
          >`,
    )}
  </span>`
}

/** Everything that someone who wants the same numbers again must know, behind a click. */
export function pageFooter(rows: readonly (readonly [name: string, value: string])[], command?: string): Markup {
  return html`<footer>
    <details>
      <summary>${both('Чем это проверить', 'How to check this')}</summary>
      <div class="scroll">
        <table class="identity">
          <tbody>
            ${rows.map(
              ([name, value]) =>
                html`<tr>
                  <th>${name}</th>
                  <td>${value}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${command === undefined ? null : html`<p>${command}</p>`}
    </details>
  </footer>`
}

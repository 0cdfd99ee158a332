import {readFile} from 'node:fs/promises'

import {jsonElement, type PageAssets, pageAssets} from '@ep23/report'

import {pageWords} from '../domain/messages/page-words.js'

const FOLDER = new URL('../../assets/', import.meta.url)

/** The page's script and style, as scripts/build-page.js made them of `page/`. */
export interface ViewAssets {
  script: string
  style: string
}

export async function viewAssets(): Promise<ViewAssets> {
  const [script, style] = await Promise.all(
    ['view.js', 'view.css'].map(name => readFile(new URL(name, FOLDER), 'utf8')),
  )
  return {script: script ?? '', style: style ?? ''}
}

/** The same for one file that holds everything. */
export async function reportAssets(): Promise<PageAssets> {
  return pageAssets({...(await viewAssets()), commonStyle: false})
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** The one page: it loads its script and style from beside it, and nothing from anywhere else. */
export function viewPage({
  language,
  live,
  name = 'view',
}: {
  language: 'ru' | 'en'
  live: boolean
  /** Of the script and the style. */
  name?: 'view' | 'label'
}): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>ep23</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${name}.css">
</head>
<body data-source="${live ? 'live' : 'export'}">
<div id="page"></div>
${
  name === 'view'
    ? pageWords()
        .map(([key, words]) => jsonElement(key, words))
        .join('')
    : ''
}<script src="${name}.js"></script>
</body>
</html>
`
}

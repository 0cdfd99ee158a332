import {readFile} from 'node:fs/promises'

import {type PageAssets, pageAssets} from '@ep23/report'

const FOLDER = new URL('../../assets/', import.meta.url)
/** One script element holds them all, in this order. */
const SCRIPTS = ['report-words.js', 'report-detail.js', 'report-list.js']

/** The page's own style and script. */
export async function reportAssets(): Promise<PageAssets> {
  const [style = '', ...scripts] = await Promise.all(['report.css', ...SCRIPTS].map(readAsset))
  return pageAssets({style, script: scripts.join('')})
}

function readAsset(name: string): Promise<string> {
  return readFile(new URL(name, FOLDER), 'utf8')
}

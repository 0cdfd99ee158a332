import {createHash} from 'node:crypto'
import {readFile} from 'node:fs/promises'

export interface Assets {
  style: string
  script: string
  styleHash: string
  scriptHash: string
}

const FOLDER = new URL('../../../assets/', import.meta.url)
/** One script element holds them all, in this order. */
const SCRIPTS = ['report-words.js', 'report-detail.js', 'report-list.js']

/** The page's own style and script with the hashes that its content security policy names. */
export async function reportAssets(): Promise<Assets> {
  const style = await readAsset('report.css')
  const script = (await Promise.all(SCRIPTS.map(readAsset))).join('')
  return {style, script, styleHash: hashOf(style), scriptHash: hashOf(script)}
}

function readAsset(name: string): Promise<string> {
  return readFile(new URL(name, FOLDER), 'utf8')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

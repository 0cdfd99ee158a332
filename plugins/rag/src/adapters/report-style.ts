import {createHash} from 'node:crypto'
import {readFile} from 'node:fs/promises'

/** The page's own style with the hash that its content security policy names. */
export async function reportStyle(): Promise<{css: string; hash: string}> {
  const css = await readFile(new URL('../../assets/report.css', import.meta.url), 'utf8')
  return {css, hash: `sha256-${createHash('sha256').update(css).digest('base64')}`}
}

import {readFile} from 'node:fs/promises'

import {type PageAssets, pageAssets} from '@ep23/report'

/** The page's own style. */
export async function tuningReportAssets(): Promise<PageAssets> {
  return pageAssets({style: await readFile(new URL('../../assets/report.css', import.meta.url), 'utf8')})
}

// Builds the pages of `ep23 view` from plugins/benchmark/page: one script that a page from a file may load (no modules), one style.
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {rolldown} from 'rolldown'

/** @param root of the repository */
export async function buildPage(root) {
  const plugin = join(root, 'plugins/benchmark')
  const bundle = await rolldown({
    input: join(plugin, 'page/main.tsx'),
    platform: 'browser',
    tsconfig: join(plugin, 'page/tsconfig.json'),
    resolve: {extensionAlias: {'.js': ['.ts', '.tsx', '.js']}},
    transform: {target: 'es2022'},
  })
  await bundle.write({
    file: join(plugin, 'assets/view.js'),
    format: 'iife',
    minify: true,
    comments: {legal: true},
  })
  writeFileSync(join(plugin, 'assets/view.css'), minified(readFileSync(join(plugin, 'page/view.css'), 'utf8')))
}

function minified(css) {
  return `${css
    .replaceAll(/\/\*[^]*?\*\//gu, '')
    .replaceAll(/\s*\n\s*/gu, '')
    .replaceAll(/\s*([{};:,>])\s*/gu, '$1')}\n`
}

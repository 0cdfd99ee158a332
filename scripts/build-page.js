// Builds the pages of `ep23 view` and of `benchmark:label --web` from plugins/benchmark/page: each one script that a page from a file may load (no modules), one style.
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {rolldown} from 'rolldown'

/** @param root of the repository */
export async function buildPage(root) {
  const plugin = join(root, 'plugins/benchmark')
  await bundlePage(plugin, 'main.tsx', 'view')
  await bundlePage(plugin, 'label.tsx', 'label')
  const [view, label] = ['view.css', 'label.css'].map(name =>
    minified(readFileSync(join(plugin, 'page', name), 'utf8')),
  )
  writeFileSync(join(plugin, 'assets/view.css'), view)
  // Colours and type are those of the view.
  writeFileSync(join(plugin, 'assets/label.css'), view + label)
}

async function bundlePage(plugin, input, name) {
  const bundle = await rolldown({
    input: join(plugin, 'page', input),
    platform: 'browser',
    tsconfig: join(plugin, 'page/tsconfig.json'),
    resolve: {extensionAlias: {'.js': ['.ts', '.tsx', '.js']}},
    transform: {
      target: 'es2022',
      // Smaller than the automatic runtime, whose children are a property each.
      jsx: {runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment'},
      inject: {h: ['preact', 'h'], Fragment: ['preact', 'Fragment']},
    },
  })
  await bundle.write({
    file: join(plugin, `assets/${name}.js`),
    format: 'iife',
    minify: true,
    comments: {legal: true, annotation: false, jsdoc: false},
  })
}

function minified(css) {
  return `${css
    .replaceAll(/\/\*[^]*?\*\//gu, '')
    .replaceAll(/\s*\n\s*/gu, '')
    .replaceAll(/\s*([{};:,>])\s*/gu, '$1')}\n`
}

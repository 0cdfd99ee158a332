// Writes docs/recording/{en,ru}.svg: what real commands print in a terminal, as an animation. `npm run recording`, after a bundle.
// `--check en` writes nothing and ends with 1 when the commands say something else by now.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {drawSvg} from './recording/draw-svg.js'
import {recordScreens} from './recording/record-screens.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const [option, ...languages] = process.argv.slice(2)

if (option === '--check') for (const language of languages) check(language)
else for (const language of ['en', 'ru']) write(language)

function write(language) {
  mkdirSync(dirname(fileOf(language)), {recursive: true})
  writeFileSync(fileOf(language), drawSvg(recordScreens(root, language)))
}

function check(language) {
  const [before, now] = [readFileSync(fileOf(language), 'utf8'), drawSvg(recordScreens(root, language))].map(textOf)
  const differing = now.filter((line, index) => line !== before[index])
  if (differing.length === 0 && before.length === now.length) return
  console.error(`docs/recording/${language}.svg shows other texts than the commands print: npm run recording`)
  for (const line of differing.slice(0, 10)) console.error(`  ${line}`)
  process.exitCode = 1
}

function fileOf(language) {
  return join(root, 'docs/recording', `${language}.svg`)
}

/** The lines of a recording without what differs every time: runs, days, hashes, sizes, and how long something took. */
function textOf(svg) {
  return Array.from(svg.matchAll(/<text[^>]*>(.*)<\/text>/gu), ([, line]) => line)
    .map(line => line.replaceAll(/<[^>]+>/gu, ''))
    .filter(line => !/latency|задержка/u.test(line))
    .map(line =>
      line
        .replaceAll(/\b\d{8}T\d{6}Z-[0-9a-f]{12}\b/gu, 'RUN')
        .replaceAll(/\b[0-9a-f]{32,}\b/gu, 'HASH')
        .replaceAll(/\b20(?!24)\d\d-\d\d-\d\d\b/gu, 'DAY')
        .replaceAll(/\d+\.\d (?:KB|КБ)/gu, 'SIZE'),
    )
}

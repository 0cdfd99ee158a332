import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {stripMarkup} from '@ep23/plugin-dataset/text'
import {uniformInt} from 'pure-rand/distribution/uniformInt'
import {mersenne} from 'pure-rand/generator/mersenne'

export interface Corpus {
  posts: {id: string; text: string}[]
  queries: string[]
}

const SAMPLES = fileURLToPath(new URL('../../../shared/data/telegram/telethon-lite', import.meta.url))

/**
 * Posts put together from lines of real channels, each as many lines as a real post has, and queries of 2 to 6 neighbouring words
 * of real posts; the same in every run.
 */
export function makeCorpus(count: number, queryCount: number): Corpus {
  const texts = realTexts()
  const lines = texts.flatMap(linesOf)
  const random = mersenne(1)
  const draw = (from: readonly string[]): string => from[uniformInt(random, 0, from.length - 1)] ?? ''
  const posts = Array.from({length: count}, (_, i) => {
    const {length} = linesOf(draw(texts))
    return {id: `channel/${i}`, text: flat(Array.from({length}, () => draw(lines)).join('\n'))}
  })
  const queries = Array.from({length: queryCount}, () => {
    const words = draw(texts).match(/[\p{L}\p{N}-]+/gu) ?? ['новости']
    const start = uniformInt(random, 0, words.length - 1)
    return words.slice(start, start + uniformInt(random, 2, 6)).join(' ')
  })
  return {posts, queries}
}

function linesOf(text: string): string[] {
  return text.split('\n').filter(line => line.trim() !== '')
}

/** A joined string is a tree of its parts until it is first read; that must not count as an index's time and memory. */
function flat(text: string): string {
  return Buffer.from(text).toString()
}

function realTexts(): string[] {
  const files = readdirSync(SAMPLES).filter(name => name.endsWith('.json'))
  return files.toSorted().flatMap(name => {
    const messages = JSON.parse(readFileSync(join(SAMPLES, name), 'utf8')) as {text: string}[]
    return messages.map(({text}) => stripMarkup(text).text)
  })
}

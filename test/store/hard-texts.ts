import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import type {Store} from '@ep23/sdk'
import {expect} from 'chai'

const NAUGHTY = join(import.meta.dirname, '../../../shared/data/bad-input/naughty-strings/blns.json')

/** Every naughty string as a value, in an array, in a nested field and, where it may be one, as a field's name and key. */
export async function keepsHardTexts(store: Store): Promise<void> {
  const texts = JSON.parse(readFileSync(NAUGHTY, 'utf8')) as string[]
  const documents = texts.map((text, n) => ({
    id: `${n}:${text}`,
    text,
    list: [text, {text}],
    inside: {deep: {text}, ...(mayBeField(text) ? {[text]: text} : {})},
  }))
  const things = store.collection<{id: string}>('things')
  expect(await things.upsertMany(documents, 'id')).to.deep.equal({inserted: texts.length, updated: 0, unchanged: 0})
  const read = new Map<string, object>()
  for await (const document of things.find()) read.set(document.id, document)
  expect([...read.values()]).to.have.deep.members(documents)
  let found = 0
  for await (const _ of things.find({id: {$in: [...read.keys()]}, 'inside.deep.text': {$in: texts}})) found += 1
  expect(found).to.equal(texts.length)
  for (const {id, text} of documents.filter((_, n) => n % 20 === 0))
    for await (const document of things.find({id, text})) expect(document.id).to.equal(id)
  expect(await things.upsertMany(documents, 'id')).to.deep.equal({inserted: 0, updated: 0, unchanged: texts.length})
}

function mayBeField(text: string): boolean {
  return !text.startsWith('$') && !text.includes('.') && !text.includes('\0') && text !== '__proto__'
}

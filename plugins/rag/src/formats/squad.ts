import {type Ep23Error, badDataError, errorMessage, joined, type Message, type Text} from '@ep23/sdk'

import type {Judgements} from '../measures/ranking/judgements.js'
import type {CorpusDocument, Query, TestCollection} from './corpus.js'
import {message} from '../words/words.js'

/**
 * A SQuAD-like file (`data[].paragraphs[].{context, qas[].{id, question}}`; SQuAD, XQuAD, SberQuAD) as a test collection: every
 * paragraph is a document `<article number>.<paragraph number>` from 1, and the one relevant document of a question is the
 * paragraph it stands under. Questions marked `is_impossible` (SQuAD 2) have no answer and are left out.
 * @throws Ep23Error RAG_SQUAD_UNREADABLE (65) with the file and the JSON place, for example `data[3].paragraphs[0].context`.
 */
export function readSquad(file: string, text: string): TestCollection {
  const place: Place = (path, expected) => unreadable(file, message('isNot', {path, expected}))
  const documents: CorpusDocument[] = []
  const queries: Query[] = []
  const qrels = new Map<string, Judgements>()
  for (const {path, article, number, value} of paragraphs(parse(file, text), place)) {
    const id = `${article}.${number}`
    documents.push({id, text: asString(value['context'], `${path}.context`, place)})
    for (const question of questions(value['qas'], `${path}.qas`, place)) {
      if (qrels.has(question.id)) throw unreadable(file, message('questionTwice', {path, id: question.id}))
      queries.push(question)
      qrels.set(question.id, new Map([[id, 1]]))
    }
  }
  return {documents, queries, qrels}
}

type Place = (path: Text, expected: Message) => Ep23Error
type JsonObject = Record<string, unknown>

function unreadable(file: string, reason: Message): Ep23Error {
  return badDataError('RAG_SQUAD_UNREADABLE', joined([file, reason], ': '), [message('squadIs')])
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw unreadable(file, message('notJson', {problem: errorMessage(error)}))
  }
}

function* paragraphs(
  root: unknown,
  place: Place,
): Generator<{path: string; article: number; number: number; value: JsonObject}> {
  for (const [a, article] of asArray(asObject(root, message('theFile'), place)['data'], 'data', place).entries()) {
    const path = `data[${a}]`
    const list = asArray(asObject(article, path, place)['paragraphs'], `${path}.paragraphs`, place)
    for (const [p, paragraph] of list.entries()) {
      const inside = `${path}.paragraphs[${p}]`
      yield {path: inside, article: a + 1, number: p + 1, value: asObject(paragraph, inside, place)}
    }
  }
}

function* questions(list: unknown, path: string, place: Place): Generator<Query> {
  for (const [q, entry] of asArray(list, path, place).entries()) {
    const inside = `${path}[${q}]`
    const question = asObject(entry, inside, place)
    if (question['is_impossible'] === true) continue
    yield {
      id: asString(question['id'], `${inside}.id`, place),
      text: asString(question['question'], `${inside}.question`, place),
    }
  }
}

function asObject(value: unknown, path: Text, place: Place): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  throw place(path, message('anObject'))
}

function asArray(value: unknown, path: string, place: Place): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[]
  throw place(path, message('anArray'))
}

function asString(value: unknown, path: string, place: Place): string {
  if (typeof value === 'string') return value
  throw place(path, message('aString'))
}

import {outlineOf} from '../../domain/documents/digest-outline.js'
import {postFinder} from '../../domain/documents/post-finder.js'
import type {DaySummaryInput} from '../../domain/summarizer.js'
import {cyrillicShare} from '../../text/index.js'

const FEWEST_CYRILLIC = 0.6

/** What is wrong with an answer: as a Russian clause that the model is told, and in English for the user. */
export interface AnswerProblem {
  toModel: string
  toUser: string
}

/** The answer was longer than the server allows. */
export const CUT_OFF: AnswerProblem = {toModel: 'он оборван', toUser: 'it is cut off'}

/** The first problem of a model's answer; undefined for a usable one. */
export function answerProblem(answer: string, {channel, posts}: DaySummaryInput): AnswerProblem | undefined {
  const {bullets, links, prose} = outlineOf(answer)
  if (answer.trim() === '') return {toModel: 'он пуст', toUser: 'it is empty'}
  if (bullets.length === 0) return {toModel: 'в нём нет ни одного пункта списка', toUser: 'it has no bullets'}
  if (cyrillicShare(prose) < FEWEST_CYRILLIC) return {toModel: 'он не на русском языке', toUser: 'it is not in Russian'}
  if (links.length === 0) return {toModel: 'в нём нет ссылок на посты', toUser: 'it links to no post'}
  const findPost = postFinder(channel, posts)
  const stranger = links.find(({target}) => findPost(target) === undefined)?.target
  return stranger === undefined ? undefined : strangeLink(stranger)
}

function strangeLink(target: string): AnswerProblem {
  return {toModel: `ссылка ${target} не ведёт к посту этого дня`, toUser: `${target} is no post of that day`}
}

/** The answer without a code fence around it and without a heading of its own: ours is the same for every summarizer. */
export function withoutWrapping(answer: string): string {
  const unfenced = answer.trim().replace(/^```[a-z]*\n([\s\S]*?)\n?```$/u, '$1')
  return unfenced.replace(/^#{1,2} [^\n]*\n+/u, '').trim()
}

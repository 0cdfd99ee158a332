import type {Analyser} from './analyser.js'
import {englishAnalyser} from './english-analyser.js'
import {russianAnalyser} from './russian-analyser.js'

export const RETRIEVAL_LANGUAGES = ['ru', 'en'] as const
export type RetrievalLanguage = (typeof RETRIEVAL_LANGUAGES)[number]

export function analyserOf(language: RetrievalLanguage): Analyser {
  return language === 'ru' ? russianAnalyser() : englishAnalyser()
}

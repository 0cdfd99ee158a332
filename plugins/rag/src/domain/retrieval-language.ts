import type {Analyser} from '../retrieval/analysis/analyser.js'
import {englishAnalyser} from '../retrieval/analysis/english-analyser.js'
import {russianAnalyser} from '../retrieval/analysis/russian-analyser.js'

export const RETRIEVAL_LANGUAGES = ['ru', 'en'] as const
export type RetrievalLanguage = (typeof RETRIEVAL_LANGUAGES)[number]

export function analyserOf(language: RetrievalLanguage): Analyser {
  return language === 'ru' ? russianAnalyser() : englishAnalyser()
}

import type {LocalizedText} from '../messages/localized-text.js'

/** What the people of a plan are asked; it lies beside the plan as `rubric.json`, and whoever changes it begins another rubric. */
export interface Rubric {
  rubric_version: 1
  send: LocalizedText
  scores: Readonly<Record<string, {name: LocalizedText; anchors: Readonly<Record<'1' | '3' | '5', LocalizedText>>}>>
  pair: LocalizedText
  claim: LocalizedText
  missing: LocalizedText
}

/** The rubric that a new plan begins with. */
export const DEFAULT_RUBRIC: Rubric = {
  rubric_version: 1,
  send: {ru: 'Отправили бы это читателям?', en: 'Would you send this to readers?'},
  scores: {
    coverage: {
      name: {ru: 'Полнота', en: 'Coverage'},
      anchors: {
        1: {ru: 'главное не названо', en: 'the main news is not there'},
        3: {ru: 'названа примерно половина главного', en: 'about half of the main news'},
        5: {ru: 'названо всё главное', en: 'all of the main news'},
      },
    },
    accuracy: {
      name: {ru: 'Точность', en: 'Accuracy'},
      anchors: {
        1: {ru: 'есть выдумка или грубая ошибка', en: 'something invented or grossly wrong'},
        3: {ru: 'есть заметная неточность', en: 'a noticeable slip'},
        5: {ru: 'всё подтверждается постами', en: 'everything is in the posts'},
      },
    },
    coherence: {
      name: {ru: 'Связность', en: 'Coherence'},
      anchors: {
        1: {ru: 'не понять без постов', en: 'cannot be understood without the posts'},
        3: {ru: 'понятно, но есть повторы или обрывы', en: 'understandable, with repeats or breaks'},
        5: {ru: 'ясно и стройно', en: 'clear and well ordered'},
      },
    },
    informativeness: {
      name: {ru: 'Содержательность', en: 'Informativeness'},
      anchors: {
        1: {ru: 'одни общие слова', en: 'general words only'},
        3: {ru: 'суть без подробностей', en: 'the gist without details'},
        5: {ru: 'суть, подробности и контекст', en: 'gist, details and context'},
      },
    },
  },
  pair: {ru: 'Какой дайджест лучше для читателя?', en: 'Which digest is better for a reader?'},
  claim: {ru: 'Верен ли этот пункт?', en: 'Is this bullet right?'},
  missing: {ru: 'Сколько важных новостей упущено?', en: 'How many important news are missing?'},
}

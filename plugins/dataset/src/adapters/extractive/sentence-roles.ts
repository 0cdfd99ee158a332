import {cyrillicShare, words} from '../../text/index.js'

// Asks the reader to do something: read on, subscribe, comment, take part.
const CALL = new RegExp(
  '^(?:' +
    [
      'подпи(?:шись|шитесь|сывай\\p{L}*|саться|ска)(?!\\p{L})',
      'подробн(?:ее|ости|о)(?!\\p{L})',
      '(?:про)?чита(?:ть|йте|й)(?!\\p{L})',
      '(?:по)?смотр(?:еть|ите|и)(?!\\p{L})',
      '(?:по)?слуша(?:ть|йте)(?!\\p{L})',
      '(?:ссылк[аи]|источник|зеркало|ответ)(?: (?:на|в) |[:.]|$)',
      '(?:перейти|переходи(?:те)?|зайти|заходи(?:те)?)(?!\\p{L})',
      '(?:узнать|узнайте|узнавайте|скачать|скачайте)(?!\\p{L})',
      'остав(?:ить|ляйте|ьте)(?!\\p{L})',
      '(?:по)?делитесь|пиши(?:те)?(?!\\p{L})|ставь(?:те)?(?!\\p{L})|жми(?:те)?(?!\\p{L})',
      'голосуй|присоединяй|(?:за)?регистрируй|распространите|сохраняй|не пропустите',
      'следи(?:те)? за|больше (?:новостей|вакансий|подробностей)|полная версия|подборка ссылок',
      '(?:прислать|предложить) (?:новост|фото|видео)|задать (?:свой )?вопрос',
      'поддержать (?:канал|нас|проект)|купить (?:билет|курс|сейчас)|участвовать$',
      'добро пожаловать|дава(?:й|йте) |ностальгируем',
    ].join('|') +
    ')',
  'iu',
)
const CALL_ANYWHERE =
  /в комментари|(?:ваш[а-я]* |свой |своё )(?:мнени|опыт|вопрос)|ставьте (?:лайк|реакц)|подписыва(?:йтесь|йся)|подпи(?:шитесь|шись)|читайте (?:в|на|по|нас|также|полностью)|по ссылке|наш(?:ем|его|и)? (?:телеграм-)?канал|в нашем (?:чате|боте|посте)/iu
const ASKS_THE_READER = /(?<!\p{L})(?:вы|вам|вас|вами|ваш\p{L}*)(?!\p{L})[^?]*\?$|^ты (?:знаешь|же)|^вы знаете/iu

// Leans on what was said before.
const LEANING =
  /^(?:он|она|оно|они|ему|ей|им|его|её|ее|их|это|этот|эта|эти|этого|этой|этому|этим|этих|такой|такая|такое|такие|таким|также|тоже|там|тогда|так|потом|затем|теперь|далее|ещё|еще|однако|поэтому|причём|причем|зато|впрочем|наконец|например|напомним|следовательно|и|а|но|да|или|либо|ведь|хотя|который|которая|которые|причина|сам|сама|сами|последний|последняя|всё это|все это|оба|обе|тот|та|те|другой|другая|другие|остальные|ранее|сейчас)(?!\p{L})|^(?:при этом|кроме того|в результате|в частности|тем не менее|в итоге|в то же время|с тех пор|из-за этого|после этого|до этого|для этого|по (?:его|её|ее|их) |по словам (?:учёных|ученых|исследователей|авторов|эксперта)|в (?:ней|нём|нем|них)(?!\p{L})|на (?:ней|нём|нем|них)(?!\p{L})|среди них|вместе с тем|к тому же|более того|то есть|в этом|на этом|с этим|об этом|о том)/iu

/** True for a sentence that wants something from the reader instead of telling something. */
export function isCall(sentence: string): boolean {
  return CALL.test(sentence) || CALL_ANYWHERE.test(sentence) || ASKS_THE_READER.test(sentence)
}

/** True for a sentence that cannot be understood without the one before it. */
export function leansOnPrevious(sentence: string): boolean {
  return LEANING.test(sentence)
}

/** True for text that says something in Russian: several words, at least this share of their letters Cyrillic. */
export function isRussianText(sentence: string, fewestWords: number, fewestCyrillic = 0.5): boolean {
  return words(sentence).length >= fewestWords && cyrillicShare(sentence) >= fewestCyrillic
}

/** True for a sentence that only announces what follows it. */
export function isLeadIn(sentence: string): boolean {
  return /[:;,–—-]$/u.test(sentence)
}

import {cleanInvisible, stripMarkup, words} from '../text/index.js'

/**
 * A mark of a style whose partner is missing, as exports of edited posts have it: at the edge of a Russian word, at the edge of
 * a line, or between two Russian words. Stars inside a word hide letters, those beside Latin words are code.
 */
const STRAY_MARKS =
  /(?<![\p{L}\p{N}*_~])(?:\*\*|__|~~)+(?=\s?[\p{Script=Cyrillic}«„]|["(\d]|[^\S\n]*$)|(?<=[\p{Script=Cyrillic}»"”).,!?…:;%]\s?)(?:\*\*|__|~~)+(?![\p{L}\p{N}*_~])|(?<=\d)(?:\*\*|__|~~)+(?=[,.;:!?)»]|[^\S\n]\p{Script=Cyrillic})/gmu

/** `содерж**а**т`: two marks in one word are a style, one hides letters. */
const STYLED_LETTERS = /(?<=\p{Script=Cyrillic})\*\*(?<letters>\p{Script=Cyrillic}+)\*\*(?=\p{Script=Cyrillic})/gu

/** Telegram Markdown as plain text: trimmed lines, none of them blank, no double spaces. */
export function plainText(markup: string): string {
  return withoutStrayMarks(cleanInvisible(stripMarkup(markup).text))
    .split('\n')
    .map(line => line.replaceAll(/ {2,}/gu, ' ').trim())
    .filter(line => line !== '')
    .join('\n')
}

function withoutStrayMarks(text: string): string {
  if (!/\*\*|__|~~/u.test(text)) return text
  return text.replaceAll(STYLED_LETTERS, '$<letters>').replaceAll(STRAY_MARKS, '')
}

/** A line of a channel about itself is short; a longer one says something else, too. */
const LONGEST_LINE = 160

const BEFORE = String.raw`^[^\p{L}\p{N}@]*`
const NETWORKS =
  'max|мах|макс|вк|vk|вконтакте|дзен|дзене|одноклассниках|ок|rutube|ютубе|youtube|инстаграме?|телеграме?|telegram|tg|тг'

/** What a channel puts under its posts about itself, line by line. */
const OWN_LINES: readonly RegExp[] = [
  String.raw`(?:не забудьте )?подпи(?:саться|шись|шитесь|сывайся|сывайтесь)(?!\p{L})`,
  String.raw`вы можете подписаться(?!\p{L})`,
  String.raw`(?:прислать|предложить|пришлите|присылайте)(?: (?:нам|свою|ваши))? (?:новост|фото|видео|сообщени)`,
  String.raw`чита(?:ть|йте) нас(?!\p{L})`,
  String.raw`если ссылка не открывается`,
  String.raw`(?:наш(?:а|и)?|мы|мы есть|все мы) (?:в |на )?(?:чат|канал|бот|группа|сайт|сообщество|соцсети|${NETWORKS})(?!\p{L})`,
  String.raw`(?:проголосовать|проголосуй(?:те)?|голосовать|бустануть|забустить|буст(?:ы|ани|аните)?|дать голос|поддержать|поддержите)(?: (?:за )?(?:наш |нашему |нас )?(?:канала?|каналу))?(?=[^\p{L}]*$)`,
  String.raw`(?:(?:по вопросам|по поводу) рекламы|по рекламе|(?:купить|заказать|разместить) рекламу|реклама|сотрудничество|для связи|связь)(?: (?:в|на) (?:нашем )?канале)?(?=\s*[:—–-]?\s*(?:@\w+|t\.me\/\S+|https?:\/\/\S+|здесь|тут)?[^\p{L}\p{N}]*$)`,
].map(line => new RegExp(BEFORE + line, 'iu'))

const OWN_MESSENGER = new RegExp(String.raw`(?:^|\s)в (?:мессенджере |нашем канале в )?(?:max|мах|макс)[.!]?$`, 'iu')
const NOTHING_BUT_NAMES = /^(?:[^\p{L}\p{N}@]*(?:@\w+|(?:https?:\/\/)?t\.me\/\S+))+[^\p{L}\p{N}]*$/iu
const SUBSCRIBE_TO_US = /(?:подпишитесь|подписывайтесь|подпишись) на (?:наш|нас|канал|«)/iu
/** The same as the last words of a line that says something else, as channels write it that know no paragraphs. */
const OWN_ENDING =
  /(?<=[.!?…;»)\p{Extended_Pictographic}])[^\p{L}\p{N}.!?]{0,6}(?:подписаться|подпишитесь|подписывайтесь) (?:на|@)[^.!?\n]{0,80}?[.!?]?[^\p{L}\n]*(?:https?:\/\/\S+)?$/iu

/**
 * A post without what its channel says of itself at the end: calls to subscribe or to vote, where to send news and whom
 * to ask for advertising. `plain` has one paragraph a line. Empty when it was nothing else.
 *
 * @example withoutOwnFooter('Открыт мост.\nПодписаться | Прислать новость') // 'Открыт мост.'
 */
export function withoutOwnFooter(plain: string): string {
  const lines = plain.split('\n')
  let length = lines.length
  while (length > 0 && isOwnLine(lines[length - 1] ?? '')) length--
  return lines.slice(0, length).join('\n').replace(OWN_ENDING, '').trimEnd()
}

function isOwnLine(line: string): boolean {
  if (line.length > LONGEST_LINE) return false
  if (words(line).length === 0 || NOTHING_BUT_NAMES.test(line)) return true
  if (OWN_LINES.some(own => own.test(line)) || OWN_MESSENGER.test(line) || SUBSCRIBE_TO_US.test(line)) return true
  const parts = line.split(/\s*[|•·]\s*/u).filter(part => part !== '')
  return parts.length > 1 && parts.every(isOwnLine)
}

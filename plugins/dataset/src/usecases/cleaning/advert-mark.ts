import {words} from '../../text/index.js'

const FORM = '(?:ООО|ОАО|ЗАО|ПАО|АО|ИП)'
const NAME = String.raw`(?:[«"“][^»"”\n]{1,60}[»"”]{1,2}|[\p{Lu}\d][\p{L}\d.-]*(?: [\p{Lu}\d«"“][\p{L}\d.»"”-]*){0,4})`

/**
 * The marks that Russian law demands of paid posts (38-ФЗ, 18.1), as marks: the token of a registry in the text or in a
 * link, `Реклама. ООО «Слон», ИНН 7700000000`, a tag at the edge of a line. The same words in a sentence are none.
 */
const MARKS: readonly RegExp[] = [
  /(?<![\p{L}\p{N}«"“„])erid(?:\s*[:=]\s*|[_\s]+)(?=[A-Za-z\d]*\d)(?=[A-Za-z\d]*[A-Za-z])[A-Za-z\d]{2,}/iu,
  new RegExp(String.raw`(?<=^|[.!?…»)\n]\s*)Реклама\.\s*(?:Рекламодатель:?\s*)?${FORM}\s+${NAME}`, 'mu'),
  new RegExp(
    String.raw`(?<=^|[.!?…»)\n]\s*)Реклама[:,]?\s+(?:Рекламодатель:?\s*)?${FORM}\s+${NAME}(?=[.,;]?\s*(?:$|ИНН|ОГРН|erid|\d{6}))`,
    'imu',
  ),
  /(?<=^|[.!?…»)\n]\s*)Реклама[.:,]?\s+[^.!?\n]{0,100}?ИНН:?\s*\d{10,12}/imu,
  /(?:^\s*|(?<!(?:тег|тэг|пометк)\p{L}{0,3}\s+[«"“]?))#(?:реклама|промо)(?=\s*(?:$|#))|^\s*#(?:реклама|промо)(?!\p{L})/imu,
  /(?<=^|[.!?…]\s+)[(«]?(?:на правах рекламы|партн[её]рский (?:материал|пост)|спонсорский пост)[)».]*\s*$/imu,
]

/** Hardly a post has one of the words; looking for them is cheap. */
const MARK_WORDS = /erid|реклам|#промо|партн[её]рский|спонсорский/iu

/** True for a text with a mark of paid posts; the words of the marks in a sentence are none. */
export function hasAdvertMark(markup: string): boolean {
  return MARK_WORDS.test(markup) && MARKS.some(mark => mark.test(markup))
}

/** Where a post hands over to its sponsor: a drawn rule, or a line that names him. */
const HANDING_OVER =
  /\n[^\S\n]*(?:[-—–_*=~]{3,}[^\S\n]*(?=\n)|[^\p{L}\n]*(?:партн[её]р|спонсор) (?:выпуска|поста|дня|рубрики|дайджеста|канала)(?!\p{L}))/giu
const FEWEST_WORDS = 8

/**
 * A post without the paid part that its author has set apart at the end. A post that is paid as a whole stays as it is.
 *
 * @example withoutSponsor('Открыт новый мост через реку. …\n———\nСлоны по цене зайцев. erid: 2VtzqxKd') // 'Открыт новый мост …'
 */
export function withoutSponsor(markup: string): string {
  if (!MARK_WORDS.test(markup)) return markup
  for (const {index} of markup.matchAll(HANDING_OVER)) {
    const [news, paid] = [markup.slice(0, index), markup.slice(index)]
    if (paid.length < news.length && hasAdvertMark(paid) && !hasAdvertMark(news) && words(news).length >= FEWEST_WORDS)
      return news
  }
  return markup
}

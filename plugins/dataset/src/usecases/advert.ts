import {words} from '../text/index.js'
import {withoutOwnFooter, plainText} from './plain-text.js'

/** Words that ask the reader to act, one kind a line, in matching form (е for ё). */
const CALL_WORDS: readonly string[] = [
  'переходи переходите жми жмите нажми нажмите заходи заходите',
  'регистрируйся регистрируйтесь зарегистрируйся зарегистрируйтесь зарегистрироваться записывайся записывайтесь забронировать',
  'купи купите покупай покупайте закажи закажите заказывай заказывайте',
  'оформи оформите оформить оформляй оформляйте активируй активируйте забери заберите забирай забирайте воспользуйтесь',
  'успей успейте успеете спешите упусти упустите пропусти пропустите',
  'участвуй участвуйте поучаствовать приглашаем приглашает приглашают присоединяйся присоединяйтесь',
  'подпишись подпишитесь подписывайся подписывайтесь подписаться сохраняй сохраняйте добавляй добавляйте',
  'попробуй попробуйте приходи приходите выбирай выбирайте начните узнай узнайте получите скачай скачайте доверьте',
  'накидай накидайте набросай набросайте подкинь подкиньте проголосуй проголосуйте помогите',
]
const KIND_OF_CALL = new Map(CALL_WORDS.flatMap((kind, index) => kind.split(' ').map(word => [word, index] as const)))
const CALL_PHRASES: readonly RegExp[] = [
  /^[^\p{L}\n]*купить (?:билет|книг|курс|со скидкой)/imu,
  /остав(?:ь|ьте|ляй|ляйте|ляете|ить) заявк|пода(?:ть|й|йте|вайте) (?:заявку|резюме)/iu,
  /жд[её]м (?:вас|тех)(?!\p{L})/iu,
]

/** What is offered, and for how short a time. */
const LURES: readonly RegExp[] = [
  /скидк|распродаж|за полцены|(?<!\d\s?)[-–—−]\s?\d{2} ?%/iu,
  /промокод/iu,
  /розыгрыш|разыгрыва|(?<!\p{L})дарим|выиграть|призы(?!\p{L})|в подарок|суперприз/iu,
  /бесплатн\p{L}+ (?:курс|вебинар|интенсив|занят|вводн|доступ|обучен|урок|онлайн|\d|[-\p{L}]+ обучени)|участие бесплатн|бесплатное участие/iu,
  /(?:на|наш\p{L}*|полугодов\p{L}*) курс(?:ы|е|ах|ов)?(?!\p{L})|(?:наш|программ)\p{L}* обучения|вебинар|интенсив/iu,
  /\d ?(?:₽|руб\p{L}*)[^.\n]{0,12}(?:вместо|~)|~~[^~\n]*\d ?(?:₽|руб)/iu,
  /только до|количество мест ограничено|осталось (?:\d|меньше|всего)|последний (?:день|шанс)|пробн\p{L}+ период/iu,
  /кешб[эе]к|бонус|выгодн|выгод[аыоу]|рассрочк|\d ?% годовых/iu,
  /рассылк/iu,
  /голос(?:ов|а|ами)(?!\p{L})/iu,
  /(?:предварительная|требуется|и) регистрация|подробности и регистрация|открыт(?:а)? (?:ранняя )?регистрация/iu,
  /(?:наш|новый|полезн)\p{L}* канал/iu,
]

const MARKETING_LINK =
  /utm_(?:campaign|medium|refcode|term)=|[?&]clckid=|\/boost\/|\?boost(?!\p{L})|commercial\.link|sponsored\.link|timepad\.ru/iu
/** A channel speaks of itself and of its offer in the first line. */
const OPENING =
  /(?<!\p{L})(?:приглашаем|разыгрываем|дарим|проводим|объявляем|запускаем|запускает канал|устали?|хотите|ищете|подпишись|подпишитесь|покупайте|успей\p{L}*|помогите|ответьте|встречайте|напоминаем|начать курс|разыгрывает|скидк\p{L}+|распродаж\p{L}+)(?!\p{L})|(?<!\d\s?)[-–—−]\d{2} ?%|(?<!\p{L})курсы? [«"]|набор на/iu
/** What nobody says but a channel that sells, gives away or recommends: enough alone, outside a quotation. */
const OWN_WORDS: readonly RegExp[] = [
  /(?:напоминаем|объявляем|участвуйте|подводим)[^\n.!«]{0,60}розыгрыш/iu,
  /(?<![«\p{L}])(?:мы )?дарим (?:сразу |\d|три |два |скидк|наш|курс|подписк|iphone|промокод)/iu,
  /(?<![«\p{L}])разыгрываем(?!\p{L})/iu,
  /с победител(?:ями|ем) свяж|(?:дарим|подарить|подарим)[^.\n«]{0,40} подписчик/iu,
  /(?:запускаем|запускает) (?:новый )?канал(?: про|\s+[«А-ЯЁA-Z])|(?:рекомендуем|советуем) (?:подписаться|канал)/u,
  /полезные каналы|(?:подборк[ауи]|список) [\p{L} ,-]{0,30}каналов|каналы [^\n]{0,30}в одной (?:папке|подборке)/iu,
  /[Пп]ромокод(?:у|ом)?:? [«"`]?[A-ZА-ЯЁ\d]{3,}(?![\p{Ll}])/u,
  /у нас (?:можно|нужно|вы можете)[^\n.]{0,20} (?:купить|заказать|разместить) рекламу/iu,
  /^[^\p{L}\d]*(?:(?:[Мм]ного|[Сс]вежие|[Нн]овые|[Гг]орячие) )?(?:[Вв]аканси[ий]|[Сс]тажиров(?:ки|ок))(?: [^\n.]{0,30})? на [«А-ЯЁA-Z][^\n]*\n[^]*\n/u,
  /(?:скидк[аиу]|распродажа)[^\n.]{0,30} на (?:все )?(?:наши |любые )?курсы/iu,
  /(?<![«\p{L}])подпи(?:шись|шитесь) на (?:нашу|еженедельную)/iu,
  /у нас есть [^\n.]{0,40}рассылка[^]{0,40}посвящ[её]нная/iu,
]
/** One of these words is in each phrase of OWN_WORDS. */
const OWN_STEMS =
  /промокод|розыгрыш|победител|подари|дарим|разыгрываем|канал|рекламу|ваканси|стажиров|курсы|подпи|рассылка/iu
const ENOUGH = 3
/** Among many words that many signs are met by chance. */
const LONG = 900

/**
 * True for a paid post, and for a channel's own sales, contests, events and calls for votes; false for news with such a
 * footer, and for news about advertising. `markup` is the Telegram Markdown, because the mark of a paid post often stands
 * in a link alone; `plain` is its readable text where the caller has it already, with or without the channel's footers.
 */
export function isAdvert(markup: string, plain: string = plainText(markup)): boolean {
  const news = withoutSponsor(markup)
  if (hasAdvertMark(news)) return true
  const own = withoutOwnFooter(plain)
  const read = words(own)
  if (read.length === 0) return words(plainText(news)).length > 0
  return (OWN_STEMS.test(own) && OWN_WORDS.some(phrase => phrase.test(own))) || isPromotion(news, own, read)
}

function isPromotion(markup: string, plain: string, read: readonly string[]): boolean {
  const calls = countCalls(plain, read)
  const links = MARKETING_LINK.test(markup) ? 1 : 0
  if (calls + links === 0) return false
  const lures = count(LURES, plain)
  if (calls === 0 ? lures < 2 : lures + links === 0) return false
  const opening = OPENING.test(plain.split('\n', 1)[0] ?? '') ? 1 : 0
  return calls + lures + links + opening >= ENOUGH + (plain.length > LONG ? 1 : 0)
}

// «Не переходите по ссылкам» warns; «не пропустите» calls.
function countCalls(plain: string, read: readonly string[]): number {
  const kinds = new Set<number>()
  for (const [place, word] of read.entries()) {
    const kind = KIND_OF_CALL.get(word)
    if (kind !== undefined && (read[place - 1] !== 'не' || /^(?:про|у)пусти/u.test(word))) kinds.add(kind)
  }
  return kinds.size + count(CALL_PHRASES, plain)
}

function count(signs: readonly RegExp[], text: string): number {
  return signs.filter(sign => sign.test(text)).length
}

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
function hasAdvertMark(markup: string): boolean {
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

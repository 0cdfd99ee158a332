/**
 * Abbreviations written with a dot, in lower case; made for Russian news, posts and encyclopaedic prose. A word that is
 * also an everyday word at the end of sentences (`дом`, `рис`, `тел`) is here only where the next token decides.
 */
function list(names: string): ReadonlySet<string> {
  return new Set(names.split(' '))
}

/** Stand before a name or a word (`ул. Ленина`, `см. Рис. 2`): no sentence ends after them. */
export const LEADING = list(
  'ул пл просп пр пер пос наб бул бульв алл мкр мкрн дер респ им см ср прим напр прибл ок ' +
    'проф акад доц преп асп канд докт св архиеп еп прот игум гр гражд тов госп подполк лейт серж ефр адм ' +
    'дир зав зам нач упр пом секр пред гос засл инж реж муз авт соавт сост изд отв исп урожд букв устар ' +
    'англ лат франц греч итал польск яп япон араб укр белор русск санскр арм груз ' +
    'mr mrs ms dr prof st vs jr sr gen col lt capt sen rep gov rev',
)

/** Stand before a number: `рис. 2`, `стр. 15`, `гл. IV`. Before anything else they are words like any other. */
export const NUMBERED = list(
  'стр рис табл илл прил разд абз гл ст п пп подп пар стб кв корп эт оф каб ауд комн под тел факс доб моб ' +
    'род ум вып кн соч fig no vol p pp',
)

/** Stand after a number or a list (`5 тыс. руб.`, `и др.`): a sentence ends there when a capital letter follows. */
export const TRAILING = list(
  'др проч тыс млн млрд трлн руб коп долл гг вв лл сс тт мм дм км мг кг мл га куб сек мин сут нед мес шт экз ' +
    'чел ед обл янв февр апр авг сент окт нояб дек inc ltd corp etc al',
)

/** One lower-case letter: `г. Москва`, `д. 5`, `с. Ивановка`, `р. Волга`, `XX в.`. */
export const SINGLE_LETTERS = list('г д с р о м т п ч л к х ш в э ж н')

/** Letters with dots between them that may end a sentence; others (`т. е.`, `в т. ч.`, `и. о.`) may not. */
export const TRAILING_PAIRS = list('тд тп нэ сг гр сш юш вд зд лс пп')

/** Parts of first names, when they begin with a capital letter: `Дж. Байден`, `Вс. Мейерхольд`. */
export const NAME_PARTS = list('дж вс вл ал евг ив ник пав серг фед фр юр эд ch th ph')

/** What a text may be written in as far as it is told: a language tag (BCP 47). */
export const CYRILLIC_LANGUAGES = ['ru', 'uk', 'be', 'bg', 'sr', 'mk', 'kk'] as const
export type CyrillicLanguage = (typeof CYRILLIC_LANGUAGES)[number]

/** Small letters of the alphabets; the apostrophe of Ukrainian and Belarusian is no letter here. */
const ALPHABETS: Readonly<Record<CyrillicLanguage, string>> = {
  ru: 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  uk: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
  be: 'абвгдеёжзійклмнопрстуўфхцчшыьэюя',
  bg: 'абвгдежзийклмнопрстуфхцчшщъьюяѝ',
  sr: 'абвгдђежзијклљмнњопрстћуфхцчџш',
  mk: 'абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ',
  kk: 'аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя',
}

/**
 * Function words of news: common where they belong, and not in the lists of the others unless they are so common there,
 * too, that their absence would tell (`на`, `за` and the like are in none). A word may stand in several lists.
 */
const FUNCTION_WORDS: Readonly<Record<CyrillicLanguage, string>> = {
  ru:
    'и из к ко со во от что это как его ее её их они он она или если чтобы также тоже был была были было еще ещё ' +
    'только уже после для который которая которые которых которого может когда где нет будет будут более все всё ' +
    'себя этот эта эти этого этой чем есть об из-за около через году года лет человек сообщил сообщила сообщили ' +
    'заявил сказал теперь здесь вы мы том того тех кто же ли бы даже сейчас сегодня завтра вчера новый новая ' +
    'новые первый первая свой свою своих можно нужно надо рублей тысяч процентов утра вечера в с но перед над',
  uk:
    'що це та але або як який яка які яке його її вона вони він був була були було під від після також тільки ще ' +
    'вже з із зі й чи щоб коли де немає має мають може можна потрібно дуже цього цей ця ці цієї якщо через бути ' +
    'буде будуть році року років людей повідомив заявив сказав адже свої свою всі усі хто ж би навіть зараз ' +
    'сьогодні завтра вчора нова новий нові нового перший перша поки робити тут там нема все треба проти говорили ' +
    'в',
  be:
    'што гэта як які якая якія яго яе іх яна яны ён быў была былі было каля пад ад пасля таксама толькі яшчэ ўжо ' +
    'з са ў у і ці каб калі дзе няма мае можна трэба вельмі гэтага гэты гэтая гэтыя праз быць будзе будуць годзе ' +
    'года гадоў людзей паведаміў заявіў сказаў свае сваю ўсе усе пры паміж хто цяпер сёння заўтра ўчора новы ' +
    'новая новыя першы першая але або пакуль тут там супраць',
  bg:
    'че е са се ще които която който което това тази този тези със във към след през още има няма беше бяха бил ' +
    'била било бъде също когато ако защо може повече го ги му ѝ както като всички един една едно според обаче ' +
    'вече от и с в но или само къде какво кога да заради край срещу докато той тя те ние вие година години хора ' +
    'каза заяви съобщи нов нова нови новият първият първата пред около',
  sr:
    'је су се и од са који која које коју којих што шта ово овај ова ови биће био била било били након после кроз ' +
    'само још има нема такође када ако зашто између више га му им њих према већ није нису због уз код ће неће али ' +
    'или као где године година људи рекао изјавио саопштио нови нова нове први прва он она они тај та против ' +
    'током',
  mk:
    'дека е се со што кои која кој кое ова оваа овој овие ќе од и да но или како кон по преку само уште има нема ' +
    'беше беа исто кога ако зошто меѓу повеќе го ги му според веќе тој таа тие каде година години луѓе рече ' +
    'изјави нов нова нови првиот првата против поради сите',
  kk:
    'және мен бен пен үшін бұл сол осы деп бар жоқ болып болды еді екен бірақ сондай туралы кейін дейін арқылы ретінде ' +
    'бойынша ол олар біз сіз қалай қашан қайда жаңа бір екі үш жыл жылы жылғы ең өте тек әлі енді бүгін ертең кеше ' +
    'адам ел елде қала айтты деді мәлімдеді хабарлады алғашқы бастап қарсы болады керек емес',
}

/** Endings that hardly another of these languages has; of words of at least five letters. */
const ENDINGS: Readonly<Record<CyrillicLanguage, string>> = {
  ru: 'ться тся ого его ому ему ение ания ении ости ость ыми ами ями ают яют ует ает ются ится ошли ил ал ял ила ала яла ели или али яли ий ый ая ые ых их ов ев ей ою ую ию ия ию',
  uk: 'ння ття ють увала увати ували ської ського ський ення ого ому ати ити али или ала ила ував ий их ів ої ою',
  be: 'аць яць ыць іць ецца яцца ацца ання ага яга ікі аў еў іў ыя ыкі',
  bg: 'ът ия ият ите та ха ата ята ето ото ове иха аха яха ния ски ска ена ени или али ели ва ват',
  mk: 'от ите ата ето ото иот ува ува аат ски ска',
  sr: 'ају ује ила или ала али ање ење ског ски ска ти ти ама има',
  kk: 'дың ның тың лар лер дар дер тар тер ған ген қан ады еді ды ді ты ті',
}

/** Languages as bits, in the order of CYRILLIC_LANGUAGES. */
export type LanguageBits = number

export const ALL_LANGUAGES: LanguageBits = (1 << CYRILLIC_LANGUAGES.length) - 1

function bitsOf(entries: Readonly<Record<CyrillicLanguage, string>>, separator: string): Map<string, LanguageBits> {
  const bits = new Map<string, LanguageBits>()
  for (const [index, language] of CYRILLIC_LANGUAGES.entries())
    for (const entry of entries[language].split(separator)) bits.set(entry, (bits.get(entry) ?? 0) | (1 << index))
  return bits
}

/** The languages that have a function word, in small letters. */
export const LANGUAGES_OF_WORD: ReadonlyMap<string, LanguageBits> = bitsOf(FUNCTION_WORDS, ' ')
/** The languages that an ending speaks for. */
export const LANGUAGES_OF_ENDING: ReadonlyMap<string, LanguageBits> = bitsOf(ENDINGS, ' ')

const FIRST_CYRILLIC = 0x400
const LETTERS = new Uint8Array(0x130)
for (const [letter, bits] of bitsOf(ALPHABETS, '')) {
  LETTERS[letter.charCodeAt(0) - FIRST_CYRILLIC] = bits
  LETTERS[letter.toUpperCase().charCodeAt(0) - FIRST_CYRILLIC] = bits
}

/** The languages whose alphabet has the letter of a UTF-16 code unit; undefined for what is no Cyrillic letter. */
export function languagesOfLetter(unit: number): LanguageBits | undefined {
  return LETTERS[unit - FIRST_CYRILLIC]
}

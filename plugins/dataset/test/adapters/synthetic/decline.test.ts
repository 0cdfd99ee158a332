import {expect} from 'chai'
import {declinePhrase, parseLexicon, parsePhrase} from '#src/adapters/synthetic/vocabulary.js'
import {agreePredicate, countNoun, writeNumber} from '#src/adapters/synthetic/tell-story.js'
import {declineAdjective, declineNoun, CASES, parseForm, type Gender} from '#src/adapters/synthetic/decline.js'

// Forms as the school grammar has them: singular и р д в т п, then plural.
const NOUNS: Record<string, string> = {
  'район м': 'район района району район районом районе / районы районов районам районы районами районах',
  'врач мо': 'врач врача врачу врача врачом враче / врачи врачей врачам врачей врачами врачах',
  'рынок м осн=рынк': 'рынок рынка рынку рынок рынком рынке / рынки рынков рынкам рынки рынками рынках',
  'месяц м рм=месяцев': 'месяц месяца месяцу месяц месяцем месяце / месяцы месяцев месяцам месяцы месяцами месяцах',
  'музей м': 'музей музея музею музей музеем музее / музеи музеев музеям музеи музеями музеях',
  'сценарий м':
    'сценарий сценария сценарию сценарий сценарием сценарии / сценарии сценариев сценариям сценарии сценариями сценариях',
  'фонарь м': 'фонарь фонаря фонарю фонарь фонарем фонаре / фонари фонарей фонарям фонари фонарями фонарях',
  'школа ж': 'школа школы школе школу школой школе / школы школ школам школы школами школах',
  'библиотека ж':
    'библиотека библиотеки библиотеке библиотеку библиотекой библиотеке / библиотеки библиотек библиотекам библиотеки библиотеками библиотеках',
  'крыша ж': 'крыша крыши крыше крышу крышей крыше / крыши крыш крышам крыши крышами крышах',
  'улица ж': 'улица улицы улице улицу улицей улице / улицы улиц улицам улицы улицами улицах',
  'неделя ж': 'неделя недели неделе неделю неделей неделе / недели недель неделям недели неделями неделях',
  'станция ж': 'станция станции станции станцию станцией станции / станции станций станциям станции станциями станциях',
  'площадь ж':
    'площадь площади площади площадь площадью площади / площади площадей площадям площади площадями площадях',
  'лисица жо': 'лисица лисицы лисице лисицу лисицей лисице / лисицы лисиц лисицам лисиц лисицами лисицах',
  'место с': 'место места месту место местом месте / места мест местам места местами местах',
  'училище с': 'училище училища училищу училище училищем училище / училища училищ училищам училища училищами училищах',
  'здание с': 'здание здания зданию здание зданием здании / здания зданий зданиям здания зданиями зданиях',
  'поле с': 'поле поля полю поле полем поле / поля полей полям поля полями полях',
}

const ADJECTIVES: Record<string, [lemma: string, gender: Gender, animate: boolean, forms: string]> = {
  'a hard masculine': [
    'новый',
    'м',
    false,
    'новый нового новому новый новым новом / новые новых новым новые новыми новых',
  ],
  'an animate masculine': [
    'новый',
    'м',
    true,
    'новый нового новому нового новым новом / новые новых новым новых новыми новых',
  ],
  'a stressed ending': [
    'городской',
    'м',
    false,
    'городской городского городскому городской городским городском / городские городских городским городские городскими городских',
  ],
  'a velar feminine': [
    'широкий',
    'ж',
    false,
    'широкая широкой широкой широкую широкой широкой / широкие широких широким широкие широкими широких',
  ],
  'a sibilant neuter': [
    'свежий',
    'с',
    false,
    'свежее свежего свежему свежее свежим свежем / свежие свежих свежим свежие свежими свежих',
  ],
  'a soft feminine': [
    'осенний',
    'ж',
    false,
    'осенняя осенней осенней осеннюю осенней осенней / осенние осенних осенним осенние осенними осенних',
  ],
  'a participle': [
    'рабочий',
    'ж',
    false,
    'рабочая рабочей рабочей рабочую рабочей рабочей / рабочие рабочих рабочим рабочие рабочими рабочих',
  ],
}

function allForms(decline: (form: ReturnType<typeof parseForm>) => string): string {
  const row = (number: 'е' | 'м') => CASES.map(case_ => decline({case: case_, number})).join(' ')
  return `${row('е')} / ${row('м')}`
}

describe('decline-noun', () => {
  for (const [line, forms] of Object.entries(NOUNS))
    it(`declines «${line}»`, () => expect(allForms(form => declineNoun(parsePhrase(line).noun, form))).to.equal(forms))

  it('takes irregular forms as they are written', () => {
    const {noun} = parsePhrase('дерево с им=деревья рм=деревьев')
    expect(declineNoun(noun, parseForm('рм'))).to.equal('деревьев')
  })
})

describe('decline-adjective', () => {
  for (const [name, [lemma, gender, animate, forms]] of Object.entries(ADJECTIVES))
    it(`declines ${name}`, () =>
      expect(allForms(form => declineAdjective(lemma, form, gender, animate))).to.equal(forms))
})

describe('agree-predicate', () => {
  const cases: [lemma: string, feminine: string, neuter: string, plural: string][] = [
    ['открыл', 'открыла', 'открыло', 'открыли'],
    ['открылся', 'открылась', 'открылось', 'открылись'],
    ['вышел', 'вышла', 'вышло', 'вышли'],
    ['пришёл', 'пришла', 'пришло', 'пришли'],
    ['смог', 'смогла', 'смогло', 'смогли'],
    ['вырос', 'выросла', 'выросло', 'выросли'],
    ['привёз', 'привезла', 'привезло', 'привезли'],
    ['построен', 'построена', 'построено', 'построены'],
    ['завершён', 'завершена', 'завершено', 'завершены'],
    ['открыт', 'открыта', 'открыто', 'открыты'],
    ['должен', 'должна', 'должно', 'должны'],
  ]
  for (const [lemma, feminine, neuter, plural] of cases)
    it(`agrees «${lemma}» with its subject`, () => {
      expect(agreePredicate(lemma, 'м', 'е')).to.equal(lemma)
      expect(agreePredicate(lemma, 'ж', 'е')).to.equal(feminine)
      expect(agreePredicate(lemma, 'с', 'е')).to.equal(neuter)
      expect(agreePredicate(lemma, 'ж', 'м')).to.equal(plural)
    })
})

describe('count-noun', () => {
  it('puts a noun after a number', () => {
    const {noun} = parsePhrase('автобус м')
    expect([1, 2, 5, 11, 14, 21, 24, 112].map(amount => countNoun(amount, noun))).to.deep.equal([
      '1 автобус',
      '2 автобуса',
      '5 автобусов',
      '11 автобусов',
      '14 автобусов',
      '21 автобус',
      '24 автобуса',
      '112 автобусов',
    ])
    expect([21, 22, 2.5].map(amount => countNoun(amount, noun, 'р'))).to.deep.equal([
      '21 автобуса',
      '22 автобусов',
      '2,5 автобуса',
    ])
  })

  it('groups thousands and writes a comma', () => {
    expect([999, 1250, 1234567, 12.5].map(writeNumber)).to.deep.equal([
      '999',
      '1\u00A0250',
      '1\u00A0234\u00A0567',
      '12,5',
    ])
  })
})

describe('lexicon', () => {
  it('declines a phrase with its adjectives and leaves its tail alone', () => {
    const phrase = parsePhrase('детский сад м + у реки')
    expect(declinePhrase(phrase, parseForm('т'))).to.equal('детским садом у реки')
    expect(declinePhrase(phrase, parseForm('рм'))).to.equal('детских садов у реки')
  })

  it('refuses a line that it cannot read', () => {
    for (const line of ['мост', 'большая мост м', 'мост х']) expect(() => parseLexicon(line), line).to.throw(line)
  })
})

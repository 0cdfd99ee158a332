import type {Story} from './grammar/pack.js'
import type {Random} from './random.js'
import {Scene} from './scene.js'
import type {Vocabulary} from './vocabulary.js'

const RULE = /\{@([^{}]+)\}/u
const CHOICE = /\[([^[\]]*)\]/u
const SLOT = /\{([^{}]+)\}/gu

export interface ToldStory {
  title: string
  sentences: string[]
}

/** Tells a story: its headline first, then its sentences, all with one cast. */
export function tellStory(story: Story, vocabulary: Vocabulary, random: Random): ToldStory {
  const scene = new Scene(vocabulary, random)
  const tell = (template: string): string => {
    const chosen = choose(expandRules(template, vocabulary, random), random)
    return polish(chosen.replaceAll(SLOT, (_match, slot: string) => scene.fill(slot)))
  }
  return {title: tell(story.title), sentences: story.body.map(tell).filter(sentence => sentence !== '')}
}

function expandRules(template: string, vocabulary: Vocabulary, random: Random): string {
  let text = template
  for (let rule = RULE.exec(text); rule; rule = RULE.exec(text))
    text = text.replace(rule[0], () => random.pick(vocabulary.rule(rule?.[1] ?? '')))
  return text
}

// Innermost brackets first, so that alternatives may hold alternatives.
function choose(template: string, random: Random): string {
  let text = template
  for (let choice = CHOICE.exec(text); choice; choice = CHOICE.exec(text))
    text = text.replace(choice[0], () => random.pick((choice?.[1] ?? '').split('|')))
  return text
}

// Spaces left by empty alternatives, prepositions before awkward beginnings, the capital letter.
function polish(text: string): string {
  const spaced = text
    .replaceAll(/ {2,}/gu, ' ')
    .replaceAll(/ (?=[,.:;!?»])/gu, '')
    .trim()
  const spoken = spaced
    .replaceAll(/(?<![\p{L}-])([Оо]) (?=[«]?[АЭИОУаэиоу])/gu, '$1б ')
    .replaceAll(/(?<![\p{L}-])([Вв]) (?=[ВФвф][^аеёиоуыэюяАЕЁИОУЫЭЮЯ\s])/gu, '$1о ')
    .replaceAll(/(?<![\p{L}-])([Сс]) (?=[СЗШЖсзшж][^аеёиоуыэюяАЕЁИОУЫЭЮЯ\s])/gu, '$1о ')
  return spoken.charAt(0).toUpperCase() + spoken.slice(1)
}

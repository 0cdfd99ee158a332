import {CITY} from './city.js'
import {COMMON, NAMES} from './common.js'
import {COUNTED} from './counted.js'
import {CULTURE} from './culture.js'
import {ECONOMY} from './economy.js'
import {EDUCATION} from './education.js'
import {NATURE} from './nature.js'
import type {Pack} from './pack.js'
import {PROGRAMMING} from './programming.js'
import {SCIENCE} from './science.js'
import {SPACE} from './space.js'
import {SPORT} from './sport.js'
import {TECHNOLOGY} from './technology.js'
import {WEATHER} from './weather.js'
import {StoryVocabulary} from './vocabulary.js'

export type ChannelKind = 'city' | 'science' | 'technology' | 'programming' | 'general'

/** What each kind of channel writes about. */
export const TOPICS: Readonly<Record<ChannelKind, readonly Pack[]>> = {
  city: [CITY, WEATHER, CULTURE, SPORT, ECONOMY, NATURE],
  science: [SCIENCE, SPACE, NATURE, EDUCATION, TECHNOLOGY],
  technology: [TECHNOLOGY, PROGRAMMING, SCIENCE, SPACE],
  programming: [PROGRAMMING, TECHNOLOGY, EDUCATION, SCIENCE],
  general: [CITY, WEATHER, CULTURE, SPORT, ECONOMY, SCIENCE, SPACE, NATURE, TECHNOLOGY, EDUCATION],
}

/** All words of the grammar. */
export const VOCABULARY = new StoryVocabulary([COMMON, PROGRAMMING, ...TOPICS.general], COUNTED, NAMES)

const HINTS: readonly [RegExp, ChannelKind][] = [
  [/mos|msk|city|town|spb|piter|gorod|kazan|ural|112/u, 'city'],
  [/scien|nauk|phys|bio|space|kosmos|medic/u, 'science'],
  [/prog|dev|code|python|java|golang|_go$|linux|data/u, 'programming'],
  [/tech|habr|hard|gadget|digital|_it$|^it_/u, 'technology'],
]

/** The kind of a channel, guessed from its name (`@name`); without a hint it writes about everything. */
export function channelKind(channel: string): ChannelKind {
  const name = channel.slice(1).toLowerCase()
  return HINTS.find(([hint]) => hint.test(name))?.[1] ?? 'general'
}

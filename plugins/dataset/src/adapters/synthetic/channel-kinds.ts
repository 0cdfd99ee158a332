import {CITY} from './grammar/city.js'
import {COMMON} from './grammar/common.js'
import {COUNTED} from './grammar/counted.js'
import {CULTURE} from './grammar/culture.js'
import {ECONOMY} from './grammar/economy.js'
import {EDUCATION} from './grammar/education.js'
import {NAMES} from './grammar/names.js'
import {NATURE} from './grammar/nature.js'
import type {Pack} from './grammar/pack.js'
import {PROGRAMMING} from './grammar/programming.js'
import {SCIENCE} from './grammar/science.js'
import {SPACE} from './grammar/space.js'
import {SPORT} from './grammar/sport.js'
import {TECHNOLOGY} from './grammar/technology.js'
import {WEATHER} from './grammar/weather.js'
import {Vocabulary} from './vocabulary.js'

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
export const VOCABULARY = new Vocabulary([COMMON, PROGRAMMING, ...TOPICS.general], COUNTED, NAMES)

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

// A day at a time, for whoever writes digests daily: reading sources over some days, and writing one digest. Loads the writer and
// the validators: import it where the work begins.
export {openDaySources, type ChannelPosts, type DaySources} from './actions/day-sources.js'
export {openDayWriter, type DayWriter, type WrittenDay} from './actions/day-writer.js'
export type {SourcePost} from './domain/posts.js'
// Which posts tell the same, as the extractive writer sees it.
export {contentTerms, cosine, termVectors} from './text/term-vectors.js'

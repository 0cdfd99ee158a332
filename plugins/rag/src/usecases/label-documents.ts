import type {TextSpan} from '../retrieval/analyser.js'
import type {Change, Labelling} from './labelling.js'
import {type LabelWords, renderLabelScreen} from './label-screen.js'

/** A terminal that shows one picture at a time. */
export interface LabelTerminal {
  /** A key by its name or character; undefined when the size has changed. Ends when the terminal is gone. */
  keys: AsyncIterable<string | undefined>
  size: () => {columns: number; rows: number}
  draw: (lines: readonly string[]) => void
}

export interface LabelDeps {
  terminal: LabelTerminal
  /** Resolves when the change is on the disk. */
  save: (change: Change) => Promise<void>
  textOf: (document: string) => string
  matchesOf: (text: string, query: string) => readonly TextSpan[]
  words: LabelWords
  hasColour: boolean
}

export interface Labelled {
  /** Judgements made in this session, those taken back not counted. */
  made: number
  interrupted: boolean
}

/** Shows pair after pair and keeps each judgement before the next pair appears, until the user ends it. */
export async function labelDocuments(deps: LabelDeps, labelling: Labelling): Promise<Labelled> {
  const {terminal, words, hasColour, textOf, matchesOf} = deps
  const draw = (scrolled: number): number => {
    const {query, document} = labelling.pair
    const text = textOf(document)
    const look = {...terminal.size(), hasColour, words, scrolled}
    const picture = renderLabelScreen(labelling, {text, matches: matchesOf(text, query.text)}, look)
    terminal.draw(picture.lines)
    return picture.scrolled
  }
  let made = 0
  let scrolled = draw(0)
  for await (const key of terminal.keys) {
    const action = key === undefined ? undefined : labelAction(key)
    if (action?.kind === 'quit' || action?.kind === 'interrupt') return {made, interrupted: action.kind === 'interrupt'}
    const place = labelling.place
    const change = action && perform(labelling, action)
    if (change) await deps.save(change)
    made += change === undefined ? 0 : action?.kind === 'undo' ? -1 : 1
    const further = action?.kind === 'scroll' ? action.lines : 0
    scrolled = draw(labelling.place === place ? scrolled + further : 0)
  }
  return {made, interrupted: false}
}

function perform(labelling: Labelling, action: LabelAction): Change | undefined {
  switch (action.kind) {
    case 'grade':
      return labelling.grade(action.value)
    case 'undo':
      return labelling.undo()
    case 'skip':
      labelling.skip()
      return undefined
    case 'move':
      labelling.move(action.step)
      return undefined
    case 'moveQuery':
      labelling.moveQuery(action.step)
      return undefined
    default:
      return undefined
  }
}

type LabelAction =
  | {kind: 'grade'; value: number}
  | {kind: 'scroll'; lines: number}
  | {kind: 'move' | 'moveQuery'; step: 1 | -1}
  | {kind: 'undo' | 'skip' | 'quit' | 'interrupt'}

const ACTIONS: Readonly<Record<string, LabelAction>> = {
  left: {kind: 'move', step: -1},
  right: {kind: 'move', step: 1},
  up: {kind: 'scroll', lines: -1},
  down: {kind: 'scroll', lines: 1},
  n: {kind: 'moveQuery', step: 1},
  p: {kind: 'moveQuery', step: -1},
  u: {kind: 'undo'},
  s: {kind: 'skip'},
  q: {kind: 'quit'},
  '\u0003': {kind: 'interrupt'},
}

/** The same keys of a keyboard that is switched to Russian. */
const RUSSIAN_KEYS: Readonly<Record<string, string>> = {т: 'n', з: 'p', г: 'u', ы: 's', й: 'q'}

/** What a key means: a name (`left`) or the character it types; undefined for a key without a meaning. */
function labelAction(key: string): LabelAction | undefined {
  if (/^[0-3]$/u.test(key)) return {kind: 'grade', value: Number(key)}
  const lower = key.toLowerCase()
  return ACTIONS[RUSSIAN_KEYS[lower] ?? lower]
}

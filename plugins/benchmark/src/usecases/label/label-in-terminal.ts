import {actionOf, codeOfCharacter} from '../../domain/label/label-keys.js'
import type {LabelAnswer, LabelEvent} from '../../domain/label/label-event.js'
import type {LabelSession} from '../../domain/label/label-session.js'
import type {Rubric} from '../../domain/label/rubric.js'
import {renderSession, type ScreenPicture} from './session-screen.js'

/** A terminal that shows one picture at a time. */
export interface SessionTerminal {
  /** A key by its name or character; undefined when the size has changed. Ends when the terminal is gone. */
  keys: AsyncIterable<string | undefined>
  size: () => {columns: number; rows: number}
  draw: (lines: readonly string[]) => void
}

export interface SessionDeps {
  terminal: SessionTerminal
  /** Resolves when the line is on the disk. */
  append: (event: LabelEvent) => Promise<void>
  now: () => Date
  hasColour: boolean
  language: 'ru' | 'en'
  rubric: Rubric
}

export interface SessionEnd {
  /** Lines written in this session. */
  lines: number
  interrupted: boolean
}

const INTERRUPT = '\u0003'
const ENTER = new Set(['\r', '\n', 'return', 'enter'])
const BACKSPACE = new Set(['\u007F', '\b', 'backspace'])

/** Asks question after question; every answer is on the disk before the next one is shown. */
export async function labelInTerminal(deps: SessionDeps, session: LabelSession): Promise<SessionEnd> {
  const view = new SessionView(deps, session)
  const before = session.lines
  view.draw()
  for await (const key of deps.terminal.keys) {
    if (key === INTERRUPT) return {lines: session.lines - before, interrupted: true}
    if (key !== undefined && (await view.press(key)) === 'quit') break
    view.draw()
  }
  return {lines: session.lines - before, interrupted: false}
}

/** What the rater sees and has typed, beside what they answered. */
class SessionView {
  #picture: ScreenPicture = {lines: [], scrolled: 0, page: 1}
  #scrolled = 0
  #typed = ''
  #shownAt: Date

  constructor(
    private readonly deps: SessionDeps,
    private readonly session: LabelSession,
  ) {
    this.#shownAt = deps.now()
  }

  draw(): void {
    const {terminal, hasColour, language, rubric} = this.deps
    const look = {...terminal.size(), hasColour, language, rubric, scrolled: this.#scrolled, typed: this.#typed}
    this.#picture = renderSession(this.session, look)
    this.#scrolled = this.#picture.scrolled
    terminal.draw(this.#picture.lines)
  }

  async press(key: string): Promise<'quit' | undefined> {
    if (this.#scroll(key)) return undefined
    if (this.session.question?.kind === 'reason') return this.#type(key)
    const code = codeOfCharacter(key)
    if (code === 'KeyQ') return 'quit'
    const action = actionOf(code, this.session.question)
    if (action?.kind === 'undo') await this.#undo()
    else if (action) await this.#answer(action)
    return undefined
  }

  #scroll(key: string): boolean {
    const {page} = this.#picture
    const lines = {up: -1, down: 1, left: -page, right: page}[key]
    if (lines !== undefined) this.#scrolled += lines
    return lines !== undefined
  }

  async #type(key: string): Promise<undefined> {
    if (ENTER.has(key)) await this.#answer({kind: 'reason', text: this.#typed.trim()})
    else if (!BACKSPACE.has(key)) this.#typed += /^\P{C}+$/u.test(key) ? key : ''
    else if (this.#typed === '') await this.#undo()
    else this.#typed = this.#typed.replace(/.$/u, '')
  }

  async #answer(answer: LabelAnswer): Promise<void> {
    await this.#keep(this.session.answer(answer, this.#time()))
  }

  async #undo(): Promise<void> {
    await this.#keep(this.session.undo(this.#time()))
  }

  async #keep(event: LabelEvent | undefined): Promise<void> {
    if (!event) return
    await this.deps.append(event)
    this.session.keep(event)
    if (event.item !== this.session.showing?.item) this.#scrolled = 0
    this.#typed = ''
    this.#shownAt = this.deps.now()
  }

  #time(): {at: string; ms: number} {
    const now = this.deps.now()
    return {at: now.toISOString(), ms: now.getTime() - this.#shownAt.getTime()}
  }
}

import {render} from 'preact'
import {useEffect, useLayoutEffect, useRef, useState} from 'preact/hooks'

import type {LabelScreenState} from '../src/domain/label/label-screen-state.js'

// The page decides nothing: it shows what the server asks and sends it the keys, by their place on the keyboard.

async function request(path: string, body?: object): Promise<LabelScreenState> {
  const post = {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(body)}
  const response = await fetch(path, body && post)
  const answer = (await response.json()) as LabelScreenState & {message: string}
  if (!response.ok) throw new Error(answer.message)
  return answer
}

const KEYS = /^(?:Digit\d|Numpad\d|KeyU|KeyS)$/u

function Session() {
  const [state, setState] = useState<LabelScreenState>()
  const [problem, setProblem] = useState('')
  // Of the last answer, which keys are sent with before it is painted.
  const known = useRef(0)
  const shownAt = useRef(performance.now())
  const last = useRef(Promise.resolve())

  function show(answer: LabelScreenState): void {
    known.current = answer.lines
    shownAt.current = performance.now()
    setState(answer)
    setProblem('')
  }

  const fail = (error: unknown): void => setProblem(error instanceof Error ? error.message : String(error))

  /** One after the other: who types ahead loses no key. */
  async function send(key: {code: string} | {reason: string}): Promise<void> {
    const ask = (): Promise<LabelScreenState> =>
      request('/api/keys', {...key, ms: performance.now() - shownAt.current, lines: known.current})
    last.current = last.current.then(ask).then(show, fail)
    await last.current
  }

  useEffect(() => {
    request('/api/state').then(show, fail)
  }, [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLInputElement
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !KEYS.test(event.code)) return
      event.preventDefault()
      void send({code: event.code})
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  if (!state) return <p class="wait">{problem}</p>
  return (
    <>
      <header class="top">
        <progress max={state.total} value={state.done} aria-label={state.progress} />
        <span data-lines={state.lines}>{state.progress}</span>
        <span role="alert">{problem}</span>
      </header>
      <Texts key={state.done} state={state} />
      <Asked state={state} send={send} />
    </>
  )
}

function Texts({state: {texts, posts, words}}: {state: LabelScreenState}) {
  return (
    <main>
      {texts.map(({title, text}) => (
        // Without a tab stop a keyboard could not scroll it.
        <section key={title} tabIndex={0} aria-label={title}>
          <h2>{title}</h2>
          <p>{text}</p>
        </section>
      ))}
      {posts.length > 0 && (
        <section tabIndex={0} aria-label={words.posts}>
          <h2>{words.posts}</h2>
          {posts.map((post, i) => (
            <p key={i}>{post}</p>
          ))}
        </section>
      )}
    </main>
  )
}

interface AskedProps {
  state: LabelScreenState
  send: (key: {code: string} | {reason: string}) => Promise<void>
}

function Asked({state: {question, words, lines}, send}: AskedProps) {
  return (
    <footer aria-live="polite">
      <h1>{question?.title ?? words.allDone}</h1>
      {question?.typed === true ? (
        <Reason key={lines} title={question.title} send={send} />
      ) : (
        <div class="options">
          {(question?.options ?? []).map(option => (
            <button type="button" key={option} onClick={() => void send({code: `Digit${option.charAt(0)}`})}>
              {option}
            </button>
          ))}
        </div>
      )}
      <small>{question?.typed === true ? words.reasonKeys : words.webKeys}</small>
    </footer>
  )
}

function Reason({title, send}: {title: string; send: AskedProps['send']}) {
  const field = useRef<HTMLInputElement>(null)
  // Before it is painted: the first letters may already be typed.
  useLayoutEffect(() => field.current?.focus(), [])
  const onKey = (event: KeyboardEvent): void => {
    const text = field.current?.value ?? ''
    if (event.key === 'Enter' && !event.isComposing) void send({reason: text})
    if (event.key === 'Backspace' && text === '') void send({code: 'KeyU'})
  }
  return <input ref={field} type="text" maxLength={2000} aria-label={title} onKeyDown={onKey} />
}

document.documentElement.dataset['theme'] = 'auto'
const root = document.querySelector('#page')
if (root) render(<Session />, root)

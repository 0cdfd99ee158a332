/** What is simulated; times are in seconds. */
export interface QueueModel {
  samples: number
  workers: number
  /** Questions at once, of each worker. */
  concurrency: number
  /** Answers a second that the model server gives. */
  rate: number
  /** The least time that an answer takes. */
  latencySeconds: number
  /** What queue, run and worker add to each. */
  overheadSeconds: number
  /** Between two kills of two workers each; nobody is killed without. */
  killEvery?: number
}

export interface Simulated {
  seconds: number
  /** Questions that were asked again because their worker died. */
  repeated: number
}

/** A dead worker's questions are given to others after its hold has ended and a check has found that: 6 s, and one to two checks of 2 s. */
const HOLD_SECONDS = 6
const CHECK_SECONDS = 3
/** A new worker in a dead one's place. */
const START_SECONDS = 1
/** Requests at once that a process begins with; one more after each round of answers. */
const FIRST_LIMIT = 4

interface Worker {
  running: Set<Question>
  limit: number
}

interface Question {
  worker: Worker
  isDead: boolean
}

/** A run in discrete events: questions wait, a free worker takes one, the server answers in line at its rate, workers die. */
export function simulate(model: QueueModel): Simulated {
  const {samples, concurrency, rate, latencySeconds, overheadSeconds, killEvery} = model
  const events = new EventQueue()
  const idle: Worker[] = Array.from({length: model.workers}, () => newWorker(concurrency))
  const state = {waiting: samples, done: 0, repeated: 0, nextSlot: 0}
  const hasRoom = ({running, limit}: Worker): boolean =>
    state.waiting > 0 && running.size < Math.min(concurrency, Math.floor(limit))

  // Whoever has least to do is asked first, of equals the newest: the oldest is the next to die, and in step with that a question never ends.
  const take = (): void => {
    for (let free = idlest(idle, hasRoom); free !== undefined; free = idlest(idle, hasRoom)) ask(free)
  }
  const ask = (worker: Worker): void => {
    state.waiting -= 1
    const question = {worker, isDead: false}
    worker.running.add(question)
    state.nextSlot = Math.max(events.now, state.nextSlot) + 1 / rate
    events.at(Math.max(events.now + latencySeconds, state.nextSlot) + overheadSeconds, () => answer(question))
  }
  const answer = (question: Question): void => {
    if (question.isDead) return
    const {worker} = question
    worker.running.delete(question)
    worker.limit += 1 / worker.limit
    state.done += 1
    take()
  }
  const kill = (every: number): void => {
    for (const victim of idle.splice(0, 2)) {
      for (const question of victim.running) question.isDead = true
      const lost = victim.running.size
      state.repeated += lost
      events.at(events.now + HOLD_SECONDS + CHECK_SECONDS, () => {
        state.waiting += lost
        take()
      })
      events.at(events.now + START_SECONDS, () => {
        idle.push(newWorker(concurrency))
        take()
      })
    }
    events.at(events.now + every, () => kill(every))
  }

  if (killEvery !== undefined) events.at(killEvery, () => kill(killEvery))
  take()
  const isOver = (): boolean => state.done >= samples
  while (!isOver()) events.next()
  return {seconds: Number(events.now.toFixed(2)), repeated: state.repeated}
}

function idlest(workers: readonly Worker[], hasRoom: (worker: Worker) => boolean): Worker | undefined {
  let found: Worker | undefined
  for (const worker of workers)
    if (hasRoom(worker) && (found === undefined || worker.running.size <= found.running.size)) found = worker
  return found
}

function newWorker(concurrency: number): Worker {
  return {running: new Set(), limit: Math.min(FIRST_LIMIT, concurrency)}
}

/** A binary heap of what is to happen, by its time. */
class EventQueue {
  now = 0
  readonly #heap: {time: number; happen: () => void}[] = []

  at(time: number, happen: () => void): void {
    const heap = this.#heap
    let index = heap.push({time, happen}) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#isEarlier(index, parent)) return
      this.#swap(index, parent)
      index = parent
    }
  }

  next(): void {
    const heap = this.#heap
    const [first] = heap
    const last = heap.pop()
    if (first === undefined || last === undefined) throw new Error('nothing is to happen any more')
    if (heap.length > 0) {
      heap[0] = last
      this.#sink()
    }
    this.now = first.time
    first.happen()
  }

  #sink(): void {
    for (let index = 0; ;) {
      let least = index
      for (const child of [2 * index + 1, 2 * index + 2])
        if (child < this.#heap.length && this.#isEarlier(child, least)) least = child
      if (least === index) return
      this.#swap(index, least)
      index = least
    }
  }

  #isEarlier(a: number, b: number): boolean {
    return (this.#heap[a]?.time ?? Infinity) < (this.#heap[b]?.time ?? Infinity)
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap
    const [one, other] = [heap[a], heap[b]]
    if (one && other) [heap[a], heap[b]] = [other, one]
  }
}

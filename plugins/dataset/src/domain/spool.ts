/** Where a value lies in the spool. */
export interface Spooled<T> {
  at: number
  bytes: number
  /** Never there: whoever has the place knows what it gets. */
  value?: T
}

/** Holds what a step leaves for the next, posts and built days, so that memory need not. */
export interface Spool {
  put<T>(value: T): Spooled<T>
  get<T>(place: Spooled<T>): T
}

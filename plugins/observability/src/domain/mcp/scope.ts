/** What a caller may do, each with all before it: ask; run commands that write; change what only its owner may. */
export const SCOPES = ['read', 'write', 'owner'] as const
export type Scope = (typeof SCOPES)[number]

export interface ScopedToken {
  scope: Scope
  token: string
}

export function isScope(word: string): word is Scope {
  return SCOPES.some(scope => scope === word)
}

/** Whether a caller of this scope may use what needs that one. */
export function allows(scope: Scope, needed: Scope): boolean {
  return SCOPES.indexOf(scope) >= SCOPES.indexOf(needed)
}

/** The lower of the two: neither a server nor a token alone gives more than the other. */
export function lower(a: Scope, b: Scope): Scope {
  return allows(a, b) ? b : a
}

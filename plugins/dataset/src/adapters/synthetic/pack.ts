/** A short news item: templates of its headline and sentences, which share one cast of places, things and numbers. */
export interface Story {
  title: string
  body: readonly string[]
}

/**
 * A topic's stories with the words they need. Template syntax:
 *
 * - `[а|б|в]` one of the alternatives, also nested; `[а|]` perhaps
 * - `{объект:р}` a word of the lexicon «объект» in a form, `{объект:рм}` in the plural; the same name later means the same
 *   word, `объект2` another of the same lexicon
 * - `{новый~объект:р}` an adjective that agrees with it; `{открылся~объект}` a predicate that agrees with it
 * - `{n=10-90}` a number, `{n=10-90/5}` in steps, `{n}` the same again, `{n#автобус}` with its noun, `{n#автобус:р}` in the genitive
 * - `{бренд}` an invented name, never declined
 * - `{@источник}` one of the rule's alternatives
 */
export interface Pack {
  /** Lexicon name to lines for `parseLexicon`. */
  lexicons: Readonly<Record<string, string>>
  rules: Readonly<Record<string, readonly string[]>>
  stories: readonly Story[]
}

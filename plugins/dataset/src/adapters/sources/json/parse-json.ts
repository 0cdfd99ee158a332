/** JSON.parse, or a parser that also takes what a known program writes wrongly; throws a SyntaxError. */
export type ParseJson = (text: string) => unknown

// What scripts/house.js lets pass, each with the reason.

/** Files and exports that no command reaches, as `file` or `file name`. */
export const REACHED_OTHERWISE = {
  'plugins/dataset/src/usecases/document-schemas.ts': 'scripts/compile-judges.js compiles the schemas at build time',
  'plugins/rag/src/retrieval/index-documents.ts indexDocuments':
    'indexes in one go, for the benchmarks in bench/; the command indexes in turns',
}

/** Exported by two of host, packages and plugins under one name. */
export const EQUAL_NAMES = {
  english: 'the words that each part says, in English',
  russian: 'the same in Russian',
  words: 'the words of a text, and those that a part says',
  runFlags: 'the flags of each plugin’s own command run',
  verifyFlags: 'the flags of each plugin’s own command verify',
}

/** Functions and types that are equal to another one. */
export const EQUAL_DEFINITIONS = {
  SessionTerminal: 'what two screens of two plugins ask of a terminal; they share no package for terminals',
  sum: 'a fold over a callback, in plugins that share no package for it',
}

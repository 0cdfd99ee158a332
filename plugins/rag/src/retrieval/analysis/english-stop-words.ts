/** Function words of English: articles, pronouns, prepositions, conjunctions, auxiliary verbs. */
export const ENGLISH_STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the i me my we us our ours you your yours he him his she her hers it its they them their theirs this that these those ' +
    'who whom whose which what when where why how am is are was were be been being have has had having do does did doing ' +
    'can could may might must shall should will would not no nor and or but if then than as at by for from in into of off on ' +
    'onto out over to up down with within without about above after again against all also any before below between both ' +
    'during each few further here more most once only other own same so some such there through too under until very while'
  ).split(' '),
)

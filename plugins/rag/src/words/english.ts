import {countOf} from '@ep23/sdk'

/** What the commands of rag say, in English. */
export const english = {
  noCandidates: '--no-titles leaves no source of candidates',
  nameModel: 'name a model: --model MODEL',
  modelBlank: '--model is blank',
  nameServerModel: 'name a model of the server at LLM_URL',
  storeHasNoPosts: ({location}: {location: string}) => `the store ${location} has no posts`,
  fillStore: 'fill the store: ep23 dataset:seed',
  noTitledPosts: ({location}: {location: string}) =>
    `the store ${location} has no post with a title or a short first sentence`,
  noUsableQuery: ({posts, unusable}: {posts: number; unusable: string}) =>
    `no usable query in the answers about ${posts} posts: ${unusable}`,
  haveModelWrite: 'have a model write queries: --model MODEL',
  strongerModel: 'try a stronger model: --model MODEL',
  ownerNotSet: 'the owner is not changed by set',
  canaryNotSet: 'a canary is not changed by set',
  seeCanaryHelp: 'see ep23 rag:promote --help: --canary',
  noVersionBefore: 'there is no version before the one in force to go back to',
  chooseVersion: 'choose one by its number: ep23 rag:config:history',
  noVersionYet: ({path}: {path: string}) => `${path} has no version yet`,
  becomeOwner: 'become the owner: ep23 rag:owner:init',
  noVersion: ({version, path, last}: {version: number; path: string; last: number}) =>
    `there is no version ${version}: ${path} has 1 to ${last}`,
  seeHistory: 'see ep23 rag:config:history',
  embeddingsBlank: '--embeddings-model is blank',
  nameModelOrOff: 'name a model of the server, or "off"',
  fusionUseless: '--fusion changes nothing while posts are searched by words alone',
  nameEmbeddingsModel: 'name a model: --embeddings-model MODEL',
  judgementsKept: ({made, qrels}: {made: number; qrels: string}) =>
    `the ${made} judgements of this session are in ${qrels}; the same command goes on`,
  labellingNeedsTerminal: 'labelling needs a terminal: keys are read one by one and the screen is drawn',
  runInTerminal: 'run it in a terminal, without pipes at its input and its errors',
  writeJudgements: 'or write judgements with an editor, a line each: query 0 document relevance',
  nothingFound: ({queries}: {queries: string}) => `nothing is found for any query of ${queries}`,
  checkQueries: 'check that the queries are about this corpus and in its language: --corpus, --language',
  notInQrels: ({what, id}: {what: string; id: string}) => `the ${what} ${id} cannot be written to TREC judgements`,
  idsWithoutSpaces: 'give queries and documents ids without white space',
  noIdInJudgements: 'no query id appears in the judgements',
  checkFilesBelong: 'check that both files belong together',
  relevantMissing: ({
    missing,
    judged,
    source,
    percent,
  }: {
    missing: number
    judged: number
    source: string
    percent: number
  }) =>
    `${missing} of ${judged} relevant documents are not in the corpus ${source} (at most ${percent} % may be missing): the measures would be those of another corpus`,
  checkCorpusBelongs: 'check that judgements and corpus belong together: a post of the store is <channel>/<post_id>',
  allowMissing: 'or allow more with --max-missing',
  squadBrings: '--squad brings queries, judgements and corpus itself',
  leaveOutOthers: 'leave out --queries, --qrels and --corpus',
  nothingToEvaluate: 'nothing to evaluate: pass --queries and --qrels',
  giveFiles: 'give --queries FILE and --qrels FILE, or --squad FILE',
  neededTogether: ({missing}: {missing: string}) =>
    `${missing} is missing: queries and their judgements are needed together`,
  giveFile: ({missing}: {missing: string}) => `give ${missing} FILE`,
  withoutJudgements: 'without judgements yet: ep23 rag:label --queries FILE --qrels FILE',
  nothingToSearch: ({source}: {source: string}) => `${source} has no documents to search`,
  orNameCorpus: 'or name a corpus: --corpus DIR',
  keyBlank: '--key (or EP23_RAG_OWNER_KEY) is blank',
  nameFileOrLeave: 'name a file, or leave it out',
  seeDifference: 'see what differs: ep23 rag:config:verify',
  bringBackSigned: ({version}: {version: number}) =>
    `bring back what was signed: ep23 rag:rollback ${version} --why REASON`,
  bringBackHistory: 'bring the history back as it was committed, then run the command again',
  outputIsFolder: ({path}: {path: string}) => `--output ${path} is a folder`,
  nameFileAs: ({file}: {file: string}) => `name a file: --output ${file}`,
  notTemperature: ({name, text}: {name: string; text: string}) =>
    `${name} is "${text}", but a temperature is a number from 0 to 2`,
  unsetName: ({name}: {name: string}) => `unset ${name}`,
  outputBlank: '--output names no folder',
  nameOneOrLeave: 'name one, or leave it out',
  trainShare: ({share, purpose}: {share: number; purpose: string}) =>
    `--train-share ${share} leaves no queries to ${purpose}`,
  toChooseOn: 'choose on',
  shareBetween: 'take a share between 0 and 1, such as 0.5',
  cannotSplit: ({queries}: {queries: number}) => `${queries} judged queries cannot be split into training and test`,
  labelMore: 'label at least four; a gain that can be told from chance needs dozens',
  noCorpus: ({file}: {file: string}) => `there is no corpus ${file}`,
  corpusTakes: '--corpus takes a BEIR corpus.jsonl, the folder with it, or "store" for the posts of the stored digests',
  pathHasNo: ({path, what}: {path: string; what: string}) => `${path} has no ${what}`,
  shouldHold: ({path, what, problem}: {path: string; what: string; problem: string}) =>
    `${path} should hold ${what}, and cannot be read: ${problem}`,
  checkRightFile: 'check that this is the right file',
  beirForm: ({path}: {path: string}) => `${path} holds judgements in BEIR's form, and labels are written in TREC's`,
  nameOtherQrels: 'name another file: --qrels FILE',
  flagBlank: ({flag}: {flag: string}) => `${flag} is blank`,
  nameFile: ({flag}: {flag: string}) => `name a file: ${flag} FILE`,
  flagIsFolder: ({flag, path}: {flag: string; path: string}) => `${flag} ${path} is a folder`,
  nameFileIn: ({flag}: {flag: string}) => `name a file in it: ${flag} FILE`,
  parentNotFolder: ({flag, path, parent}: {flag: string; path: string; parent: string}) =>
    `${flag} ${path}: ${parent} is not a folder`,
  nameFileInFolder: ({flag}: {flag: string}) => `name a file in a folder: ${flag} FILE`,
  noConfig: ({path}: {path: string}) => `there is no retrieval configuration ${path}`,
  runInProject: 'run in the folder of the project, or name the file: --rag-config FILE',
  readsOtherwise: ({path}: {path: string}) => `${path} reads back otherwise than it was written`,
  writtenByOther: 'somebody else may have written it at the same moment: see ep23 rag:config:verify',
  configBusy: ({config}: {config: string}) =>
    `another ep23 process is changing ${config} at this moment; nothing was written here`,
  seeWhatItDid: 'see what it did: ep23 rag:config:history',
  thenRunAgain: 'then run the command again',
  pathUnreadable: ({path, problem}: {path: string; problem: string}) => `${path} cannot be read: ${problem}`,
  notHistoryLine: ({problem}: {problem: string}) => `the line is not an entry of the history: ${problem}`,
  bringBackFile: 'bring the file back from the repository',
  keyIsFolder: ({path}: {path: string}) => `${path} is a folder, but the key is kept in a file`,
  forExample: ({file}: {file: string}) => `for example: --key ${file}`,
  keyExists: ({path}: {path: string}) => `${path} already exists; a key is never replaced`,
  nameOtherKey: 'name another file with --key',
  seeOwner: 'see whose it is: ep23 rag:owner:show',
  ownerNamesKey: 'the owner names the key with --key FILE or EP23_RAG_OWNER_KEY',
  notPrivateKey: ({path, problem}: {path: string; problem: string}) =>
    `${path} is not an Ed25519 private key: ${problem}`,
  makeKey: 'make one: ep23 rag:owner:init',
  keyInRepository: ({path, repository}: {path: string; repository: string}) =>
    `${path} is inside the repository ${repository}: a private key does not belong there`,
  keepKeyOutside: 'leave out --key to keep it in ep23’s own data folder, or name a file outside',
  seenUnreadable: ({file, problem}: {file: string; problem: string}) => `${file} cannot be read: ${problem}`,
  askFingerprint: 'ask the owner for the fingerprint (rag:owner:show), remove the file, and give it once with --owner',
  noTuningRun: 'there is no finished tuning run yet',
  startTuning: 'start one: ep23 rag:tune --help',
  noSuchTuning: ({run}: {run: string}) => `there is no finished tuning run ${run}`,
  nameTuningFolder: 'name the folder that rag:tune printed',
  tuningInterrupted: ({begun}: {begun: string}) => `the tuning run ${begun} was interrupted: it has no result yet`,
  sameTuneCommand: 'give the same rag:tune command again: what was measured is kept',
  notTuningResult: ({file, problem}: {file: string; problem: string}) =>
    `${file} is not a result of rag:tune: ${problem}`,
  tuneAgain: 'run rag:tune again with the same --output: what was measured is kept',
  otherTrials: ({folder}: {folder: string}) =>
    `${folder} holds the trials of another space, configuration, corpus or seed`,
  nameOtherFolder: 'name another folder: --output DIR',
  fileNotFolder: ({folder}: {folder: string}) => `${folder} is a file, not a folder`,
  formWouldChange: ({path, file}: {path: string; file: string}) =>
    `${path} could not be set in ${file} without changing its form`,
  changeByHand: 'change it by hand, then run: ep23 rag:config:validate',
  noKey: ({path}: {path: string}) => `there is no key ${path}`,
  seeConfig: 'see ep23 rag:config:show',
  didYouMean: ({similar}: {similar: string}) => `did you mean ${similar}?`,
  keyMustBe: ({path, expected, value}: {path: string; expected: string; value: string}) =>
    `${path} must be ${expected}, not ${value}`,
  canaryForm: ({file}: {file: string}) => `the canary could not be written to ${file} without changing its form`,
  changeSection: ({section}: {section: string}) =>
    `change the section ${section} by hand, then run: ep23 rag:config:validate`,
  whyEmpty: '--why is empty: the history keeps a reason',
  whyExample: "for example: --why 'recall was too low'",
  expectedTemperature: ({input}: {input: string}) => `expected a temperature from 0 to 2 but received: ${input}`,
  beirColumns: ({found}: {found: number}) => `a line of BEIR qrels has 3 columns, this one has ${found}`,
  beirColumnsAre: 'columns are: query-id corpus-id score, separated by tabs',
  idTwice: ({id}: {id: string}) => `the _id ${id} occurs twice`,
  idNotString: '_id is not a string with something in it',
  textNotString: ({id}: {id: string}) => `text of ${id} is not a string`,
  titleNotString: ({id}: {id: string}) => `title of ${id} is not a string`,
  lineNotObject: 'the line is not a JSON object',
  lineNotJson: ({problem}: {problem: string}) => `the line is not JSON: ${problem}`,
  lineNeither: 'the line is neither JSON nor an id and a text with a tab between them',
  queriesAre: 'queries are {"_id", "text"} or id<TAB>text, one a line',
  queryIdTwice: ({id}: {id: string}) => `the query id ${id} occurs twice`,
  notMeasure: ({notation}: {notation: string}) => `"${notation}" is not a retrieval measure`,
  measuresAre: ({measures}: {measures: string}) =>
    `measures: ${measures}; written as nDCG@10, P(rel=2)@5, RR, RBP(p=0.9)`,
  needsCutoff: ({notation, name}: {notation: string; name: string}) =>
    `"${notation}" needs a cut-off, for example ${name}@10`,
  cutoffWhole: ({notation}: {notation: string}) => `"${notation}": the cut-off is a whole number from 1`,
  measureHas: ({notation, name, allowed, key}: {notation: string; name: string; allowed: string; key: string}) =>
    `"${notation}": ${name} has ${allowed}, not "${key}"`,
  relWhole: ({notation, value}: {notation: string; value: string}) =>
    `"${notation}": rel is a whole number, not "${value}"`,
  pBetween: ({notation, value}: {notation: string; value: string}) =>
    `"${notation}": p is a number between 0 and 1, not "${value}"`,
  dcgIs: ({notation, forms, value}: {notation: string; forms: string; value: string}) =>
    `"${notation}": dcg is one of ${forms}, not "${value}"`,
  squadIs: 'a SQuAD-like file is {"data": [{"paragraphs": [{"context", "qas": [{"id", "question"}]}]}]}',
  trecColumns: ({found}: {found: number}) => `a line of TREC qrels has 4 columns, this one has ${found}`,
  trecColumnsAre: 'columns are: query iteration document relevance, separated by spaces or tabs',
  relevanceWhole: ({relevance}: {relevance: string}) => `the relevance "${relevance}" is not a whole number`,
  judgedTwice: ({document, query}: {document: string; query: string}) =>
    `document ${document} is judged twice for query ${query}`,
  notInTrec: ({what, name}: {what: string; name: string}) => `the ${what} ${name} cannot be written to a TREC run`,
  trecIds: 'ids in a TREC run are not empty and have no white space',
  otherAnalyser: ({signature, own}: {signature: string; own: string}) =>
    `the index was made with the analyser ${signature}, this program has ${own}`,
  buildAgain: 'build the index again',
  embedAgain: 'compute all embeddings again with the same model',
  documentIdTwice: ({id}: {id: string}) => `the document id ${id} occurs twice`,
  idOfItsOwn: 'each document needs an id of its own: remove the repeated one',
  otherDimensions: ({model, first, other}: {model: string; first: number; other: number}) =>
    `${model} has given vectors of ${first} and of ${other} dimensions: it is not the same model any more`,
  askAllAgain: 'ask for all of them again: --fresh-embeddings',
  notFingerprint: ({owner}: {owner: string}) => `"${owner}" is not the fingerprint of an owner`,
  takeFingerprint: 'take what rag:owner:show prints: SHA256:…',
  toTest: `test`,
  atLine: ({file, line, reason}: {file: string; line: number; reason: string}) => `${file}:${line}: ${reason}`,

  candidatesMade: ({candidates, posts, path}: {candidates: number; posts: number; path: string}) =>
    `${candidates} query candidates of ${posts} posts: ${path}`,
  candidatesFrom: ({
    titles,
    candidates,
    model,
    asked,
    repaired,
    unusable,
    duplicates,
  }: {
    titles: number
    candidates: number
    model: string
    asked: number
    repaired: number
    unusable: string
    duplicates: number
  }) =>
    `${titles} from titles, ${candidates} by ${model}, asked about ${asked} posts (${repaired} asked twice; left out: ${unusable}, ${duplicates} duplicates)`,
  judgeAnswers: 'judge what answers them: ep23 rag:label --queries FILE --qrels FILE',
  alreadyIs: ({name, value}: {name: string; value: string}) => `${name} is ${value} already: nothing was written`,
  notLastKey: 'this is not the key that signed the last version',
  noValueChanged: '  no value changed',
  noValueDiffers: 'no value differs',
  repliesUnusable: ({unusable, asked}: {unusable: number; asked: number}) =>
    `${unusable} of ${asked} replies of the reranker could not be used: those queries kept the order of the first stage, so the means mix both`,
  theStore: ({location}: {location: string}) => `the store ${location}`,
  noOwnerYet: ({path}: {path: string}) => `${path} has no owner yet, so nobody may change it`,
  notOwnersKey: ({keyPath, path}: {keyPath: string; path: string}) =>
    `the key ${keyPath} is not the key of the owner that ${path} names`,
  hasOwner: ({file}: {file: string}) => `${file} has an owner already; only the owner's key changes it`,
  wasOwned: ({path, owner}: {path: string; owner: string}) =>
    `${path} was owned by ${owner} when it was last seen here, and now has neither owner nor history`,
  bringBothBack: 'bring the file and its history back from the repository',
  privateKey: ({key_file}: {key_file: string}) =>
    `private key ${key_file} (only you can read it: keep a copy in a safe place)`,
  publicKeyWritten: ({publicKey, config}: {publicKey: string; config: string}) =>
    `public key  ${publicKey}, written to ${config}`,
  fingerprint: ({fingerprint}: {fingerprint: string}) =>
    `fingerprint ${fingerprint} (for those who verify: rag:config:verify --owner)`,
  commitBoth: 'commit the configuration and its history together',
  hasNoOwner: ({config}: {config: string}) => `${config} has no owner yet: ep23 rag:owner:init`,
  isYours: 'it is yours',
  isNotYours: 'it is not yours',
  ownedBy: ({config, public_key}: {config: string; public_key: string}) => `${config} is owned by ${public_key}`,
  theKey: ({key_file, whose}: {key_file: string; whose: string}) => `the key ${key_file}: ${whose}`,
  noSuchKey: ({key_file}: {key_file: string}) => `there is no key ${key_file}`,
  usersGet: ({canary}: {canary: number}) => `; ${canary} % of the users get the setting`,
  giveToAll: ({run}: {run: string}) => `give it to everybody: ep23 rag:promote ${run} --why REASON`,
  takeBack: 'take it back: ep23 rag:rollback --why REASON',
  upToDate: ({path}: {path: string}) => `${path} is already up to date: nothing was written`,
  notPromoted: 'not promoted, nothing was written:',
  doesNotCount: ({flag, findings}: {flag: string; findings: string}) => `${flag} does not count: ${findings}`,
  signedVersion: ({path, version}: {path: string; version: number}) =>
    `${path}, version ${version}, signed by its owner`,
  notSignedByOwner: ({path}: {path: string}) => `${path}, not signed by an owner`,
  usersGetInstead: ({percent}: {percent: number}) => `${percent} % of the users get instead:`,
  putQueries: 'put them there as {"_id", "text"} or id<TAB>text, one a line',
  makeJudgements: 'make them: ep23 rag:label --queries FILE --qrels FILE',
  crossEncoderNeeds: 'the cross_encoder reranker needs it',
  embeddingsNeed: 'embeddings need it',
  modelQueriesNeed: 'queries by a model need it',
  llmRerankerNeeds: 'the llm reranker needs it',
  ownersKeyIs: ({path, state}: {path: string; state: string}) =>
    `only the owner of the retrieval configuration may change it, and the owner's key ${path} is ${state}`,
  keyOpen: ({path, mode}: {path: string; mode: string}) =>
    `the key ${path} is open to others (mode ${mode}), so it proves nothing`,
  closeKey: ({path}: {path: string}) => `close it: chmod 600 ${path}`,
  nothingSigned: 'nothing was signed yet: ep23 rag:owner:init',
  allKnown: ({path, keys}: {path: string; keys: number}) => `${path}: ${keys} keys, all known and within their bounds`,
  asSigned: ({path, version, owner}: {path: string; version: number; owner: string}) =>
    `✔ ${path} is as its owner signed it, version ${version}, owner ${owner}`,
  judgementsMade: ({made, judged, pairs, path}: {made: number; judged: number; pairs: number; path: string}) =>
    `${made} judgements made, ${judged} of ${pairs} pairs judged: ${path}`,
  sameCommandGoesOn: 'the same command goes on with the others',
  nowEvaluate: 'now: ep23 rag:evaluate --queries FILE --qrels FILE',
  wholePercent: 'a whole number from 1 to 99',
  wholeWithin: ({min, max}: {min: number; max: number}) => `a whole number from ${min} to ${max}`,
  numberWithin: ({min, max}: {min: number; max: number}) => `a number from ${min} to ${max}`,
  someText: 'a text with something in it',
  trueOrFalse: 'true or false',
  orNull: ({expected}: {expected: string}) => `${expected}, or null`,
  oneOf: ({names}: {names: string}) => `one of ${names}`,
  anyText: 'a text, which may be empty',
  publicKeyText: 'an Ed25519 public key (SPKI, DER) in Base64',
  nameOrWhole: 'a name of up to 40 letters, digits, dots and dashes, or a whole number from 3',
  fixThere: 'fix the file at that place',
  mustHoldSections: 'the file must hold the sections of the configuration',
  mergeMarker: ({marker}: {marker: string}) => `a marker of an unfinished merge: ${marker}`,
  settleConflict: 'settle the merge conflict, then run the command again',
  mergeKeyTakes: 'a merge key takes the anchor of a section',
  mustHoldKeys: ({path}: {path: string}) => `${path} must hold keys with values`,
  noPercent: ({section}: {section: string}) => `${section} has no percent`,
  valueMustBe: ({path, value, expected}: {path: string; value: string; expected: string}) =>
    `${path} is ${value}, but must be ${expected}`,
  twoReadings: ({path, written, reading}: {path: string; written: string; reading: string}) =>
    `${path} is ${written}, which YAML 1.1 reads as ${reading}`,
  unknownKey: ({path}: {path: string}) => `unknown key ${path}`,
  takeOut: 'take it out: nothing reads it',
  listOrSection: 'a list or section',
  ofOwner: 'it is switched by the owner, not tuned',
  saysOwner: 'it says who owns the file',
  noRanking: 'it changes no ranking',
  repeatsMoveSeed: 'repeats move the seed themselves',
  isLabel: 'it is a label',
  isBar: 'it is the bar that tuning is held to',
  spaceHolds: 'a space holds keys with the values to try',
  spaceExample: 'for example: retrieval.bm25.k1: [0.9, 1.2]',
  idleKnob: ({path}: {path: string}) => `${path} changes nothing while posts are searched by words alone`,
  addEmbeddings: ({model}: {model: string}) => `add embeddings to the space: ${model}: [null, MODEL]`,
  notTuned: ({path, reason}: {path: string; reason: string}) => `${path} is not tuned: ${reason}`,
  needsValues: ({path}: {path: string}) => `${path} needs a list of values, or {min, max, steps}`,
  cannotBe: ({path, value, expected}: {path: string; value: string; expected: string}) =>
    `${path} cannot be ${value}, it must be ${expected}`,
  noParameters: 'no parameters',
  theParameters: ({parameters}: {parameters: string}) => `the parameters ${parameters}`,
  isNot: ({path, expected}: {path: string; expected: string}) => `${path} is not ${expected}`,
  questionTwice: ({path, id}: {path: string; id: string}) => `${path}: the question id ${id} occurs twice`,
  notJson: ({problem}: {problem: string}) => `not JSON: ${problem}`,
  theFile: 'the file',
  anObject: 'an object',
  anArray: 'an array',
  queryId: 'query id',
  documentId: 'document id',
  embeddingOf: ({id}: {id: string}) => `the embedding of ${id}`,
  queryEmbedding: 'the embedding of the query',
  otherLength: ({what, length, others}: {what: string; length: number; others: number}) =>
    `${what} has ${length} dimensions, the others have ${others}`,
  notFinite: ({what}: {what: string}) => `${what} holds a number that is not finite`,
  allZeros: ({what}: {what: string}) => `${what} is all zeros: it has no direction`,
  tooFewSections: ({name}: {name: string}) => `${name} has too few sections`,
  notIndex: ({name}: {name: string}) => `${name} is not a BM25 index of ep23`,
  cutShort: ({name}: {name: string}) => `${name} is cut short`,
  otherIndexVersion: ({name, version, own}: {name: string; version: number; own: number}) =>
    `${name} has index version ${version}, this program reads version ${own}`,
  checksumDiffers: ({name}: {name: string}) => `${name} is damaged: its checksum does not fit`,
  documentsOf: ({documents, source, saved}: {documents: number; source: string; saved: string}) =>
    `${documents} documents of ${source}${saved}`,
  tied: ({documents, queries}: {documents: string; queries: string}) =>
    `tied documents ${documents}, queries with ties ${queries}`,
  millisecondsOf: ({milliseconds}: {milliseconds: string}) => `${milliseconds} ms`,
  ownerTakesOver: 'the owner takes the configuration over',
  changedBy: ({action, who, key, why}: {action: string; who: string; key: string; why: string}) =>
    `${action} by ${who}, key …${key}: ${why}`,
  latencyOf: ({p50, p90, note}: {p50: string; p90: string; note: string}) =>
    `latency of a query: p50 ${p50}, p90 ${p90}${note}`,
  runWritten: ({file}: {file: string}) => `run written to ${file}`,
  noneWithOne: 'none with one query',
  relevantGaps: ({missing}: {missing: number}) =>
    `${countOf(missing, 'relevant document is', 'relevant documents are')} not in the corpus: recall cannot reach 1`,
  textlessQueries: ({textless}: {textless: number}) =>
    textless === 1
      ? '1 judged query has no text in the file of queries: it counts as 0'
      : `${textless} judged queries have no text in the file of queries: they count as 0`,
  queriesLeftOut: ({queries}: {queries: number}) => `${queries} queries without judgements were left out`,
  fallbackReplies: ({total, asked, reasons}: {total: number; asked: number; reasons: string}) =>
    `${total} of ${asked} replies of the reranker unusable (${reasons})`,
  needsThreeRuns: 'unmeasured: it needs 3 runs',
  ratioNeeds: 'unmeasured: needs two queries with two documents each, scored in three runs, and scores that differ',
  repeatability: ({rbo, tau}: {rbo: string; tau: string}) => `repeatability: RBO ${rbo}, tau-b ${tau}`,
  varianceRatio: ({ratio}: {ratio: string}) => `variance ratio ${ratio}`,
  eachQuery: 'each query',
  lowestQueries: ({queries, measure}: {queries: number; measure: string}) =>
    `the ${queries} queries with the lowest ${measure} (all of them with --per-query)`,
  settingsTried: ({
    settings,
    space,
    method,
    repeats,
    train,
    test,
  }: {
    settings: number
    space: number
    method: string
    repeats: number
    train: number
    test: number
  }) =>
    `${settings} of ${space} settings tried (${method}), ${repeats} repeats, ${train} queries to choose and ${test} to test`,
  relevantOfCorpus: ({missing, judged}: {missing: number; judged: number}) =>
    `${missing} of ${judged} relevant documents are not in the corpus: no setting can find them, and recall cannot reach 1`,
  trialsTaken: ({trials}: {trials: number}) => `${trials} trials taken over from an earlier run`,
  currentTest: ({measure, trial}: {measure: string; trial: string}) =>
    `current configuration, test: ${measure} ${trial}`,
  notBeaten: 'settings that no other one beats in quality, repeatability and latency:',
  gainLine: ({
    gain,
    low,
    high,
    better,
    worse,
  }: {
    gain: string
    low: string
    high: string
    better: number
    worse: number
  }) => `    gain ${gain} (${low} … ${high}), ${better} queries better, ${worse} worse`,
  keptIn: ({folder}: {folder: string}) => `kept in ${folder}`,
  reportAt: ({path}: {path: string}) => `report: ${path}`,
  seeIt: ({folder}: {folder: string}) => `see it: ep23 rag:report ${folder}`,
  promoteFirst: ({folder}: {folder: string}) => `promote the first: ep23 rag:promote ${folder} --why REASON`,
  nothingToPromote: 'nothing to promote: the interval of the gain includes zero, or the setting is worse',
  unusableOf: ({fallbacks, asked}: {fallbacks: number; asked: number}) => `${fallbacks} of ${asked} replies unusable`,
  hasNoHistory: ({file}: {file: string}) => `${file} has no history`,
  namesNoOwner: ({file}: {file: string}) =>
    `${file} names no owner, but has a history: rag:owner:init was interrupted (its owner runs it again), or the owner was taken out`,
  entryOf: ({entry}: {entry: number}) => `entry ${entry} of the history`,
  notSignedByKey: ({name}: {name: string}) => `${name} is not signed by its key: it was changed`,
  doesNotFollow: ({name}: {name: string}) => `${name} does not follow the one before: something was left out`,
  signedByOther: ({version}: {version: number}) =>
    `entry ${version} of the history is signed by another key than the file names`,
  oldVersion: ({file, version, last}: {file: string; version: number; last: number}) =>
    `${file} is at version ${version}, the history at ${last}: a write was interrupted, or an old file was put back`,
  editedForm: ({file}: {file: string}) => `${file} was edited by hand: no value changed, only its form`,
  editedByHand: ({file, keys}: {file: string; keys: string}) => `${file} was edited by hand: ${keys}`,
  otherOwner: ({owner, expected}: {owner: string; expected: string}) =>
    `the owner is ${owner}, but ${expected} is expected`,
  historyEnds: ({reached, least}: {reached: number; least: number}) =>
    `the history ends at version ${reached}, but version ${least} was there: it was put back`,
  historyEndsSeen: ({reached, seen}: {reached: number; seen: number}) =>
    `the history ends at version ${reached}, but version ${seen} was seen here: it was put back; if that is right, say so once: ep23 rag:config:verify --least-version ${reached}`,
  olderCopy: ({reached, seen, config, copy}: {reached: number; seen: number; config: string; copy: string}) =>
    `the history ends at version ${reached}, but version ${seen} of it was seen in ${config}: an older copy; if that is right, say so once: ep23 rag:config:verify --rag-config ${copy} --least-version ${reached}`,
  ownerNobody: ({owner}: {owner: string}) => `the owner is nobody, but ${owner} was seen here`,
  wasOwner: ({owner}: {owner: string}) => `${owner} was the owner when it was last seen here`,
  onlySeen: ({owners}: {owners: string}) => `only ${owners} was seen here`,
  newOwner: ({owner, known}: {owner: string; known: string}) =>
    `the owner is ${owner}, but ${known}; if the new owner is right, say so once: ep23 rag:config:verify --owner ${owner}`,
  notThere: `not there`,
  notReadable: ({code}: {code: string}) => `not readable (${code})`,
  unmeasured: `unmeasured`,
  nobody: `nobody`,
  withoutEmbedding: `, without the making of its embedding`,
  indexFacts: ({analysed, unchanged, removed}: {analysed: number; unchanged: number; removed: number}) =>
    `; index: ${analysed} chunks analysed, ${unchanged} unchanged, ${removed} removed`,
  queriesEvaluated: ({queries, runs, reranker}: {queries: number; runs: number; reranker: string}) =>
    `${queries} queries, ${countOf(runs, 'run')}, reranker ${reranker}`,
  embeddingFacts: ({
    model,
    dimensions,
    computed,
    asked,
    reused,
    fusion,
  }: {
    model: string
    dimensions: number
    computed: number
    asked: string
    reused: number
    fusion: string
  }) =>
    `embeddings ${model}, ${dimensions} dimensions: ${computed} computed${asked}, ${reused} from the store; fusion ${fusion}`,
  inRequests: ({requests, seconds}: {requests: number; seconds: string}) => ` in ${requests} requests (${seconds} s)`,
  interval: `interval`,
  intervalOf: ({confidence}: {confidence: string}) => `${confidence} interval`,
  setTo: ({path, expected}: {path: string; expected: string}) => `set ${path} to ${expected}`,
  writeKey: ({key, value}: {key: string; value: string}) => `write ${key}: ${value}`,
  valueSigned: ({path, version}: {path: string; version: number}) => `${path}: version ${version}, signed`,
  keyFromTo: ({key, from, to}: {key: string; from: string; to: string}) => `${key} from ${from} to ${to}`,
  aString: `a string`,
  fingerprintIs: ({fingerprint}: {fingerprint: string}) => `fingerprint ${fingerprint}`,
  byDefault: '  (default)',
  runTag: 'tag',
  ratioTo: ({ratio, high}: {ratio: string; high: string}) => `variance ratio ${ratio}${high}`,
  upTo: ({high}: {high: string}) => ` (to ${high})`,
  rboIs: ({rbo}: {rbo: string}) => `RBO ${rbo}`,
  latencyMs: ({milliseconds}: {milliseconds: string}) => `latency ${milliseconds} ms`,
  bestSoFar: ({quality, setting}: {quality: string; setting: string}) => `best so far ${quality} with ${setting}`,
  trainAndTest: ({train, test}: {train: string; test: string}) => `    train ${train}; test ${test}`,
}

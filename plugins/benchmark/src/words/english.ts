import {countOf} from '@ep23/sdk'

/** What the commands of benchmark say, in English. */
export const english = {
  planOfMode: ({folder, mode}: {folder: string; mode: string}) => `${folder} is of ${mode}: a judge gives scores`,
  makeScorePlan: 'make a plan of scores: ep23 benchmark:label plan --mode score',
  planOfClaims: ({folder}: {folder: string}) =>
    `${folder} asks people item by item, and the judge of its runs does not answer so`,
  judgeClaims: 'judge the digests item by item: ep23 benchmark:run -s channel_digest_claims_ru',
  statementsHeld: ({items, divided, alpha}: {items: number; divided: number; alpha: string}) =>
    `items answered by people and the judge: ${items} (people divided on ${divided}); alpha between people ${alpha}`,
  rightFound: ({share, items}: {share: string; items: number}) =>
    `  of ${items} that people call right the judge finds supported ${share}`,
  wrongFound: ({share, items}: {share: string; items: number}) =>
    `  of ${items} that people call wrong or unsupported the judge refuses ${share}`,
  peopleShare: ({people, judge}: {people: string; judge: string}) =>
    `  people would call right ${people} of all items; the judge supports ${judge}`,
  noPeopleShare: ({judge}: {judge: string}) =>
    `  the judge supports ${judge} of all items; what people would call right cannot be told: it may be no better than a coin, or err otherwise on all than on those that people read`,
  statementsNotSaved: 'nothing is kept: gates rest on scores, and answers item by item calibrate none',
  fewWrong: ({fewest}: {fewest: number}) =>
    `people call fewer than ${fewest} items wrong: how many of these the judge finds is hardly known`,
  severalJudges: 'the runs of this plan were judged by several judges',
  planOfOneJudge: 'make a plan for runs of one judge, or judge them again with one: ep23 benchmark:run',
  nameRunAndBaseline: 'name the run and what it is compared with',
  otherCommit: ({folder, made, head}: {folder: string; made: string; head: string}) =>
    `${folder} is of commit ${made}, the request stands at ${head}`,
  commitUnknown: ({folder}: {folder: string}) =>
    `nothing says which commit ${folder} was made for: it was sent without a look at where the request stands`,
  newerCommit: 'nothing is to be done: the newer commit has a run of its own',
  noCommentIn: ({folder}: {folder: string}) => `${folder} holds no comment of ep23`,
  makeArtifact: 'make it again: --artifact DIR',
  tokenNeeded: ({variable}: {variable: string}) => `commenting needs ${variable} in the environment`,
  notApi: ({api}: {api: string}) => `${api} is no address of an API: it must be http(s), without a user and a password`,
  tokenFromEnvironment: 'name it without a user: the token is taken from GITHUB_TOKEN or GITLAB_TOKEN',
  nameRepository: 'name the repository: --project owner/name',
  nameRequest: 'name the pull or merge request: --number N',
  notPlanName: ({name}: {name: string}) => `"${name}" cannot be a plan's name`,
  planNameRule: 'name it with letters, digits, - and _, unlike the commands: --name december',
  runNamedTwice: 'a run is named twice with --run',
  nameEachOnce: 'name each once',
  pairsNeedTwo: 'pairs need two runs over the same days',
  giveAnother: 'give another one: --run A --run B',
  noDifferentDay: 'these runs have no day for which their texts differ',
  noTextsInRuns: 'these runs have no texts',
  chooseOtherRuns: 'choose other runs: ep23 benchmark:list',
  planHasNoScores: ({folder, mode}: {folder: string; mode: string}) => `${folder} is of ${mode}: it has no scores`,
  noSuchScore: ({folder, only}: {folder: string; only: string}) => `${folder} has no score ${only}`,
  itsScores: ({scores}: {scores: string}) => `its scores: ${scores}`,
  seeWhatItSays: ({folder}: {folder: string}) => `see what it says: ep23 benchmark:label report ${folder}`,
  answersKept: ({lines}: {lines: number}) => `the ${lines} answers of this session are kept; the same command goes on`,
  labellingNeedsTerminal: 'labelling needs a terminal: keys are read one by one and the screen is drawn',
  runInTerminal: 'run it in a terminal, without pipes at its input and its errors',
  orInBrowser: 'or label in a browser: --web',
  costNeedsJudgePrices: '--max-cost needs the prices of the judge',
  judgePrices: '--prompt-price and --completion-price, of a million tokens',
  orLimitTokens: 'or limit what is known without prices: --max-tokens',
  costNeedsWriterPrices: '--max-cost needs the prices of the writer',
  writerPrices: '--answer-prompt-price and --answer-completion-price, of a million tokens',
  repeatsNeedWriter: ({repeats}: {repeats: number}) =>
    `--answer-repeats ${repeats}: the dataset has one answer to each source, who shall write more?`,
  nameModel: 'name a model at LLM_URL: --answer-writer openai:MODEL',
  orWriteWithoutModel: 'or write without a model: --answer-writer extractive',
  judgeSameAgain: 'to judge the same answers several times: --judge-repeats',
  storedScoresOfStored: '--answer-writer: stored scores are of the stored answers, not of those written anew',
  chooseJudge: 'choose another judge: --judge lexical or --judge llm',
  judgeReadsBeforehand: ({name}: {name: string}) =>
    `--answer-writer: the judge ${name} reads the dataset beforehand and sees no answer written anew`,
  notRater: ({rater, folder}: {rater: string; folder: string}) => `${rater} is no rater of ${folder}`,
  itsRaters: ({raters}: {raters: string}) => `its raters: ${raters}`,
  logExists: ({logPath}: {logPath: string}) => `${logPath} exists already and may be signed`,
  replaceLog: 'write over it: --replace',
  otherLog: 'or choose another --log',
  nothingAt: ({path}: {path: string}) => `there is nothing at ${path}`,
  makeArchive: 'make an archive of a run: ep23 benchmark:archive RUN',
  baselineUnusable: ({path, reason}: {path: string; reason: string}) =>
    `the baseline ${path} cannot be used: ${reason}`,
  blessAgain: 'bless a run again: ep23 benchmark:bless RUN --as NAME',
  otherCalibration: ({path}: {path: string}) => `${path} is not a calibration of this version of ep23`,
  calibrateAgain: 'calibrate again: ep23 benchmark:calibrate --labels FILE --save',
  orRemoveFile: 'or remove the file',
  notScenarioFile: ({name}: {name: string}) =>
    `${name} is not a scenario: name one, or a file whose name ends in .yaml or .yml`,
  noScenario: ({name}: {name: string}) => `there is no scenario ${name}`,
  scenarioSchema: 'plugins/benchmark/schemas/scenario.schema.json says what a scenario holds',
  tokenMayNot: ({kind, status}: {kind: string; status: string}) =>
    `${kind} does not let the token comment here, ${status}`,
  forkToken:
    'in a fork no token may write: --artifact DIR there, and --send DIR in a workflow_run of the default branch',
  commentRefused: ({kind, status}: {kind: string; status: string}) => `${kind} did not take the comment, ${status}`,
  sameCommandAgain: 'run the same command again',
  noRaterNamed: 'no rater is named',
  notRaterName: ({wrong}: {wrong: string}) => `"${wrong}" cannot be a rater's name, or is there twice`,
  raterNames: 'name each once, with letters, digits, - and _: --raters anna,boris',
  otherPlanIn: ({folder}: {folder: string}) => `another plan stands in ${folder}`,
  otherPlanName: 'give this one another name: --name NAME',
  noPlanIn: ({folder}: {folder: string}) => `there is no plan in ${folder}`,
  makePlan: 'make one: ep23 benchmark:label plan --run latest --raters anna,boris',
  keyMissing: ({key, folder}: {key: string; folder: string}) =>
    `${key} is not in ${folder}: nobody can say whose the items are`,
  putKeyBack: ({plan}: {plan: string}) => `put it back beside ${plan}; it was written when the plan was made`,
  takeFromPlan: 'take the file from where the plan was made, or from git',
  judgeNeedsModel: '--judge llm needs --model',
  nameServerModel: 'name a model that the server has',
  noSuchPrompt: ({scenario, prompt}: {scenario: string; prompt: string}) =>
    `scenario ${scenario} asks for the prompt ${prompt}, which does not exist`,
  promptUnanswerable: ({prompt, scenario}: {prompt: string; scenario: string}) =>
    `--answer-writer cannot answer the prompt ${prompt} of the scenario ${scenario}`,
  knownPrompts: ({prompts}: {prompts: string}) => `prompts that it knows: ${prompts}`,
  noExporterPlugin: ({exporterName}: {exporterName: string}) => `no plugin brings the exporter ${exporterName}`,
  placeNotJson: ({place, problem}: {place: string; problem: string}) => `${place} is not JSON: ${problem}`,
  fileNotAsSaid: ({file, manifest, problem}: {file: string; manifest: string; problem: string}) =>
    `${file} is not what ${manifest} says: ${problem}`,
  seeDifferences: ({folder}: {folder: string}) => `see everything that differs: ep23 exporters:check ${folder}`,
  exportAgain: 'export it again: ep23 exporters:run',
  noJudge: ({name}: {name: string}) => `there is no judge ${name}`,
  noWriter: ({name}: {name: string}) => `--answer-writer ${name}: there is no such writer`,
  writerModel: '--answer-writer openai:MODEL, with LLM_URL',
  flagNeedsFile: ({path, flag}: {path: string; flag: string}) => `${path} is a folder, ${flag} needs a file`,
  nameFileInIt: ({flag, path}: {flag: string; path: string}) => `name a file in it: ${flag} ${path}/NAME`,
  noRows: ({path}: {path: string}) => `${path} has no rows`,
  rowPerSummary: 'one row a summary: source, summary, human_score',
  notColumn: ({pair, fields}: {pair: string; fields: string}) =>
    `"${pair}" is no column: write FIELD=COLUMN with ${fields}`,
  sourcesByKey: 'sources are found by a key',
  nameKeyColumn: 'name its column: --columns key=chapter_id',
  placeNotObject: ({place}: {place: string}) => `${place} is not an object`,
  objectPerLine: 'one object a line: source, summary, human_score',
  sourcesHaveNo: ({place, key, value}: {place: string; key: string; value: string}) =>
    `${place}: the sources have no ${key} ${value}`,
  chooseColumns: ({fields}: {fields: string}) => `the columns are ${fields}: choose with --columns`,
  columnNotNumber: ({place, column, text}: {place: string; column: string; text: string}) =>
    `${place}: ${column} is "${text}", not a number`,
  nameScoreColumn: 'where another column holds the score, name it: --columns human_score=COLUMN',
  needsHeader: ({path}: {path: string}) => `${path} is empty: a header line is needed`,
  rowFields: ({path, row, fields, header}: {path: string; row: number; fields: number; header: number}) =>
    `${path}, row ${row} has ${fields} fields, the header has ${header}`,
  textAfterQuote: ({path, row}: {path: string; row: number}) => `${path}, row ${row}: text follows a closing quote`,
  endsInQuotes: ({path}: {path: string}) => `${path} ends inside a quoted field`,
  runnerGaveNothing: ({program, problem, stderr}: {program: string; problem: string; stderr: string}) =>
    `the runner ${program} gave no result: ${problem}\n${stderr}`,
  runByHand: 'run the command of the scenario by hand and look at what it writes',
  runnerUnreadable: ({problem}: {problem: string}) => `the runner's result cannot be read: ${problem}`,
  runnerMustBe:
    'it must be {"samples": [{"sample_id": "…", "scores": {"coverage": 0.9}}]}, or such samples as JSON lines',
  beginsSeveral: ({reference, count, runs}: {reference: string; count: number; runs: string}) =>
    `${reference} is the beginning of ${count} runs: ${runs}`,
  moreOfId: 'give more of its id',
  noFinishedRun: ({reference, runsDirectory}: {reference: string; runsDirectory: string}) =>
    `there is no finished run ${reference} in ${runsDirectory}`,
  seeRuns: 'see what there is: ep23 benchmark:list',
  noUnfinishedRun: ({scenario, runsDirectory}: {scenario: string; runsDirectory: string}) =>
    `there is no unfinished run of ${scenario} in ${runsDirectory}`,
  withoutResume: 'run without --resume',
  otherFormat: ({path, format, own}: {path: string; format: number; own: number}) =>
    `${path} is of format ${format}, this ep23 reads ${own}`,
  openWithNewer: 'open it with the ep23 that wrote it, or with a newer one',
  notRun: ({path, problem}: {path: string; problem: string}) => `${path} is no run of benchmark:run, ${problem}`,
  seeWholeRuns: 'see which runs are whole: ep23 benchmark:list',
  unpackAgain: 'unpack it again from its archive',
  lineNotJson: ({path, number, problem}: {path: string; number: number; problem: string}) =>
    `${path}, line ${number} is not JSON: ${problem}`,
  takeFromSource: 'the file was cut short or changed by hand: take it from where it was written',
  folderNotEmpty: ({folder}: {folder: string}) => `${folder} is not empty and holds no exported pages`,
  nameNewFolder: 'name a new folder with --export',
  notBaselineName: ({name}: {name: string}) =>
    `"${name}" cannot name a baseline: use a-z, 0-9, ".", "_" and "-", at most 64, and not latest`,
  suchAsMain: 'such as --as main',
  baselineExists: ({as}: {as: string}) => `there is a baseline ${as} already`,
  replaceIt: 'replace it: --replace',
  otherName: 'or choose another name',
  runWithoutBaseline: ({run_id}: {run_id: string}) =>
    `run ${run_id} was run without --baseline: there is nothing to compare it with`,
  nameBoth: 'name both: ep23 benchmark:compare BEFORE AFTER',
  matrixDatasets: 'the runs of this matrix were made over different datasets',
  removeOlder: 'remove the older folders under datasets/benchmarks and run it again',
  sinceNotDay: ({since}: {since: string}) => `--since ${since} is no day`,
  writeDayAs: 'write it as 2024-11-20',
  noFinishedRuns: ({datasetDir}: {datasetDir: string}) => `there is no finished run in ${datasetDir}`,
  makeOneScenario: 'make one first: ep23 benchmark:run --scenario channel_digest_ru',
  noRunHasScore: ({score}: {score: string}) => `no run has a score ${score}`,
  thereAre: ({names}: {names: string}) => `there are ${names}`,
  noRunHasChannel: ({unknown}: {unknown: string}) => `no run has the channel ${unknown}`,
  makeOne: 'make one first: ep23 benchmark:run',
  judgeExported:
    'judge a file that ep23 exporters:run or the team’s exporter wrote, or leave --dataset out to judge the store',
  expectedButReceived: ({expected, input}: {expected: string; input: string}) =>
    `expected ${expected} but received: ${input}`,
  notComparable: ({before, after, differences}: {before: string; after: string; differences: string}) =>
    `${before} and ${after} cannot be compared, they differ in\n  ${differences}`,
  pairBySource: 'other summaries of the same sources: --pair source',
  pairByDay: 'other days of the same channels: --pair day',
  runOneAgain: 'run one of them again with the settings of the other: ep23 benchmark:run',
  asManyDays: 'give both runs as many days, and digests a day, of the same channels: ep23 exporters:run --from --until',
  measureMissing: 'measure what is missing: ep23 benchmark:run --resume',
  allowDropped: 'or allow more with --max-dropped',
  cannotBeUpdated: ({path, reason}: {path: string; reason: string}) => `${path} cannot be updated: ${reason}`,
  putMarks: ({begin, end}: {begin: string; end: string}) =>
    `put ${begin} and ${end} on lines of their own, where the table shall stand`,
  tookStoredScores: ({run_id}: {run_id: string}) => `run ${run_id} took stored scores: there is nothing to record`,
  notLanguageModel: ({run_id, name}: {run_id: string; name: string}) =>
    `run ${run_id} was judged by ${name}, which is no language model: nothing is recorded`,
  wouldBeGated:
    'its scores would be gated by the thresholds of language models: run the judge again wherever they are needed',
  recordModelRun: 'record a run of a model: ep23 benchmark:run --judge llm --model MODEL',
  judgedNewAnswers: ({run_id, model}: {run_id: string; model: string}) =>
    `run ${run_id} judged answers that ${model} wrote for it, not the stored documents`,
  onlyKeepJudgements: ({run_id, exporter}: {run_id: string; exporter: string}) =>
    `run ${run_id} judged ${exporter}: only digests and review reports keep judgements`,
  cannotResume: ({folder, differences}: {folder: string; differences: string}) =>
    `${folder} cannot be resumed, it was begun with something else:\n  ${differences}`,
  folderUnfinished: ({folder}: {folder: string}) => `an unfinished run lies in ${folder}: no other is begun over it`,
  resumeIt: 'go on with it by the same command with --resume',
  removeUnfinished: 'remove the folder when nobody needs that run any more',
  labelledElsewhere: ({rater}: {rater: string}) =>
    `${rater} has labelled in another session since this one began: this answer is not kept, and those are untouched`,
  openAgain: 'end this session and run the same again: it goes on after them',
  planLost: ({folder, file}: {folder: string; file: string}) =>
    `${folder} cannot be resumed: its ${file} is missing, and nobody knows what its journal is of`,
  folderInUse: ({folder, problem}: {folder: string; problem: string}) => `${folder} is not for a new run: ${problem}`,
  hasFinishedRun: 'it holds a finished one, which would be destroyed',
  hasOtherFiles: ({files}: {files: string}) => `it is not empty, and holds no run: ${files}`,
  newFolder: 'name a new folder with --output',
  orWithoutOutput: 'or leave --output out: each run gets a folder of its own',
  runBusy: ({folder}: {folder: string}) => `another process of ep23 is at the run in ${folder}`,
  waitForRun: 'wait until it ends, then run the same again',
  beginAnotherRun: 'without --resume and --output a run of its own is begun',
  goBack: 'go back to the dataset, scenario and settings it was begun with',
  nothingJudged: 'nothing was judged yet',
  placeHasNo: ({place, what}: {place: string; what: string}) => `${place} has no ${what}`,
  seedFillsStore: 'ep23 dataset:seed fills the store',
  nameExported: 'name an exported file with --dataset FILE',
  noManifestBehind: ({location}: {location: string}) => `--require-proof: no manifest stands behind ${location}`,
  exportWithManifest: 'export with a manifest and leave it beside the file: ep23 exporters:run, then --dataset FILE',
  withoutProof: 'or run without --require-proof; the run then says that its data are unproven',
  sampleTwice: ({place, id}: {place: string; id: string}) => `${place}: sample_id ${id} stood there before`,
  sampleOnce: 'every sample_id may stand once in a dataset',
  runHasNoSample: ({run_id, id}: {run_id: string; id: string}) => `run ${run_id} has no sample ${id}`,
  sampleIds: 'sample ids are channel and day: @habr:2024-11-04',
  lineIsNotJson: ({file, number}: {file: string; number: number}) => `${file}, line ${number} is not JSON`,
  holdsNoRun: ({path, file}: {path: string; file: string}) => `${path} holds no run: it has no ${file}`,
  nameArchive: 'name an archive of benchmark:archive, the folder of a run, or a run as benchmark:list shows it',
  otherManifestVersion: ({path, manifest}: {path: string; manifest: string}) =>
    `${path} has an ${manifest} of another version`,
  tooManyDropped: ({share, origin, limit, missing}: {share: string; origin: string; limit: string; missing: string}) =>
    `${share} of the ${origin} samples have no measured counterpart (at most ${limit} may be dropped): ${missing}; what is missing is rarely missing by chance, so the rest would mislead`,

  commentLies: ({artifact}: {artifact: string}) =>
    `the comment lies in ${artifact}: a job that may write sends it with --send ${artifact}`,
  commentOf: ({number, outcome}: {number: number; outcome: string}) => `comment of request ${number} ${outcome}`,
  raterHas: ({rater, showings}: {rater: string; showings: number}) =>
    `${rater}: ${showings} to label, hidden repeats included`,
  keepKey: ({key}: {key: string}) => `keep ${key} from the raters; the rest of the folder is theirs`,
  nowLabel: ({folder, rater}: {folder: string; rater: string}) =>
    `now: ep23 benchmark:label ${folder} --rater ${rater}`,
  revealedAt: ({plan, at}: {plan: string; at: string}) => `${plan} revealed at ${at}`,
  labelsOf: ({rows, raters, path}: {rows: number; raters: string; path: string}) =>
    `${rows} labels of ${raters}: ${path}`,
  nowReport: ({plan}: {plan: string}) => `now: ep23 benchmark:label report ${plan}`,
  sameGoesOn: 'the same command goes on with the others',
  answersDone: ({answers, done, total, plan}: {answers: number; done: number; total: number; plan: string}) =>
    `${answers} answers, ${done} of ${total} items done: ${plan}`,
  dryRunIs: ({run, verdict}: {run: string; verdict: string}) => `dry run  ${run}: ${verdict}`,
  liveRunIs: ({run, verdict}: {run: string; verdict: string}) => `live run ${run}: ${verdict}`,
  comparisonRefused: ({why}: {why: string}) => `comparison refused: ${why}`,
  pilotLog: ({path}: {path: string}) => `pilot log to sign: ${path}`,
  otherSamples: 'its samples are not those it was blessed with',
  isEmpty: 'it is empty',
  firstLineNotJson: 'its first line is not JSON',
  baselineFormat: ({format, own}: {format: string; own: number}) =>
    `it has format_version ${format}, this ep23 reads ${own}`,
  twoReadings: ({written, reading, agreed}: {written: string; reading: string; agreed: string}) =>
    `${written} is read by YAML 1.1 as ${reading}: write ${agreed}`,
  moreProblems: ({more}: {more: number}) => ` (and ${more} more problems)`,
  notPlanned: ({item, file}: {item: string; file: string}) => `${item} of ${file} is not what was planned`,
  rubricSilent: ({file, unknown}: {file: string; unknown: string}) => `${file} says nothing of ${unknown}`,
  lineNumberNotJson: ({line}: {line: number}) => `line ${line} is not JSON`,
  lineOfFile: ({path, line}: {path: string; line: number}) => `${path}, line ${line}`,
  isNotJson: 'it is not JSON',
  llmJudgeNeeds: '--judge llm needs it',
  writerNeeds: ({model}: {model: string}) =>
    `--answer-writer openai:${model} needs it; or write without a model with --answer-writer extractive`,
  columnMissing: 'is missing',
  columnNotText: 'is no text',
  wroteNothing: 'it wrote nothing',
  lineNotJsonBecause: ({line, problem}: {line: number; problem: string}) => `line ${line} is not JSON: ${problem}`,
  sampleWithout: ({sample}: {sample: number}) => `sample ${sample} has no sample_id or no scores`,
  isBaseline: ({reference}: {reference: string}) =>
    `${reference} is a baseline, which has no texts: ep23 benchmark:compare takes it`,
  neverFinished: ({run}: {run: string}) => `${run} was never finished: go on with ep23 benchmark:run --resume`,
  folderIsNoRun: ({reference, file}: {reference: string; file: string}) =>
    `the folder ${reference} has no ${file}: it is no run`,
  isNotJsonBecause: ({problem}: {problem: string}) => `it is not JSON: ${problem}`,
  noFormatVersion: 'it has no format_version',
  signedBy: ({key}: {key: string}) => `, signed by ${key}`,
  archiveOf: ({path, files, sha256, signed}: {path: string; files: number; sha256: string; signed: string}) =>
    `${path}: ${files} files, SHA-256 ${sha256}${signed}`,
  lowYardstick: ({run_id, verdict}: {run_id: string; verdict: string}) =>
    `run ${run_id} did not pass its gates (${verdict}): it is a low yardstick`,
  budgetSpent: ({left, all}: {left: number; all: number}) =>
    `the budget is spent, or a cost is not known: ${left} of ${all} runs were not begun`,
  nowShows: ({path, run_id}: {path: string; run_id: string}) => `${path} now shows run ${run_id}`,
  doesNotShow: ({path, run_id}: {path: string; run_id: string}) => `${path} does not show run ${run_id}`,
  showsAlready: ({path, run_id}: {path: string; run_id: string}) => `${path} shows run ${run_id} already`,
  isNoObject: 'is not an object',
  fieldNotText: ({field}: {field: string}) => `${field} is not a text`,
  originNone: ({origins}: {origins: string}) => `metadata.origin is none of ${origins}`,
  latencyNumber: 'latency_seconds is not a number of at least 0',
  scoresNotObject: 'ground_truth.llm_judge.scores is not an object',
  scoreNotNumber: ({score}: {score: string}) => `ground_truth.llm_judge.scores.${score} is not a number from 0 to 1`,
  noSeals: 'it has no seals: fields that nobody can compute again may have changed',
  notRecorded: ({changed}: {changed: string}) => `${changed} is not what was recorded`,
  namesDiffer: ({name, file}: {name: string; file: string}) =>
    `is ${name}, but the file is ${file}.yaml: they must agree`,
  noneOf: ({metric, known}: {metric: string; known: string}) => `${metric} is none of ${known}`,
  judgesScore: ({metric}: {metric: string}) =>
    `${metric} is a judge's score: put its thresholds under the judge's scale`,
  warnStricter: ({warn, pass}: {warn: number; pass: number}) => `${warn} is stricter than pass ${pass}`,
  shareOnly: 'share is for measured_share, and only for it',
  runsFine: 'none is from the future',
  runsAhead: ({count, names}: {count: number; names: string}) => `${count} of a time that has not come yet: ${names}`,
  setClock:
    'set the clock of the machine that made them, and remove them if their dates matter; the latest run is the one that ended last',
  aboveZero: 'a number above 0',
  atLeastZero: 'a number of at least 0',
  fewSources: ({sources, fewest}: {sources: number; fewest: number}) =>
    `the labels are of ${countOf(sources, 'source')}: texts of one source are alike, and fewer than ${fewest} sources calibrate nothing`,
  onlyOrder: 'correlation is about order: it does not make a threshold of 0.9 mean what people call good',
  tooFewLabels: ({labels}: {labels: number}) =>
    `${countOf(labels, 'label')}: no correlation can be told from so few, give at least 30`,
  wideIntervals: ({labels}: {labels: number}) =>
    `${labels} labels: the intervals are wide, and close raters cannot be told apart`,
  leftUnmeasured: ({name, unmeasured, all}: {name: string; unmeasured: number; all: number}) =>
    `${name} left ${unmeasured} of ${all} summaries unmeasured`,
  cannotStandIn: ({name, alpha, least}: {name: string; alpha: string; least: number}) =>
    `${name} has alpha ${alpha} < ${least}: it cannot stand in for these people`,
  tentative: ({name, alpha, aim}: {name: string; alpha: string; aim: number}) =>
    `${name} has alpha ${alpha}, below the aim of ${aim}: tentative conclusions only`,
  lengthFixed: ({name, all, given}: {name: string; all: string; given: string}) =>
    `${name}: of ${all} only ${given} is left with the length held fixed`,
  againstPeople: ({
    score,
    judge,
    people,
    difference,
    digests,
    sources,
  }: {
    score: string
    judge: string
    people: string
    difference: string
    digests: number
    sources: number
  }) =>
    `${score}: alpha judge–people ${judge}, people–people ${people}, difference ${difference}; ${digests} digests of ${sources} sources`,
  nobodyLabelled: 'nobody labelled a digest that this judge scored',
  oneRater: 'one rater: how far people agree with each other is not known',
  peopleDisagree: ({scores}: {scores: string}) =>
    `${scores}: alpha between the people may be 0.2 or less, so that nothing is calibrated: make the rubric plainer, or label more`,
  fewerThan100: 'fewer than 100 digests with two raters: a good judge may fail by chance',
  lookedAt: ({uses, judges}: {uses: number; judges: number}) =>
    `the held-out labels were looked at ${uses} times, by ${judges} judges: choosing a judge by them flatters it`,
  onlyBefore: ({samples}: {samples: number}) => `${samples} only before`,
  onlyAfter: ({samples}: {samples: number}) => `${samples} only after`,
  withoutScore: ({samples, score}: {samples: number; score: string}) =>
    `${samples} without ${score} in one of the runs`,
  nothingLabelled: 'nothing is labelled yet',
  agreementOne: 'agreement: none, one rater',
  agreementNone: ({measures}: {measures: string}) => `agreement: none on ${measures}, no item has two raters yet`,
  totalAgreement: ({measures}: {measures: string}) =>
    `total agreement on ${measures}: everybody said the same of everything, which alpha cannot measure`,
  tooFewItems: ({measures, fewest}: {measures: string; fewest: number}) =>
    `too few items with two raters for an interval on ${measures}: ${fewest} are needed`,
  fewRaters: ({raters}: {raters: number}) =>
    `${raters} ${raters === 1 ? 'rater' : 'raters'}: the intervals of preferences are over sources, and do not say what other people would prefer`,
  rubricChanged: 'the rubric was changed: labels under another wording are counted apart',
  byUnsure: 'items were taken by how unsure the judge is: agreement on them is lower than on all',
  goOnResume: 'go on with benchmark:run --resume',
  dryRun: 'dry run',
  stoppedEarly: 'stopped early',
  noRunsYet: 'no runs yet: ep23 benchmark:run --scenario channel_digest_ru',
  noRunsOf: ({scenario}: {scenario: string}) =>
    `no runs of the scenario ${scenario}; without --scenario all of them are listed`,
  endBeforeBegin: ({end, begin}: {end: string; begin: string}) => `${end} stands before ${begin}`,
  hasNoMarker: ({marker}: {marker: string}) => `it has no ${marker}`,
  hasMarkerTwice: ({marker}: {marker: string}) => `it has ${marker} twice`,
  rowCells: ({cells, expected}: {cells: number; expected: number}) =>
    `a row between the markers has ${cells} cells, ${expected} are expected`,
  judgementsRecorded: ({
    recorded,
    model,
    unchanged,
    run,
  }: {
    recorded: number
    model: string
    unchanged: number
    run: string
  }) =>
    `${recorded} judgements of ${model} recorded with their documents, ${unchanged} were there already (run ${run})`,
  changedSince: 'changed since they were judged; nothing was recorded with',
  noLongerStored: 'no longer in the store:',
  ofOtherPrograms: 'of other programs, which ep23 never overwrites:',
  withoutMeasured: 'without a measured score:',
  judgementsKept: ({judgements, folder}: {judgements: number; folder: string}) =>
    `${judgements} judgements are kept in ${folder}; run the same command with --resume to go on`,
  stoppedBecause: ({stopped}: {stopped: string}) => `stopped early: ${stopped}; --resume with a higher limit goes on`,
  limitLeftOut: ({left, all}: {left: number; all: number}) => `--limit left out ${left} of ${all} samples`,
  datasetIs: ({location, records}: {location: string; records: number}) =>
    `dataset ${location}, ${countOf(records, 'record')}`,
  filesIn: ({folder}: {folder: string}) => `files in ${folder}`,
  latencyIs: ({p50, p95}: {p50: string; p95: string}) => `  latency p50 ${p50}, p95 ${p95} s`,
  nothingComputed: 'nothing was computed again',
  namesNoFile: ({name}: {name: string}) => `files names ${name}, no file of a run`,
  fileMissing: ({name}: {name: string}) => `${name} is missing`,
  cameOutSame: ({
    path,
    run_id,
    recomputed,
    judgements,
  }: {
    path: string
    run_id: string
    recomputed: number
    judgements: number
  }) => `${path}: run ${run_id} came out the same, ${recomputed} of ${judgements} judgements computed again`,
  answersEnd: ({file, lines}: {file: string; lines: number}) => `${file} ends after ${lines} lines`,
  answersMore: ({file}: {file: string}) => `${file} has more lines than its dataset has answers`,
  lineNotCanonical: ({file, line}: {file: string; line: number}) =>
    `${file}, line ${line} is not in its canonical form`,
  scoresOf: ({signature, own}: {signature: string; own: string}) =>
    `the scores are of ${signature}, this ep23 computes ${own}`,
  onlyJudgeKnows: ({name}: {name: string}) => `only the judge ${name} knows how it scores`,
  inNoList: ({stranger}: {stranger: string}) => `${stranger} is in no list`,
  notSigned: 'it is not signed',
  vouchesOther: ({manifest}: {manifest: string}) => `it vouches for another ${manifest}`,
  notRunsFile: ({stranger}: {stranger: string}) => `${stranger} is none of the run's files`,
  moreLines: ({file}: {file: string}) => `${file} has more lines than its dataset has judgements`,
  lineNoSense: ({problem}: {problem: string}) => `a line makes no sense: ${problem}`,
  itIsMissing: 'it is missing',
  notPlanOfRun: 'it is no plan of a run',
  bytesDiffer: 'the bytes differ',
  takenAsTheyStand: ({reason}: {reason: string}) => `scores were taken as they stand: ${reason}`,
  reasonsTaken: ({rest, lines}: {rest: number; lines: number}) =>
    `${rest} of ${lines} judgements hold no number and no readable answer: their reasons were taken as they stand`,
  wordsTaken: ({wrote, version}: {wrote: string; version: string}) =>
    `ep23 ${wrote} wrote the run, this is ${version}: every number was compared, the sentences and pages that tell them were not, as versions may word them differently`,
  reportTaken: ({report, wrote, version}: {report: string; wrote: string; version: string}) =>
    `${report} was written by ep23 ${wrote}, this is ${version}: it was not written again and compared`,
  olderVersion: 'of an unknown version',
  notToldApart: 'not told apart',
  notCompared: 'not compared',
  runLeftOut: ({run_id, problem}: {run_id: string; problem: string}) => `run ${run_id} is left out: ${problem}`,
  levelChangedOn: ({day}: {day: string}) => `  the level changed on ${day}`,
  levelChanged: ({from, to}: {from: string; to: string}) => `  the level changed between ${from} and ${to}`,
  aScore: `a score`,
  knownAre: ({names}: {names: string}) => `known: ${names}`,
  promptsAre: ({names}: {names: string}) => `prompts: ${names}`,
  columnProblem: ({place, column, problem}: {place: string; column: string; problem: string}) =>
    `${place}: ${column} ${problem}`,
  sameCheck: ({check}: {check: string}) => `same     ${check}`,
  differentCheck: ({check, difference}: {check: string; difference: string}) => `DIFFERS  ${check}: ${difference}`,
  noteIs: ({note}: {note: string}) => `note: ${note}`,
  runDiffers: ({path, first}: {path: string; first: string}) => `${path} DIFFERS: ${first}`,
  itemsOf: ({items, pool, folder}: {items: number; pool: number; folder: string}) =>
    `${items} of ${pool} items: ${folder}`,
  comparisonIs: ({verdict}: {verdict: string}) => `comparison: ${verdict}`,
  amongPeople: ({judge, plan}: {judge: string; plan: string}) => `${judge} among the people of ${plan}`,
  labelledWeight: ({labelled, weight, pool}: {labelled: number; weight: string; pool: number}) =>
    `${labelled} labelled, drawn by chances: they stand for ${weight} of a pool of ${pool}`,
  nextItems: ({items, pool, folder}: {items: number; pool: number; folder: string}) =>
    `next: ${items} of ${pool} not yet labelled digests: ${folder}`,
  savedIn: ({path}: {path: string}) => `saved: ${path}`,
  twiceLength: ({more}: {more: string}) => `  twice the length: the judge exceeds the people by ${more} more`,
  countOfWhat: ({count, what, ids}: {count: number; what: string; ids: string}) => `${count} ${what} ${ids}`,
  best: 'best',
  worse: 'worse',
  anew: ({writer}: {writer: string}) => `${writer}, anew`,
  storedComputed: ({stored, computed}: {stored: string; computed: string}) => `stored ${stored}, computed ${computed}`,
  nothing: 'nothing',
  atLineOf: ({line, sample, difference}: {line: number; sample: string; difference: string}) =>
    `line ${line} (${sample}), ${difference}`,
  uncounted: ({flags}: {flags: string}) =>
    `the server answered a call without token counts, so more may be spent than ${flags} can count`,
  usedUp: ({percent, flag, most}: {percent: number; flag: string; most: number}) =>
    `${percent} % of ${flag} ${most} is used up`,
  isSpent: ({flag, most}: {flag: string; most: number}) => `${flag} ${most} is spent`,
  isOver: ({flag, most}: {flag: string; most: number}) => `${flag} ${most} is over`,
  badConcurrency: ({file, text, most}: {file: string; text: string; most: number}) =>
    `${file}: "${text}" is no whole number from 1 to ${most}, nothing changed`,
  otherPrompt: ({version, known}: {version: string; known: string}) =>
    `the answers are to the prompt ${version}, this ep23 reads ${known}`,

  nameWritersJudges: 'name the writers and the judges',
  orMatrixFile: 'or write them down with their settings: ep23 benchmark:matrix matrix.yaml',
  fileSaysMatrix: ({flag, file}: {flag: string; file: string}) => `--${flag}: ${file} says what the matrix is`,
  changeFile: 'change the file, or leave it out',
  whoWrites: ({scenario}: {scenario: string}) => `scenario ${scenario} has posts and no digests: who writes them?`,
  nameModelAt: 'name a model at LLM_URL: --answer-writer openai:MODEL',
  orExtractive: 'or see what the sentence picker does: --answer-writer extractive',
  queueReads: ({judge}: {judge: string}) =>
    `--queue: the judge ${judge} reads the dataset beforehand, on the machine of the run`,
  withoutQueue: 'run it without --queue',
  removedQuestions: ({removed}: {removed: number}) => `Removed ${removed} questions and results.`,
  workerDiffers: ({differences}: {differences: string}) =>
    `this worker would give other numbers than the run asks for:\n  ${differences}`,
  sameAsRun: 'give the worker the same ep23, plugins, settings file and LLM_URL as the run has',
  answeredQuestions: ({answered, queue, back}: {answered: number; queue: string; back: number}) =>
    `Answered ${answered} questions of ${queue}, handed back ${back}.`,
  matrixSchema: 'plugins/benchmark/schemas/matrix.schema.json says what a matrix holds',
  queueNotUrl: '--queue is not a redis:// or rediss:// URL',
  queueExample:
    'for example --queue redis://127.0.0.1:6379, with a number of the database behind it if needed: redis://127.0.0.1:6379/2',
  queueRefuses: ({name, reason}: {name: string; reason: string}) => `the queue ${name} refuses: ${reason}`,
  queueUser: 'put user and password into the URL: --queue redis://USER:PASSWORD@HOST:PORT, or into EP23_QUEUE',
  queueSilent: ({name, reason}: {name: string; reason: string}) => `the queue ${name} does not answer: ${reason}`,
  startRedis: 'start Redis there: redis-server --appendonly yes',
  checkQueue: 'check host and port of --queue, or EP23_QUEUE',
  mendRedis: 'mend Redis (memory, maxmemory-policy noeviction, a primary), then run the same command with --resume',
  queueAway: ({name, seconds}: {name: string; seconds: number}) =>
    `the queue ${name} has not answered for ${seconds} s`,
  startRedisAgain: 'start Redis again, then run the same command with --resume: what was judged is kept',
  namedTwice: ({name}: {name: string}) => `${name} stands there twice`,
  ofWorker: ({worker, problem}: {worker: string; problem: string}) => `worker ${worker}: ${problem}`,
  atMostAtOnce: ({tasks}: {tasks: number}) => `at most ${tasks} at once`,
  atMostASecond: ({tasks}: {tasks: number}) => `at most ${tasks} a second`,
  queueState: ({
    queue,
    workers,
    waiting,
    active,
    completed,
    failed,
  }: {
    queue: string
    workers: number
    waiting: number
    active: number
    completed: number
    failed: number
  }) => `${queue}: ${workers} workers, ${waiting} waiting, ${active} active, ${completed} done, ${failed} failed`,
  labelsFrom: ({
    labels,
    lowest,
    highest,
    sources,
    file,
  }: {
    labels: number
    lowest: number
    highest: number
    sources: number
    file: string
  }) => `${countOf(labels, 'label')} from ${lowest} to ${highest} on ${countOf(sources, 'source')} (${file})`,
  damagedBaseline: ({word, name, problem}: {word: string; name: string; problem: string}) =>
    `${word} baseline ${name}: ${problem}`,
  callsMade: ({calls}: {calls: number}) => countOf(calls, 'call'),
  tokensOf: ({prompt, completion}: {prompt: number; completion: number}) => `${prompt} + ${completion} tokens`,
  tokensUsed: ({tokens}: {tokens: number}) => countOf(tokens, 'token'),
  callsUncounted: ({calls}: {calls: number}) => `${countOf(calls, 'call')} without token counts`,
  uncountedLeftOut: ({calls}: {calls: number}) => `${countOf(calls, 'call')} without token counts (not included)`,
  fromCache: ({calls}: {calls: number}) => `${calls} from the cache`,
  costUnknown: 'cost unknown',
  costIs: ({cost}: {cost: string}) => `cost ${cost}`,
  costAtLeast: ({cost}: {cost: string}) => `cost at least ${cost}`,
  reportWritten: ({path}: {path: string}) => `report: ${path}`,
  openViewer: ({url}: {url: string}) => `Open ${url}\nThe address works once; Ctrl-C ends the viewer.\n`,
  openSession: ({url}: {url: string}) => `Open ${url}\nThe address works once; Ctrl-C ends the session.\n`,
  workingOn: ({name}: {name: string}) => `Working on ${name}\n`,
  served: ({url, answers}: {url: string; answers: number}) => `Served ${url}: ${countOf(answers, 'answer')}.`,
  unmeasuredBecause: ({reason, detail}: {reason: string; detail: string}) => `unmeasured: ${reason}${detail}`,
  promptIs: ({prompt}: {prompt: string}) => `prompt ${prompt}`,
  digestsAnew: 'digests written anew',
  seriesOf: ({score, origin, by, days}: {score: string; origin: string; by: string; days: number}) =>
    `${score}, ${origin}, by ${by}: ${countOf(days, 'day')}`,
  trendDay: (line: {day: string; mean: string; bar: string; channels: number; writer: string; part: string}) =>
    `${line.day}  ${line.mean} ${line.bar}  ${countOf(line.channels, 'channel')}, ${line.writer}${line.part}`,
  partOfRun: ', part',
  alphaOf: (agreed: {measure: string; alpha: string; items: number; sources: number; drift: string}) =>
    `${agreed.measure} alpha ${agreed.alpha} on ${countOf(agreed.items, 'item')} of ${countOf(agreed.sources, 'source')}${agreed.drift}`,
  byThirds: ({alphas}: {alphas: string}) => `, by thirds ${alphas}`,
  sameAgain: (again: {rater: string; measure: string; repeats: number; same: number; within: number}) =>
    `${again.rater} again, ${again.measure}: ${again.same} of ${again.repeats} the same, ${again.within} within one step`,
  preferredTo: ({a, b, share, length}: {a: string; b: string; share: string; length: string}) =>
    `${a} preferred to ${b}: ${share}${length}`,
  lengthHeld: ({share}: {share: string}) => `, at equal length ${share}`,
  firstWins: ({share}: {share: string}) => `shown first and won: ${share}`,
  otherRubric: ({rubric, labels}: {rubric: string; labels: number}) =>
    `rubric ${rubric}: ${countOf(labels, 'label')}, counted apart`,
  planStatus: ({plan, items, mode, revealed}: {plan: string; items: number; mode: string; revealed: string}) =>
    `${plan}: ${countOf(items, 'item')}, ${mode}${revealed}`,
  isRevealed: ', revealed',
  raterStatus: ({rater, done, total, repeats}: {rater: string; done: number; total: number; repeats: number}) =>
    `${rater} ${done} of ${total} (${countOf(repeats, 'hidden repeat')})`,
  judgeAndPeople: ({sample, judge, people}: {sample: string; judge: string; people: string}) =>
    `${sample}  judge ${judge}  people ${people}`,
  intervalOf: ({percent}: {percent: number}) => `${percent} % interval`,
  checkedFiles: 'files',
  checkedFingerprint: 'fingerprint',
  checkedScenario: 'scenario',
  checkedPrompt: 'prompt',
  checkedDataset: 'dataset',
  checkedRawAnswers: 'raw answers',
  checkedStoredScores: 'stored scores',
  checkedWrittenAnswers: 'written answers',
  checkedScores: 'scores',
  checkedAssessment: 'assessment',
  checkedLines: 'lines',
  checkedFolder: 'folder',
  rootIs: ({root}: {root: string}) => `root ${root}`,
  scenarioAndJudge: ({scenario, version, judge}: {scenario: string; version: string; judge: string}) =>
    `scenario ${scenario} v${version}, judge ${judge}`,
  signatureIs: ({signature}: {signature: string}) => `signature ${signature}`,
  originSamples: ({origin, samples}: {origin: string; samples: number}) => `${origin}: ${samples} samples`,
  answersAre: ({text}: {text: string}) => `answers: ${text}`,
  judgingIs: ({text}: {text: string}) => `judging: ${text}`,
  varianceOf: ({name, text}: {name: string; text: string}) => `  variance of ${name}: ${text}`,
  answerJudgement: ({answer, repeat}: {answer: number; repeat: number}) => `answer ${answer}, judgement ${repeat}:`,
  summaryBelow: '--- summary',
  answerBelow: ({answer}: {answer: number}) => `--- answer ${answer}`,
  sourceBelow: '--- source',
  judgeAnswer: ({sha}: {sha: string}) => `--- answer of the judge ${sha}`,
  pagesWritten: ({files, page}: {files: number; page: string}) => `${files} files: open ${page}`,
  baselineBlessed: ({name, run, verdict, path}: {name: string; run: string; verdict: string; path: string}) =>
    `baseline ${name}: run ${run} (${verdict}), ${path}`,
  cannotBeRater: ({stranger}: {stranger: string}) => `"${stranger}" cannot be a rater's name`,
  beyondScale: ({score}: {score: string}) => `its scores.${score} is not from 0 to 1`,
  isNotJsonClause: ({problem}: {problem: string}) => `is not JSON: ${problem}`,
  lineProblem: ({path, number, problem}: {path: string; number: number; problem: string}) =>
    `${path}, line ${number} ${problem}`,
  baselineEnds: ({day, name}: {day: string; name: string}) => `  ${day}: the end of baseline ${name}`,
  markBegan: ({day, kind, name}: {day: string; kind: string; name: string}) => `  ${day}: ${kind} ${name} began`,
  ofOtherKind: ({problem}: {problem: string}) => `is of another kind: ${problem}`,
  altTest: ({rate, advantage}: {rate: string; advantage: string}) =>
    `  in place of a rater: holds its own against ${rate} of them (one half is wanted), advantage ${advantage}`,
  altTestFew: ({fewest}: {fewest: number}) =>
    `  in place of a rater: not told, three raters with ${fewest} digests each that another labelled as well are needed`,

  reportOf: ({run, judge, root, samples}: {run: string; judge: string; root: string; samples: number}) =>
    `Run \`${run}\` · judge \`${judge}\` · dataset root \`${root}\` · ${samples} samples`,
  reportGate: 'gate',
  reportSamples: 'samples',
  reportValue: 'value',
  reportPassWarn: 'pass / warn',
  reportVerdict: 'verdict',
  reportWhy: 'why',
  reportCalibration: 'calibration',
  reportScore: 'score',
  reportMean: 'mean',
  reportClustered: 'mean, clustered by channel',
  reportP10: 'p10',
  reportWorst: 'worst',
  reportMeasured: 'measured',
  partOf: ({part, whole}: {part: number; whole: number}) => `${part} of ${whole}`,
  reportOrigin: ({origin, samples, share}: {origin: string; samples: number; share: string}) =>
    `${origin}: ${samples} samples, measured share ${share}`,
  reportLatency: ({p50, p95}: {p50: string; p95: string}) => `Latency of writing, seconds: p50 ${p50}, p95 ${p95}`,
  reportVariance: 'variance of a judgement',
  reportNext: 'next',
  reportAnswers: ({text}: {text: string}) => `Answers: ${text}`,
  reportJudging: 'Judging',
  reportWriting: 'Writing',
  reportUnmeasured: ({reasons}: {reasons: string}) => `Unmeasured judgements: ${reasons}`,
  reportAllMeasured: 'Every judgement was measured.',
  commentBefore: 'before',
  commentAfter: 'after',
  commentDifference: 'difference',
  commentInterval: 'interval',
  commentP: 'p (Holm)',
  commentJudge: 'judge',
  commentPaired: ({origin, samples}: {origin: string; samples: number}) => `${origin}, ${samples} samples in both runs`,
  matrixColumns: '| Writer | Judge | Mean | Interval | Shared | Against the best |',
  matrixNote:
    'The best leads on the digests that it shares with each other writer, whatever the means over the digests of each. Differences on the digests that both wrote, channels as clusters, p by Holm over the whole table.',
  noneThere: '(none)',
  mixedJudges: ({before, after}: {before: string; after: string}) =>
    `judge (stored scores of one model and prompt are needed): ${before} -> ${after}`,
  storedAt: ({path, stored, computed}: {path: string; stored: string; computed: string}) =>
    `${path}: stored ${stored}, computed ${computed}`,
  theValue: 'value',
  nothingThere: 'nothing',
  lineNumber: ({line}: {line: number}) => `line ${line}`,
  numberOfLines: 'number of lines',
  theMatrix: 'matrix',
  theScenario: 'scenario',
  theDryRun: 'the dry run',
  dryResult: 'dry run, result',
  dryArchive: 'dry run, archive',
  liveResult: 'live run, result',
  liveReport: 'live run, report',
  liveArchive: 'live run, archive',
  pilotTitle: ({scenario}: {scenario: string}) => `Stage 05.03 pilot log: ${scenario}`,
  pilotDate: ({day}: {day: string}) => `Date: ${day}`,
  pilotDataset: ({
    records,
    telegram,
    synthetic,
    root,
  }: {
    records: number
    telegram: number
    synthetic: number
    root: string
  }) => `Dataset: ${records} records (${telegram} telegram, ${synthetic} synthetic), root \`${root}\``,
  pilotJudge: ({judge, signature}: {judge: string; signature: string}) => `Judge: ${judge}, \`${signature}\``,
  pilotHardware: ({hardware}: {hardware: string}) => `Hardware: ${hardware}`,
  pilotRuns: 'Runs',
  pilotDryRun: 'Dry run',
  pilotLiveRun: 'Live run',
  pilotGates: 'Gates of the live run',
  pilotNote: ({note}: {note: string}) => `Note: ${note}`,
  pilotComparison: ({against}: {against: string}) => `Comparison of the live run with ${against}`,
  pilotEvidence: 'Evidence',
  pilotWhat: 'What',
  pilotFile: 'File',
  pilotVerify: 'Every number above is computed again with `ep23 benchmark:verify FILE.tar.gz`.',
  pilotSignOff: 'Sign-off',
  dataEngineer: 'Data engineer',
  ragOwner: 'RAG owner',
  techLead: 'Tech lead',
  pilotSigner: ({signer}: {signer: string}) => `${signer}: ____________________ date: __________ decision: go / no go`,
  pilotRepeats: 'Repeats',
  pilotOfDataset: 'those of the dataset',
  pilotByModel: ({model}: {model: string}) => `written by ${model}`,
  pilotRepeated: ({answers, model, judgements}: {answers: number; model: string; judgements: number}) =>
    `${countOf(answers, 'answer')} per source, ${model}; ${countOf(judgements, 'judgement')} per answer.`,
  pilotNothingVaries:
    'No score varies between the repeats of this run and between its samples: there is nothing to split.',
  pilotNothingRepeated:
    'Nothing was repeated, so samples, writer and judge cannot be told apart: use --judge-repeats 2, and --answer-repeats 2 with --answer-writer.',
  pilotScore: 'Score',
  pilotNext: 'Next',
  pilotRun: 'Run',
  pilotJudgeName: 'Judge',
  pilotVerdict: 'Verdict',
  pilotSamples: 'Samples',
  pilotMeasured: 'Wholly measured',
  pilotLatency: 'Latency p50 / p95, s',
  pilotTook: 'Took, s',
  pilotNotMeasured: 'not measured',
  pilotNoComparison: 'There is none, and no number takes its place:',
  pilotMetric: 'Metric',
  pilotDifference: 'Difference [interval]',
  pilotWhy: 'Why',
}

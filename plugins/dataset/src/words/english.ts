import {countOf} from '@ep23/sdk'

/** What `dataset:seed` and `dataset:audit` say of the dataset, in English. */
export const english = {
  days: ({days}: {days: number}) => countOf(days, 'day'),
  window: ({window, store, isPlan}: {window: string; store: string; isPlan: boolean}) =>
    `${window} in ${store}${isPlan ? ' — plan only, nothing was written' : ''}`,
  origins: ({telegram, synthetic, team}: {telegram: number; synthetic: number; team: number}) =>
    `${telegram} telegram, ${synthetic} synthetic${team > 0 ? `, ${team} of the team’s` : ''}`,
  channel: ({channel, posts, digests, origins}: {channel: string; posts: number; digests: number; origins: string}) =>
    `${channel} ${countOf(posts, 'post')} read, ${countOf(digests, 'digest')} (${origins})`,
  totals: ({digests, origins, reviews}: {digests: number; origins: string; reviews: number}) =>
    `${countOf(digests, 'digest')} (${origins}), ${countOf(reviews, 'review report')}`,
  kept: ({kept, isPlan}: {kept: number; isPlan: boolean}) =>
    `${countOf(kept, 'stored digest')} ${isPlan ? 'would be' : kept === 1 ? 'was' : 'were'} kept; --replace overwrites them, and dataset:restore brings them back`,
  unwritten: ({days}: {days: number}) =>
    `${countOf(days, 'day')} not written; run the same command again: it asks only for the missing days`,
  allSynthetic: 'The whole dataset is synthetic: good for trying ep23 out, it says nothing about real digests.',
  evidence: ({path}: {path: string}) => `evidence: ${path}`,
  labels: ['not taken', 'digests', 'review reports', 'gaps', 'the team’s own', 'kept', 'not written'].join('|'),
  everyDay: 'every day',
  teamDays: ({days}: {days: number}) => `${countOf(days, 'day')}, nothing written beside them`,
  changes: ({inserted, updated, unchanged, isPlan}: Changes) =>
    isPlan
      ? `${inserted} to insert, ${updated} to change, ${unchanged} that stay`
      : `${inserted} inserted, ${updated} changed, ${unchanged} unchanged`,
  removed: ({removed}: {removed: number}) => `${removed} removed`,
  more: ({shown, more}: {shown: string; more: number}) => `${shown} and ${more} more`,
  leftOut: ({reason, records}: {reason: LeftOut; records: number}) => `${records} ${LEFT_OUT[reason]}`,
  syntheticDigests: ({channels}: {channels: readonly SyntheticShare[]}) =>
    `synthetic digests: ${channels.map(({channel, synthetic, total}) => `${channel} ${synthetic} of ${total}`).join(', ')}`,
  notWritten: ({days}: {days: string}) =>
    `not written: ${days}; run the same command again: it asks only for the missing days`,
  quarantined: ({path}: {path: string}) => `records that could not be read are in ${path}`,
  auditColumns: 'channel|digests|telegram|synthetic|team|reviews|Cyrillic',
  meetsPolicy: '✔ the dataset meets its policy',
  otherFile: ({path}: {path: string}) => `${path} is there already, with something else in it`,
  ownFolder: 'choose a folder of their own for the samples',
  nextAfterSamples: ({channels}: {channels: string}) => `next: ep23 init --yes --from ${channels}`,
  belowPolicy: ({findings}: {findings: number}) => `✖ the dataset is below its policy: ${countOf(findings, 'finding')}`,

  snapshotUnreadable: ({path, problem}: {path: string; problem: string}) => `${path} cannot be read: ${problem}`,
  seedAgain: 'run ep23 dataset:seed again',
  atLine: ({file, at, reason}: {file: string; at: number; reason: string}) => `${file}, line ${at}: ${reason}`,
  neitherFileNorFolder: ({path}: {path: string}) => `${path} is neither a file nor a folder`,
  writeToFile: 'Write the data to a file: it is read more than once.',
  pathMissing: ({path}: {path: string}) => `${path} does not exist`,
  checkPath: 'Check the path; a relative one starts in the current folder.',
  mayNotBeRead: ({path}: {path: string}) => `${path} may not be read`,
  giveRight: ({path}: {path: string}) => `Give yourself the right to read it: chmod u+r "${path}"`,
  noPostsReadable: ({path, found}: {path: string; found: string}) => `${path}: no posts can be read from it: ${found}`,
  formatsCommand: 'Run ep23 dataset:formats for what is read, with an example of each.',
  desktopExport:
    'Telegram Desktop exports a channel: open it, choose “Export chat history” and “Machine-readable JSON”.',
  noSummarizer: ({flag, name}: {flag: string; name: string}) => `${flag} ${name}: there is no such summariser`,
  openaiSummarizer: ({flag}: {flag: string}) => `${flag} openai:MODEL, with LLM_URL`,
  teamWriter: '--writer team, for the digests that your own program stores',
  noUsableDigest: ({
    channel,
    day,
    model,
    name,
    toUser,
  }: {
    channel: string
    day: string
    model: string
    name: string
    toUser: string
  }) => `${channel}, ${day}: ${model} at ${name} gave no usable digest: ${toUser}`,
  dayGivenUp: ({channel, day, reason}: {channel: string; day: string; reason: string}) =>
    `${channel}, ${day}: the workers gave it up: ${reason}`,
  seedMissing: 'run the same command again: only the missing days are written',
  queueNeedsModel: ({name}: {name: string}) => `--queue lets workers ask a model, and --summarizer ${name} asks none`,
  withoutQueue: 'or leave --queue out',
  nobodyFollows: 'no loaded plugin can use a queue (the benchmark plugin can)',
  strongerModel: 'try a stronger model: openai:MODEL',
  withoutModel: 'or write this digest without a model: extractive',
  nothingToImport: 'nothing to import: name the kind of documents and a file',
  cannotConfirm: ({question}: {question: string}) =>
    `${question} This is not a terminal, so it cannot be confirmed here`,
  addYes: 'add --yes',
  notConfirmed: 'nothing was removed: the question was not answered with yes',
  runOrDocument: 'name either a run or a document to restore',
  whatCanBeRestored: 'see what can be restored: ep23 dataset:history',
  notChannelName: ({input, problem}: {input: string; problem: string}) =>
    `"${input}" is not a Telegram channel name: ${problem}`,
  useLinkName: 'use @name or t.me/name as it stands in the channel’s link',
  dateOfNoDay: 'an invalid date belongs to no calendar day',
  wholeDays: ({days}: {days: number}) => `a window has a whole number of days from 1, not ${days}`,
  notDay: ({day}: {day: string}) => `"${day}" is not a calendar day`,
  writeDay: 'write it as YYYY-MM-DD, for example 2024-12-03',
  unknownZone: ({zone}: {zone: string}) => `"${zone}" is not a time zone that this Node knows`,
  useZoneName: 'use a name of the IANA database, for example Europe/Moscow, Asia/Yekaterinburg or UTC',
  noSnapshot: 'there is no snapshot to take the window from',
  seedFirst: 'seed first: ep23 dataset:seed',
  nameWindow: 'or name it: --until YYYY-MM-DD --days 30',
  othersWrite: ({location}: {location: string}) => `other processes keep writing the same documents of ${location}`,
  waitForOthers: 'wait until they have ended and run the same command again',
  noCollectedPosts: ({from, whose}: {from: string; whose: string}) =>
    `${from} has no posts${whose} in its collection "posts"`,
  checkAddress: 'check the address: --from mongodb://HOST/butler',
  postsExpire: 'posts are deleted there after seven days: see that the team’s fetcher runs',
  onlyOneDigest: ({channel, day}: {channel: string; day: string}) =>
    `${channel} has one digest of ${day}, and it is this one`,
  compareWithOther: 'compare with --with history or a file',
  noEarlierDigest: ({digest_id}: {digest_id: string}) => `no earlier version of ${digest_id} is in the history`,
  compareWithFile: 'compare with a file: --with FILE',
  compareWithWriter: ({writerKinds}: {writerKinds: string}) =>
    `or with another writer's digest of the day: --with ${writerKinds}`,
  noDigestByWriter: ({channel, day, writer}: {channel: string; day: string; writer: string}) =>
    `${channel} has no digest of ${day} by the writer "${writer}"`,
  digestsBy: ({digests}: {digests: string}) => `the day's digests are by ${digests}`,
  fileHasNoDigest: ({path, channel, day}: {path: string; channel: string; day: string}) =>
    `${path} has no digest of ${channel} of ${day}`,
  giveDigestFile: 'give a file of digests or of exported records, or the digest itself as a .md file',
  isOtherWriting: 'is another process writing? wait for it and run again',
  nothingCameIn: ({title, why}: {title: string; why: string}) => `no ${title} came in: ${why}`,
  seeTemplate: 'see the form that is read: ep23 dataset:import --template digests (or reviews)',
  noPostOf: ({path, name, labels}: {path: string; name: string; labels: string}) =>
    `${path} holds no post of ${name}; it has ${labels}`,
  otherPosts: ({name, files, same, of, days}: {name: string; files: string; same: number; of: number; days: number}) =>
    `${name}: of the posts of ${countOf(days, 'stored day')} ${same === 0 ? 'none' : `only ${same} of ${of}`} ${same > 1 ? 'are' : 'is'} in ${files}: it looks like the file of another channel; nothing was written`,
  replaceOtherPosts: 'or, if these are the right posts, overwrite the stored digests: --replace',
  restoreOtherPosts:
    'what earlier runs have overwritten is listed by ep23 dataset:history, and ep23 dataset:restore RUN brings it back',
  fileToOwnChannel: 'give the file to its own channel: --from @channel=FILE',
  channelRenamed: ({name, path, labels}: {name: string; path: string; labels: string}) =>
    `or, if the channel was renamed, say so: --from '${name}=${path}#${labels}'`,
  severalChannels: ({path, labels}: {path: string; labels: string}) => `${path} holds several channels: ${labels}`,
  sayWhichChannel: ({path, labels}: {path: string; labels: string}) =>
    `say which one: --from '@channel=${path}#${labels}'`,
  exportTexts: 'export the texts too; tdl writes them with: tdl chat export --all --with-content',
  checkExport: 'check that the file is an export of the channel: ep23 dataset:formats shows what is read',
  storeHasNoPosts: ({location}: {location: string}) => `${location} has no posts in its collection "posts"`,
  collectDaily: 'posts are deleted there after seven days: collect them daily with ep23 dataset:collect',
  sayWhatToPurge: 'say what to purge',
  untilNeedsSources: '"--until latest" needs sources to look at, and none is given',
  nameLastDay: 'name the last day: --until YYYY-MM-DD',
  orGiveSources: 'or give sources: --from @channel=FILE',
  noPostWithText: ({name, sources}: {name: string; sources: string}) =>
    `${name}: there is no post with text in ${sources}`,
  checkFileBelongs: 'check that the file belongs to the channel',
  minimumTooHigh: ({minimum, days}: {minimum: number; days: number}) =>
    `--minimum ${minimum} cannot be met: the window has ${countOf(days, 'day')}`,
  lowerMinimum: 'lower --minimum or raise --days',
  mustBeWhole: ({key, value}: {key: string; value: string}) =>
    `ep23.config.yaml: dataset.${key} must be a whole number from 1, it is ${value}`,
  expectedDay: ({day}: {day: string}) => `expected a day from 2013 to 2099 as YYYY-MM-DD but received: ${day}`,
  noDigestOfDay: ({channel, day, location}: {channel: string; day: string; location: string}) =>
    `${channel} has no digest of ${day} in ${location}`,
  nearestDays: ({days}: {days: string}) => `the nearest days: ${days}`,
  noDigestsAtAll: ({channel}: {channel: string}) => `${channel} has no digests at all`,
  seeStored: 'see what is stored: ep23 dataset:list',
  noChannelNamed: 'no channel is named',
  orInSettings: 'or list them in ep23.config.yaml',
  noSourceOf: ({channels}: {channels: string}) => `no source for ${channels}`,
  sourceInSettings: 'or name the file as from in ep23.config.yaml',
  fromLeftOut: ({channels}: {channels: string}) => `--from names ${channels}, which --channels does not`,
  addToChannels: ({channels}: {channels: string}) => `add ${channels} to --channels`,
  leaveFromOut: 'or leave that --from out',
  bareChannels: ({channels}: {channels: string}) => `no source for ${channels}: every day of it is a gap`,
  channelTwice: 'a channel is named twice in --channels',
  expectedFrom: ({value}: {value: string}) => `--from ${value}: expected @channel=FILE`,
  channelNeedsName: 'ep23.config.yaml: every entry of dataset.channels needs a name',
  datasetHoldsKeys: 'ep23.config.yaml: dataset must hold keys with values',
  mustBeText: ({key}: {key: string}) => `ep23.config.yaml: dataset.${key} must be a text in quotes`,
  noDigestInWindow: 'there is no digest in the window',
  breaksSchema: ({id, pointer, problem}: {id: string; pointer: string; problem: string}) =>
    `${id} breaks its schema at ${pointer}: ${problem}`,
  lookAtPosts: 'look at the posts of that day',
  leaveChannelOut: 'or leave the channel out',
  differentChannels: ({
    name,
    first,
    firstChannel,
    second,
    secondChannel,
  }: {
    name: string
    first: string
    firstChannel: string
    second: string
    secondChannel: string
  }) => `the sources of ${name} are of different channels: ${first} of ${firstChannel}, ${second} of ${secondChannel}`,
  eachFileToOwn: 'give each file to its own channel: --from @channel=FILE',
  oneChannel: ({names, label, files}: {names: string; label: string; files: string}) =>
    `${names} are one channel (${label}): ${files}`,
  sourceOfItsOwn: 'give each channel a source of its own: --from @channel=FILE',
  countedTwice: 'a channel of several counts its posts as independent',
  notRussian: ({name, language, russian, least}: {name: string; language: string; russian: number; least: number}) =>
    `${name}: its posts are in ${language}; ${russian} % of the text is Russian, a Russian channel has at least ${least} %`,
  orCheckFile: 'or check that the file is the channel’s: the language is told by letters and words',
  daysWithoutDigest: ({withGaps}: {withGaps: string}) => `days without a digest: ${withGaps}`,
  fillGaps: 'fill them synthetically, marked so: --gaps synthetic',
  chooseWindow: 'or choose a window that the sources cover: --until YYYY-MM-DD',
  tooMuchSynthetic: ({synthetic, days, allowed}: {synthetic: number; days: number; allowed: number}) =>
    `${synthetic} of ${days} digests are synthetic, --max-synthetic-share allows ${allowed}`,
  addSources: 'add sources for the gaps (dataset:seed --plan shows them)',
  allowLarger: 'or allow a larger share',
  leaveOut: 'leave the channel out',
  countsDiffer: ({label, grouped, enumerated}: {label: string; grouped: string; enumerated: string}) =>
    `${label}: the store counts ${grouped}, reading them gives ${enumerated}`,
  errorAndKept: ({problem, digests}: {problem: string; digests: number}) =>
    `${problem}; ${countOf(digests, 'digest')} ${digests === 1 ? 'was written and is' : 'were written and are'} kept`,
  onlyMissingDays: 'run the same command again: it asks only for the days that are missing',
  noPostRead: ({path, found}: {path: string; found: string}) => `${path}: no post was read; it has ${found}`,
  noRecordsAtAll: 'no records at all',
  recordsWithoutText: ({records}: {records: number}) => `${records} records without text`,
  serviceMessages: ({records}: {records: number}) => `${records} service messages`,
  unreadableRecords: ({records, first}: {records: number; first: string}) =>
    `${records} records that could not be read (the first: ${first})`,
  nothingReplaced: ({run}: {run: string}) => `no document was replaced or removed by the run ${run}`,
  noEarlierKept: ({document}: {document: string}) => `no earlier version of ${document} is kept`,
  line: ({line}: {line: number}) => `line ${line}`,
  record: ({record}: {record: number}) => `record ${record}`,
  correctFile:
    'Correct the file, or run again with --skip-invalid to leave out what cannot be used and have it listed in a quarantine file.',
  refused: ({reason}: {reason: string}) => `refused: ${reason}`,
  exportChannel:
    'Export the channel itself: open it in Telegram Desktop, choose “Export chat history” and “Machine-readable JSON”.',

  longerThanMib: ({mebibytes}: {mebibytes: number}) => `longer than ${mebibytes} MiB`,
  notUtf8: 'not valid UTF-8',
  invalidJson: ({problem}: {problem: string}) => `invalid JSON: ${problem}`,
  damagedGzip: ({problem}: {problem: string}) => `damaged gzip data (${problem})`,
  savedMessages: 'saved messages',
  repliesChat: 'the replies to an account',
  verificationCodes: 'verification codes',
  privateChat: 'a private chat',
  botChat: 'a chat with a bot',
  privateGroup: 'a private group',
  publicGroup: 'a public group',
  unknownChat: ({type}: {type: string}) => `of a type unknown here (${type})`,
  formatPyrogram: 'messages of Pyrogram (str(message))',
  formatTdlib: 'messages of TDLib',
  messageOfGroup: ({id}: {id: string}) =>
    `message ${id} is of a group or private chat, only posts of channels are read`,
  formatBotApi: 'updates of the Bot API',
  formatDesktop: 'a Telegram Desktop export',
  messageOfChat: ({id}: {id: string}) => `message ${id} is of a private chat or group, only posts of channels are read`,
  formatTdl: 'an export of tdl (tdl chat export --all --with-content)',
  formatSnscrape: 'JSON Lines of snscrape',
  format4cat: 'a 4CAT dataset',
  formatWebRecords: 'records of posts from the web preview',
  idNotOfForm: '"id" is not of the form channel/number',
  formatPosts: 'JSON of posts (an array, one a line, or under "messages" or "posts")',
  formatCsv: 'CSV of posts with a header line',
  noDateAndText: 'the first line names no columns for date and text',
  invalidCsv: ({damage}: {damage: string}) => `invalid CSV: ${damage}`,
  rowHasFields: ({fields, header}: {fields: number; header: number}) =>
    `the row has ${countOf(fields, 'field')}, the header ${header}`,
  columnNotUtf8: ({column}: {column: string}) => `"${column}" is not valid UTF-8`,
  quoteNotClosed: 'a quote is not closed',
  afterQuote: 'something stands between a closing quote and the end of its field',
  quoteInField: 'a quote stands in a field that does not begin with one',
  csvRowTooLong: ({bytes}: {bytes: number}) => `invalid CSV: a row is longer than ${bytes} bytes`,
  linesLeftOut: ({damage, from, to}: {damage: string; from: number; to: number}) =>
    `${damage}: lines ${from} to ${to} are left out`,
  pageTooLong: ({bytes}: {bytes: number}) => `the page is longer than ${bytes} bytes`,
  pageNotUtf8: 'the page is not valid UTF-8',
  invalidJsonAt: ({byte, problem}: {byte: number; problem: string}) => `invalid JSON at byte ${byte}: ${problem}`,
  isMissing: ({what}: {what: string}) => `"${what}" is missing`,
  afterJson: 'something follows the end of the JSON document',
  notUtf8Value: 'not valid UTF-8 in the value that begins here',
  noKeyInQuotes: 'a key in double quotes is missing',
  noBracket: '"]" is missing',
  chatProblem: ({problem}: {problem: string}) => `the chat's ${problem}`,
  onlyChannels: ({refused}: {refused: string}) => `this is ${refused}, only channels are read`,
  lineTooLong: ({bytes}: {bytes: number}) => `a line is longer than ${bytes} bytes`,
  fileCutShort: 'the file is cut short: it ends inside the value that begins here',
  valueTooLong: ({bytes}: {bytes: number}) => `a value is longer than ${bytes} bytes`,
  nestedDeeper: ({levels}: {levels: number}) => `nested deeper than ${levels} levels`,
  arrayOfNoObjects: 'a JSON array whose elements are not objects',
  entitiesNotArray: '"entities" is not an array',
  entityWithout: ({entity}: {entity: number}) => `entity ${entity} has no offset or length`,
  entityReaches: ({offset, units, length}: {offset: number; units: number; length: number}) =>
    `an entity reaches from ${offset} over ${units} UTF-16 units, the text has ${length}`,
  formatMtproto: 'a raw MTProto dump (Telethon to_dict)',
  formatTgHistory: 'a history of tg_history_dumper',
  privateOrGroup: ({kind}: {kind: string}) => `a private chat or group (${kind})`,
  messageOf: ({id, chat}: {id: string; chat: string}) => `message ${id} is of ${chat}, only posts of channels are read`,
  noOffset: ({field, value}: {field: string; value: string}) =>
    `"${field}" is ${value}, which has no UTC offset, and nothing says which zone is meant`,
  notDate: ({field, value}: {field: string; value: string}) => `"${field}" is ${value}, not a date`,
  dateOutside: ({field, value}: {field: string; value: string}) =>
    `"${field}" is ${value}, which is not between Telegram's opening in 2013 and 2100`,
  theRecord: 'the record',
  notObject: ({what, kind}: {what: string; kind: string}) => `${what} is ${kind}, not an object`,
  notString: ({field, kind}: {field: string; kind: string}) => `"${field}" is ${kind}, not a string`,
  holdsNul: ({field}: {field: string}) => `"${field}" holds a NUL character (U+0000)`,
  notWhole: ({field, value, most}: {field: string; value: string; most: number}) =>
    `"${field}" is ${value}, not a whole number from 1 to ${most}`,
  notId: ({field, value}: {field: string; value: string}) =>
    `"${field}" is ${value}, not an id without spaces of at most 200 characters`,
  anArray: 'an array',
  anObject: 'an object',
  knownNotRead: 'Known, and not read:',
  formatDesktopHtml: "Telegram Desktop's HTML export (messages.html, or its folder)",
  severalAuthors: 'its messages are of several authors, as in a group or private chat; only channels are read',
  exportGoesOn: 'the export goes on there, but the file is missing',
  saveAsUtf8: 'save it as UTF-8',
  excelWorkbook: 'an Excel workbook',
  saveAsCsv: 'save the sheet as CSV UTF-8, with a header line',
  zipArchive: 'a ZIP archive',
  unpackFirst: 'unpack it first',
  zstdData: 'Zstandard data',
  unpackZstd: 'unpack it first: zstd -d FILE (gzip is read as it is)',
  unpackBzip2: 'unpack it first: bunzip2 FILE (gzip is read as it is)',
  xzData: 'XZ data',
  unpackXz: 'unpack it first: unxz FILE (gzip is read as it is)',
  sevenZip: 'a 7-Zip archive',
  sqliteDatabase: 'an SQLite database (telegram-export, tg-archive, telegram_backup and others write one)',
  exportSqlite: 'export its table of messages: sqlite3 -json FILE "SELECT id, date, text FROM messages" > posts.json',
  parquetFile: 'a Parquet file',
  exportParquet: "write it as JSON Lines: duckdb -c \"COPY (FROM 'FILE') TO 'posts.jsonl'\"",
  pythonPickle: 'a Python pickle',
  exportPickle: 'write the posts as JSON Lines or CSV from Python',
  bsonDump: 'a BSON dump (mongodump)',
  exportBson: 'write it as Extended JSON: bsondump FILE > posts.jsonl, or use mongoexport',
  tgDataset: 'TGDataset (text_messages by channel)',
  desktopIndex: 'the index page of a Telegram Desktop export',
  giveOwnFolder: "give the channel's own folder: chats/chat_…/messages.html",
  pageWithoutPosts: 'a page of t.me without posts: the channel has no preview, or the page is its landing page',
  exportInstead: 'export the channel with Telegram Desktop instead',
  feed: 'a feed (RSS or Atom, as RSSHub and RSS-Bridge give)',
  feedIsNewest: 'a feed holds the newest posts only; export the channel with Telegram Desktop',
  unknownHtml: 'HTML of an unknown kind',
  readHtml:
    "Telegram Desktop's HTML export (messages.html) and saved pages t.me/s/… are read; or choose “Machine-readable JSON” in the export dialog",
  formatPreview: 'a saved preview page (t.me/s/…)',
  pageCutShort: 'the page is a JSON string that is cut short',
  folderEmpty: 'the folder holds no files',
  fileEmpty: 'an empty file',
  unknownFormat: 'neither JSON nor HTML, nor CSV with a header line for date and text',
  jsonWithoutPosts: 'JSON without a single record of a post',
  jsonOtherKeys: ({keys}: {keys: string}) =>
    `JSON whose first object has the keys ${keys}, which are not those of a post`,
  keptFirst: ({id, more, reason}: {id: string; more: number; reason: string}) =>
    `kept ${id} (and ${more} more): ${reason}; --replace overwrites`,
  rejectedIn: ({quarantine_path}: {quarantine_path: string}) => `rejected documents: ${quarantine_path}`,
  nothingMatches: 'no stored document matches: dataset:list shows what is stored',
  undo: ({run}: {run: string}) => `undo: ep23 dataset:restore ${run}`,
  toCheck: ({digests, path}: {digests: number; path: string}) => `${countOf(digests, 'digest')} to check: ${path}`,
  nameLength: ({length}: {length: number}) => `a username has 4 to 32 characters, this has ${length}`,
  nameLetters:
    'a username has letters a–z, digits and single underscores, starts with a letter and does not end in an underscore',
  unnamedChannel: 'an unnamed channel',
  writtenByWorthier: ({from, to}: {from: string; to: string}) => `written by ${from}, which is worth more than ${to}`,
  fromMorePosts: ({before, now}: {before: number; now: number}) =>
    `made from ${countOf(before, 'post')}, there ${now === 1 ? 'is' : 'are'} ${now} now`,
  samePostsBy: ({writer}: {writer: string}) => `written by ${writer} from the same posts`,
  noMorePosts: ({writer}: {writer: string}) => `written by ${writer}, and there are no more posts now`,
  theModel: ({name}: {name: string}) => `the model ${name}`,
  theTeam: ({name}: {name: string}) => `the team (${name})`,
  otherCyrillic: 'another language in Cyrillic letters',
  otherLanguage: 'another language',
  tooFewDigests: ({digests, minimum}: {digests: number; minimum: number}) =>
    `${countOf(digests, 'digest')}, at least ${minimum} required`,
  noDigestOn: ({days, few}: {days: number; few: string}) => `no digest on ${countOf(days, 'day')}: ${few}`,
  withoutReview: ({digests, few}: {digests: number; few: string}) =>
    `${countOf(digests, 'digest')} without a review report: ${few}`,
  sameText: ({few}: {few: string}) => `same text in ${few}`,
  digestsNotRussian: ({foreign, told, languages}: {foreign: number; told: number; languages: string}) =>
    `${foreign} of ${told} digests are not in Russian: ${languages}`,
  lowCyrillic: ({share, least}: {share: string; least: string}) =>
    `mean Cyrillic share ${share}, at least ${least} expected`,
  timesNotMeasured: ({count, reason}: {count: number; reason: string}) => `${count} × ${reason}: not measured`,
  byTeamRule: ({kept, checked}: {kept: number; checked: number}) => `by the team’s rule ${kept} of ${checked}`,
  noPostsWithText: 'no posts with text',
  nothingBut: ({leftOutInWords}: {leftOutInWords: string}) => `nothing but ${leftOutInWords}`,
  tooFewSentences: ({sentences, posts, needed}: {sentences: number; posts: number; needed: number}) =>
    `${countOf(sentences, 'Russian sentence')} in ${countOf(posts, 'post')}, ${needed} are needed`,
  advertsAndCopies: 'adverts and copies of earlier posts',
  postsWithoutWords: 'posts without words',
  copiesOfPosts: 'copies of earlier posts',
  whichChannel: ({title, example}: {title: string; example: string}) =>
    `nothing says which channel «${title}» is; its posts are kept under that title: seed them with --from '@name=mongodb://…#${example}'`,
  replacedOn: ({digest_id, at, run_id}: {digest_id: string; at: string; run_id: string}) =>
    `${digest_id}, replaced on ${at} by run ${run_id}`,
  policyChanged: ({rule, now, usual}: {rule: 'channels' | 'days' | 'minimum'; now: number; usual: number}) =>
    `the policy is changed: ${rule} ${now} instead of ${usual}`,
  wordsDiffer: ({same, added, removed}: {same: number; added: number; removed: number}) =>
    `words: ${same} the same, ${added} added, ${removed} removed`,
  factsGained: ({facts}: {facts: string}) => `facts gained: ${facts}`,
  factsLost: ({facts}: {facts: string}) => `facts lost: ${facts}`,
  historyKept: ({days, mib}: {days: number; mib: number}) => `kept for ${countOf(days, 'day')}, at most ${mib} MiB`,
  bringRunBack: ({run}: {run: string}) => `bring a run's back: ep23 dataset:restore ${run}`,
  secondDocument: ({id}: {id: string}) => `a second document for ${id}`,
  folderHasNoFiles: ({path}: {path: string}) => `${path} has no files in it; subfolders are not looked into`,
  nameFileOrFolder: 'name a file, or the folder that the files are in',
  fileHasNoRecords: 'the file has no records',
  noneValid: ({read, first}: {read: number; first: string}) =>
    `none of ${countOf(read, 'record')} is valid; the first: ${first}`,
  noneStored: 'no digest is stored that fits; ep23 dataset:seed writes some',
  moreNotShown: ({more}: {more: number}) => `${more} more are not shown: raise --limit`,
  postsCollected: ({name, location}: {name: string; location: string}) => `posts of ${name} collected in ${location}`,
  postsIn: ({channel, location}: {channel: string; location: string}) => `posts of ${channel} in ${location}`,
  madeIds: ({name, posts}: {name: string; posts: number}) =>
    `${name}: ${posts} posts have no id in the source; ids were made from what they say, without links`,
  noneInside: ({name, posts}: {name: string; posts: number}) =>
    `${name}: its sources have ${countOf(posts, 'post')}, none of them in the window`,
  naiveDates: ({path, dates, zones}: {path: string; dates: number; zones: string}) =>
    `${path}: ${dates} dates have no UTC offset and were read as ${zones} time; --source-time-zone says otherwise`,
  datesWithoutTime: ({path, dates}: {path: string; dates: number}) =>
    `${path}: ${dates} dates have no time of day; they stand for the beginning of the day`,
  storedAs: ({path, channel, name}: {path: string; channel: string; name: string}) =>
    `${path}: its posts are of ${channel}, and are stored as ${name}`,
  fileNotRead: ({file, reason}: {file: string; reason: string}) => `${file} was not read: ${reason}`,
  moreNotRead: ({files, path}: {files: number; path: string}) => `${files} more files of ${path} were not read`,
  lessThanOne: 'less than 1 %',
  sharePosts: ({first, second, posts, percent}: {first: string; second: string; posts: number; percent: string}) =>
    `${first} and ${second} share ${countOf(posts, 'post')}, ${percent} of the smaller channel: their scores are not independent`,
  noReviewStored: 'no review report is stored for this day',
  digestBy: ({digest_id, origin, model, kind}: {digest_id: string; origin: string; model: string; kind: string}) =>
    `${digest_id}  ${origin}, written by ${model} (${kind})`,
  secondsTaken: ({seconds}: {seconds: string}) => `${seconds} s`,
  versionsPruned: (pruned: {versions: number; kibibytes: number; left: number; leftKibibytes: number}) =>
    `removed ${countOf(pruned.versions, 'version')} (${pruned.kibibytes} KiB); ${pruned.left} kept (${pruned.leftKibibytes} KiB)`,
  latencyNotMeasured: 'latency not measured',
  reviewBy: ({report_id, origin, model}: {report_id: string; origin: string; model: string}) =>
    `${report_id}  ${origin}, written by ${model}`,
  ofOtherProgram: 'it belongs to another program, which ep23 never overwrites',
  none: `none`,
  adverts: `adverts`,
  theSynthetic: `the synthetic generator`,
  aPerson: ({name}: {name: string}) => `a person (${name})`,
  theSummarizer: ({name}: {name: string}) => `the ${name} summarizer`,
  missingValue: `missing`,
  ofType: ({type}: {type: string}) => `a ${type}`,
  messageOfKind: ({chat}: {chat: string}) => `a message is of ${chat}, only channels are read`,
  holdsNoChannel: `it holds no channel`,
  onlyOtherChats: ({chats}: {chats: number}) => `it holds no channel, only ${countOf(chats, 'other chat')}`,
  theRequired: ({channels, required}: {channels: number; required: number}) =>
    `${countOf(channels, 'channel')}, exactly ${required} required`,
  andMore: ({shown, more}: {shown: string; more: number}) => `${shown} and ${more} more`,
  keptOne: ({id, reason}: {id: string; reason: string}) => `kept ${id}: ${reason}; --replace overwrites`,
  importCounts: ({
    kind,
    read,
    inserted,
    updated,
    unchanged,
    kept,
    rejected,
  }: {
    kind: string
    read: number
    inserted: number
    updated: number
    unchanged: number
    kept: number
    rejected: number
  }) =>
    `${kind}: ${read} read, ${inserted} inserted, ${updated} updated, ${unchanged} unchanged, ${kept} kept, ${rejected} rejected`,
  removedBoth: ({digests, reviews}: {digests: number; reviews: number}) =>
    `removed ${countOf(digests, 'digest')} and ${countOf(reviews, 'review report')}`,
  removeBoth: ({digests, reviews, location}: {digests: number; reviews: number; location: string}) =>
    `Remove ${countOf(digests, 'digest')} and ${countOf(reviews, 'review report')} from ${location}?`,
  restoredBoth: ({digests, reviews}: {digests: number; reviews: number}) =>
    `restored ${countOf(digests, 'digest')} and ${countOf(reviews, 'review report')}`,
  restoredSome: ({digests, reviews, unchanged}: {digests: number; reviews: number; unchanged: number}) =>
    `restored ${countOf(digests, 'digest')} and ${countOf(reviews, 'review report')}; ${countOf(unchanged, 'document')} already up to date`,
  listTotals: ({
    digests,
    telegram,
    synthetic,
    team,
  }: {
    digests: number
    telegram: number
    synthetic: number
    team: number
  }) => `${countOf(digests, 'digest')}: ${telegram} telegram, ${synthetic} synthetic, ${team} of the team’s`,
  skippedChats: ({path, chats}: {path: string; chats: number}) =>
    `${path}: skipped ${countOf(chats, 'chat')} that ${chats === 1 ? 'is not a channel' : 'are not channels'}`,
  atByte: ({problem, byte}: {problem: string; byte: number}) => `${problem} (byte ${byte})`,
  isValue: ({what, value}: {what: string; value: string}) => `${what} is ${value}`,
  isValueNot: ({what, value, wanted}: {what: string; value: string; wanted: string}) =>
    `${what} is ${value}, not ${wanted}`,
  aGroup: 'a group',
  entityNumber: ({entity}: {entity: number}) => `entity ${entity}`,
  readFormats: 'Read:',
  historyLine: ({versions, kibibytes, kept}: {versions: number; kibibytes: number; kept: string}) =>
    `${countOf(versions, 'version')}, ${kibibytes} KiB; ${kept}`,
  historyItem: ({at, action, document, command, run}: LostVersion) =>
    `${at}  ${action.padEnd(8)}  ${document}  by ${command}, run ${run}`,
  posts: ({posts}: {posts: number}) => countOf(posts, 'post'),
  dueAt: ({at}: {at: string}) => `due ${at}`,
  judgedScores: ({scores}: {scores: string}) => `judged: ${scores}`,
  postNumber: ({id}: {id: string}) => `post ${id}`,
  collected: ({what, changes}: {what: string; changes: string}) => `${what}: ${changes}`,
  rowsAndPosts: ({channel, rows, posts}: {channel: string; rows: number; posts: number}) =>
    `  ${channel} ${countOf(rows, 'row')}, ${countOf(posts, 'post')}`,
  postsFrom: ({posts, from}: {posts: number; from: string}) => `${countOf(posts, 'post')} of ${from}`,
  collectChanges: ({inserted, updated, unchanged}: {inserted: number; updated: number; unchanged: number}) =>
    `${inserted} new, ${updated} changed, ${unchanged} known`,
  runPrune: 'run ep23 dataset:history:prune',
  historySize: ({
    versions,
    kibibytes,
    days,
    mebibytes,
  }: {
    versions: number
    kibibytes: number
    days: number
    mebibytes: number
  }) =>
    `${countOf(versions, 'version')}, ${kibibytes} KiB (kept for ${countOf(days, 'day')}, at most ${mebibytes} MiB)`,
  utf16Text: 'UTF-16 text',
  bzip2Data: 'bzip2 data',
  makePosts: ({command}: {command: string}) => `make posts of it: ${command}`,
  inRussian: 'Russian (ru)',
  inUkrainian: 'Ukrainian (uk)',
  inBelarusian: 'Belarusian (be)',
  inBulgarian: 'Bulgarian (bg)',
  inSerbian: 'Serbian (sr)',
  inMacedonian: 'Macedonian (mk)',
  inKazakh: 'Kazakh (kk)',
  inEnglish: 'English (en)',
  inArabic: 'Arabic (ar)',
  andMoreFiles: ({files}: {files: number}) => `and ${files} more`,
  undated: ({title, undated}: {title: string; undated: number}) =>
    `${title} without a usable date, which no window finds: ${undated}`,
  summarizerNeeds: ({model}: {model: string}) => `--summarizer openai:${model} needs it`,
  channelNotStored: ({channel, location}: {channel: string; location: string}) =>
    `there are no documents of ${channel} in ${location}`,
  didYouMean: ({name}: {name: string}) => `did you mean ${name}?`,
  daysToWrite: ({wanted, days}: {wanted: number; days: number}) => `${wanted} of ${countOf(days, 'day')} to write`,
  postsDropped: ({posts}: {posts: number}) => `${countOf(posts, 'post')} dropped`,
  channelsRead: ({channels, from, to}: {channels: number; from: string; to: string}) =>
    `${countOf(channels, 'channel')}, ${from} … ${to}`,
  reviewsToWrite: ({reviews}: {reviews: number}) => `${reviews} to write`,
  csvTooOften: ({damage}: {damage: string}) => `invalid CSV: ${damage}, too often to read on`,
  fieldMissing: ({what}: {what: string}) => `${what} is missing`,
  fieldIs: ({what, value}: {what: string; value: string}) => `${what} is ${value}`,
  channelUsername: 'the channel’s username',
  dateOfTelegram: 'a date of 2013 to 2099',
  theSummary: 'the summary',
  postWithText: 'a post with a text',
  theSynthesis: 'the synthesis',
  aPass: 'a pass',
  recordNotObject: 'the record is not an object',
  recordMustBeObject: ({kind}: {kind: string}) => `the record must be an object, this is ${kind}`,
  beyondExact: ({digits}: {digits: string}) => `${digits} is beyond 2^53, where numbers are rounded: write it as text`,
  outsideTelegram: ({moment}: {moment: string}) => `${moment} is not between Telegram's opening in 2013 and 2100`,
  isAbove: ({value, most}: {value: number; most: number}) => `${value} is above ${most}`,
  notShare: ({value}: {value: string}) => `${value} is not from 0 to 1`,
  keyOfDay: ({field, channel, key}: {field: string; channel: string; key: string}) =>
    `${field} must be "${channel}:YYYY-MM-DD", and is "${key}"`,
}

/** A version of a document that a run has overwritten or removed. */
export interface LostVersion {
  at: string
  action: 'replaced' | 'removed'
  document: string
  command: string
  run: string
}

export interface Changes {
  inserted: number
  updated: number
  unchanged: number
  isPlan: boolean
}

export interface SyntheticShare {
  channel: string
  synthetic: number
  total: number
}

/** Why a record gave no post of the window. */
export type LeftOut = keyof typeof LEFT_OUT

export const LEFT_OUT = {
  outside_window: 'outside the window',
  replaced: 'replaced by a later version',
  repeated: 'repeated',
  other_channels: 'of other channels',
  without_text: 'without text',
  service: 'service messages',
  invalid: 'invalid',
} as const

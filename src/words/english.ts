import {countOf} from '@ep23/sdk'

/** What the host itself says, in English. */
export const english = {
  error: 'Error',
  warning: 'Warning',
  code: 'Code',
  tryThis: 'Try this',
  cause: 'Caused by',

  tourDataset: 'A dataset',
  tourDatasetSeen:
    'Five channels, thirty days: 150 digests are stored, each with the posts that it was made of. These posts are invented; with exports of your own it is the same three commands.',
  tourExports: 'Exports that prove themselves',
  tourExportsSeen:
    'Everything was exported twice and compared byte by byte. The root is a hash over all records: whoever has the files can recompute it offline.',
  tourBenchmark: 'A verdict, and a second writer',
  tourBenchmarkSeen:
    'A gate passes when the whole interval of a score is above it, not when its mean is. The comparison pairs the same days of both writers and says how sure it is.',
  tourObservability: 'What ran, and how long',
  tourObservabilitySeen:
    'Every command has left a trace, metrics and logs; observability:serve shows Prometheus their sum, observability:policy holds each metric against rules for names and labels.',
  tourRetrieval: 'Retrieval',
  tourRetrievalSeen:
    'Queries whose answers are known were searched in the stored posts. rag:tune tries other settings on them and tells a gain from luck.',
  tourCommandFailed: ({command, code}: {command: string; code: string}) => `${command} ended with ${code}`,
  tourEnd: ({seconds}: {seconds: number}) =>
    `That was the tour, ${countOf(seconds, 'second')}; its folder is gone. Yours begins with: ep23 init`,
  moreLines: ({lines}: {lines: number}) => `… ${countOf(lines, 'more line')}`,
  pressEnter: 'Enter for the next job, Ctrl-C to end',

  notLoaded: ({names}: {names: string}) => `ep23 could not load its own ${names}`,
  warningsNameFile: 'the warnings above name the file',
  tooFewFiles: 'too few open files allowed? ulimit -n',
  installAgain: 'else install ep23 again',
  longDash: ({word}: {word: string}) => `"${word}" begins with a long dash`,
  writeDashes: ({word}: {word: string}) => `write ${word}`,
  noArgumentHere: ({command, extra}: {command: string; extra: string}) =>
    `ep23 ${command} takes no argument here: ${extra}`,
  seeHelpOf: ({command}: {command: string}) => `see ep23 ${command} --help`,
  noSuchCommand: ({id}: {id: string}) => `ep23 has no command ${id}`,
  didYouMeanCommand: ({command}: {command: string}) => `did you mean ep23 ${command}?`,
  helpOfTopic: ({topic}: {topic: string}) => `ep23 help ${topic} lists its commands`,
  helpOfAll: 'ep23 help lists all commands',

  settingMustBe: ({name, problem}: {name: string; problem: string}) => `${name} ${problem}`,
  theFile: 'the file',
  noSuchSetting: ({name}: {name: string}) => `there is no setting ${name}`,
  needsKey: ({name, key}: {name: string; key: string}) => `${name} needs a ${key}`,
  atPlace: ({place, problem}: {place: string; problem: string}) => `${place}: ${problem}`,
  mustBeOfType: ({types, given}: {types: readonly string[]; given: string}) =>
    `must be ${types.map(type => TYPES[type] ?? type).join(' or ')}, and is ${given}`,
  mustBeOneOf: ({values, given}: {values: string; given: string}) => `must be one of ${values}, and is ${given}`,
  mustLookLike: ({pattern, given}: {pattern: string; given: string}) => `must look like ${pattern}, and is ${given}`,
  mustBeAtLeast: ({minimum, given}: {minimum: number; given: number}) => `must be at least ${minimum}, and is ${given}`,
  mustBeAtMost: ({maximum, given}: {maximum: number; given: number}) => `must be at most ${maximum}, and is ${given}`,
  didYouMean: ({name}: {name: string}) => `did you mean ${name}?`,
  knownKeys: ({names}: {names: string}) => `known: ${names}`,
  correctThere: 'correct it there',
  variableOneOf: ({name, values, given}: {name: string; values: string; given: string}) =>
    `environment ${name} must be one of ${values}, and is "${given}"`,
  variableYesOrNo: ({name, given}: {name: string; given: string}) =>
    `environment ${name} must be yes or no, and is "${given}"`,
  setOrUnset: ({name}: {name: string}) => `set ${name}=1, or unset it`,
  noSuchVariable: ({name}: {name: string}) => `environment ${name} is no setting of ep23`,
  explainLists: 'ep23 config:explain lists all settings',
  notOneValue: ({file, key}: {file: string; key: string}) => `${file}: ${key} must be one value, not a list or keys`,
  mustBeOnOrOff: ({origin, given}: {origin: string; given: string}) =>
    `telemetry must be on or off, and ${origin} says "${given}"`,
  mustBeShare: ({origin, given}: {origin: string; given: string}) =>
    `traceSample must be a share from 0 to 1, and ${origin} says "${given}"`,
  neitherFileNorUrl: ({path}: {path: string}) => `${path} is neither a file nor a URL`,
  noSettingsFile: ({file}: {file: string}) => `there is no settings file ${file}`,
  checkConfigPath: 'check the path after --config',
  fixAtLine: 'fix the file at that line',
  twoReadings: ({place, written, reading}: {place: string; written: string; reading: string}) =>
    `${place}: ${written} is read by YAML 1.1 as ${reading}`,
  writeInstead: ({agreed}: {agreed: string}) => `write ${agreed}`,
  notKeysWithValues: ({file}: {file: string}) =>
    `${file}: the file must hold keys with values, not a list or a single value`,
  notSet: '(not set)',
  origin: ({origin}: {origin: string}) => origin,

  otherSdk: ({command, given, own}: {command: string; given: string; own: string}) =>
    `${command} was built against @ep23/sdk ${given}, this ep23 has ${own}`,
  updatePlugin: ({major}: {major: string}) => `update the plugin to @ep23/sdk ${major}.x`,
  pluginLeftOut: ({plugin, problem}: {plugin: string; problem: string}) =>
    `the plugin ${plugin} could not be loaded and is left out: ${problem}`,
  stoppedBeforeStep: ({title}: {title: string}) => `stopped before the step "${title}"`,

  versionAt: ({version, path}: {version: string; path: string}) => `${version} at ${path}`,
  fewZones: ({zones}: {zones: number}) => `only ${zones} time zones`,
  useFullIcu: 'use a Node built with full ICU',
  icu: ({icu, zones}: {icu: string; zones: string}) => `ICU ${icu}, time zones ${zones}`,
  clockSays: ({now}: {now: string}) => `the clock says ${now}`,
  setClock: 'set the clock of this machine',
  clock: ({now, zone}: {now: string; zone: string}) => `${now}, zone ${zone}`,
  noStoreYet: ({path}: {path: string}) => `none yet at ${path}: dataset:seed makes it`,
  checkStore: 'check --store',
  noneInFuture: 'none is in the future',
  runsInFuture: ({runs}: {runs: string}) => `runs of a time that has not come yet: ${runs}`,
  setTheirClock: 'set the clock of the machine that made them; gauges that they set are left out of /metrics',
  freeAt: ({gibibytes, folder}: {gibibytes: number; folder: string}) => `${gibibytes.toFixed(1)} GiB free at ${folder}`,
  makeRoom: 'make room: at least 0.5 GiB',
  setDatasetDir: 'set EP23_DATASET_DIR to a folder you can write to',
  oneOwner: 'each has one owner',
  renameMetric: 'rename the metric in the plugin, or unlink it: ep23 plugins unlink',
  noManifest: ({label}: {label: string}) => `${label}, no manifest: starts slowly`,
  oldManifest: ({label}: {label: string}) => `${label}, manifest older than the compiled code`,
  runBuild: 'run npm run build',
  manifestOf: ({label, day}: {label: string; day: string}) => `${label}, manifest of ${day}`,
  checkFailed: ({problem}: {problem: string}) => `the check itself failed: ${problem}`,
  runWithDebug: 'run again with --debug',
  fix: 'fix',

  noStore: ({path}: {path: string}) => `there is no store at ${path}`,
  fillFirst: 'fill one first, with ep23 dataset:seed or dataset:import',
  orNameAnother: 'or name another with --store or EP23_STORE',
  storeIsFolder: ({path}: {path: string}) => `the store ${path} is a folder`,
  nameFileInIt: ({path}: {path: string}) => `name a file in it, such as ${path}/store.sqlite, with --store`,
  storeUnderFile: ({path}: {path: string}) => `the store ${path} lies under a file, not a folder`,
  chooseOtherStore: 'choose another path with --store',
  unknownScheme: ({scheme}: {scheme: string}) => `the store has the unknown scheme ${scheme}://`,
  noLocation: 'the store has no location',
  useLocation: 'use a file path, mongodb://host/database or mongodb+srv://host/database',
  unreadableAddress: 'the MongoDB address of the store cannot be read',
  writeAddress: 'write mongodb://user:password@host:port/database?options',
  encodeAddress: 'percent-encode @ : / ? # in user, password and options',
  brokenLink: ({target}: {target: string}) => `leads to ${target}, which is not there`,
  brokenAnchor: ({target, part}: {target: string; part: string}) =>
    `leads to #${part} of ${target}, which has no such part`,
  staleSchema: 'is a copy of a schema of ep23, and not what this ep23 has: copy it again',
  conflictMarker: 'has the marks of a merge conflict: choose what is to stay, and take the marks out',
  jsonlTooLarge: ({megabytes, file}: {megabytes: number; file: string}) =>
    `is ${megabytes} MiB of JSON lines: cut it with ep23 exporters:split ${file} --max 500KB`,
  notJson: ({problem}: {problem: string}) => `is not JSON: ${problem}`,
  notYaml: ({problem}: {problem: string}) => `is not YAML: ${problem}`,
  repositoryFine: ({files}: {files: number}) => `${files} files, nothing to mend`,
  repositoryFindings: ({files, findings}: {files: number; findings: number}) => `${files} files, to mend: ${findings}`,
  translationDiffers: ({translated, original}: {translated: number; original: number}) =>
    `has ${translated} headings, its English page has ${original}`,
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
}

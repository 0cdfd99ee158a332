import {countOf} from '@ep23/sdk'

/** What the commands of observability say, in English. */
export const english = {
  tooFast: ({perSecond}: {perSecond: number}) => `calls come faster than ${perSecond} a second`,
  againInSecond: 'call again in a second',
  grafanaWouldRefuse: 'correct what it names: Grafana would refuse it again',
  grafanaAccount: 'use a service account that may write folders, dashboards, datasources and alert rules',
  checkGrafana: 'check --grafana and run the same command again: what was written is not written twice',
  evidenceUnreadable: ({path, problem}: {path: string; problem: string}) =>
    `the evidence ${path} cannot be read: ${problem}`,
  templateUnreadable: ({path, problem}: {path: string; problem: string}) =>
    `the template ${path} cannot be read: ${problem}`,
  templateNotObject: ({path}: {path: string}) => `the template ${path} is not a JSON object`,
  templateNotJson: ({path, problem}: {path: string; problem: string}) => `the template ${path} is not JSON: ${problem}`,
  dockerFailed: ({step, reason}: {step: string; reason: string}) => `${step} in Docker: ${reason}`,
  seeDockerMissing: 'see what is missing with ep23 infra:check --provider docker',
  noFolderOf: ({file}: {file: string}) => `--github-env ${file}: its folder does not exist`,
  makeFolderFirst: 'make it first',
  processStays: ({pid}: {pid: number}) => `process ${pid} does not end, even by SIGKILL`,
  lookAtProcess: ({pid}: {pid: number}) => `look at it: ps -fp ${pid}`,
  linuxOnly: 'processes can be looked after on Linux only: /proc cannot be read',
  useLinux: 'use infra:up on Linux, or start the servers yourself',
  doesNotAnswer: ({step, url, problem}: {step: string; url: string; problem: string}) =>
    `${step} does not answer at ${url}: ${problem}`,
  checkUrl: ({step}: {step: string}) => `check --url ${step}=…`,
  commandFailed: ({step, end, command}: {step: string; end: string; command: string}) =>
    `the command for ${step} failed with ${end}: ${command}`,
  runByHand: 'run it by hand',
  portTaken: ({port, step, code}: {port: number; step: string; code: string}) =>
    `port ${port} for ${step} is taken or not allowed (${code})`,
  leaveOutPort: ({step}: {step: string}) => `leave out --port ${step}=… to take a free one`,
  useExternal: ({step}: {step: string}) => `use what runs there: --provider ${step}=external`,
  notInstalled: ({step}: {step: string}) => `${step} is not installed`,
  didNotComeUp: ({step, reason, log}: {step: string; reason: string; log: string}) =>
    `${step} did not come up: ${reason}${log}`,
  readLog: ({log}: {log: string}) => `read ${log}`,
  seeMissing: `see what is missing with ep23 infra:check`,
  cannotStart: ({program}: {program: string}) => `${program} cannot be started`,
  infraBusy: ({folder}: {folder: string}) => `another ep23 process is changing the infrastructure in ${folder}`,
  waitForIt: 'wait for it with --wait SECONDS',
  ownStateDir: 'give this job a stack of its own with --state-dir',
  otherVersion: ({file}: {file: string}) => `${file} was not written by this version of ep23`,
  stopByHand: 'stop the servers it names by hand, then remove it',
  noEvidenceAt: 'there is no evidence at that address',
  listResources: 'list the resources',
  fileTooLarge: ({mostBytes}: {mostBytes: number}) => `the file is larger than ${mostBytes} bytes`,
  readThere: 'read it on the machine',
  notBegun: ({command}: {command: string}) => `${command} was not begun`,
  endedWithoutResult: ({command}: {command: string}) => `${command} ended without a result`,
  seeLogLines: 'see its lines in the log of ep23',
  tooManyRunning: ({most}: {most: number}) => `${most} commands are running already`,
  callLater: 'call again when one has ended',
  noTokenIn: ({file}: {file: string}) => `the token file ${file} contains no token`,
  tokenTwice: ({file}: {file: string}) => `the token file ${file} contains a token twice`,
  tokenPerScope: 'give every scope a token of its own',
  makeToken: 'make one with: openssl rand -hex 32',
  notScopeToken: ({line}: {line: number}) => `line ${line} of the token file is not "scope token"`,
  scopesAre: ({scopes}: {scopes: string}) => `the scopes are ${scopes}`,
  tokenTooShort: ({shortest}: {shortest: number}) =>
    `the token must be ${shortest} or more printable ASCII characters without spaces`,
  tokenFileUnreadable: ({file, problem}: {file: string; problem: string}) =>
    `the token file ${file} cannot be read: ${problem}`,
  checkTokenPath: 'check the path after --token-file',
  noSourceFiles: ({root}: {root: string}) => `${root} has no JSON or YAML files under grafana or prometheus`,
  nameRoot: 'name the folder with --root',
  stdoutIsMcp: 'standard output belongs to MCP here, --json has no place on it',
  orUseHttp: 'leave out --json, or use --http',
  ownerNeedsToken: 'over HTTP the tools of the owner need a token that tells the owner from others',
  putOwnerLine: 'put a line "owner TOKEN" into the file of --token-file',
  grafanaAddress: '--grafana expects an http:// or https:// address',
  grafanaPassword: '--grafana contains a password, which every user of this machine can read',
  useTokenFile: 'use --token-file',
  reachable: ({host}: {host: string}) =>
    `${host} can be reached from other machines: a token and --allowed-hosts are needed`,
  setTokenFile: 'set --token-file and --allowed-hosts, or listen on 127.0.0.1',
  handoffBreaks: ({problems}: {problems: string}) => `the handoff breaks its schema: ${problems}`,
  correctTemplate: 'correct the template; see schemas/handoff.schema.json of the plugin',
  noRunIn: ({run, location}: {run: string; location: string}) => `there is no run ${run} in ${location}`,
  runToHandOver: 'to hand over',
  runStageFirst: 'run the stage first, or name the store with --store',
  fixThenDown: 'fix what keeps it running, then run ep23 infra:down again: it knows what is left',
  cameUpAndDown: ({step, problem}: {step: string; problem: string}) =>
    `${step} came up and went down again: ${problem}`,
  seeInfraLog: 'see its log in the infra folder and run ep23 infra:up again',
  cannotBringUp: ({missing}: {missing: string}) => `cannot bring up ${missing}`,
  providerTwice: ({providers}: {providers: string}) => `--provider names ${providers} for all parts`,
  expectsStepValue: ({flag, text}: {flag: string; text: string}) =>
    `--${flag} expects STEP=VALUE but received: ${text}`,
  notWanted: ({flag, text, step}: {flag: string; text: string; step: string}) =>
    `--${flag} ${text}: ${step} is not among the wanted parts`,
  noPart: ({name}: {name: string}) => `there is no part ${name}`,
  partsAre: ({parts}: {parts: string}) => `the parts are ${parts}`,
  noProvider: ({name}: {name: string}) => `there is no provider ${name}`,
  providersAre: ({providers}: {providers: string}) => `the providers are ${providers}`,
  badPort: ({step, text}: {step: string; text: string}) =>
    `--port ${step}=${text}: a port is a whole number from 1 to 65535`,
  notTakenDown: ({problems}: {problems: string}) => `not everything could be taken down: ${problems}`,
  fixThat: 'fix that, then run ep23 infra:down again: it knows what is left',
  serverWithoutScope: ({name, scope}: {name: string; scope: string}) =>
    `${name} needs the scope ${scope}, and this server was started without --allow-${scope}`,
  tokenWithoutScope: ({name, scope}: {name: string; scope: string}) =>
    `${name} needs the scope ${scope}, which the token of this call does not have`,
  askOperatorStart: ({scope}: {scope: string}) => `ask its operator to start it with --allow-${scope}`,
  askOperatorToken: ({scope}: {scope: string}) => `ask its operator for a token of the scope ${scope}`,
  noSuchTool: 'there is no tool of that name',
  listTools: 'list the tools',
  wrongArguments: ({name, problems}: {name: string; problems: string}) => `wrong arguments for ${name}: ${problems}`,
  seeInputSchema: 'see the input schema of the tool',
  noMetric: ({name}: {name: string}) => `no metric ${name} is declared`,
  askForOne: ({names}: {names: string}) => `ask for one of ${names}`,
  seeFindings: 'see all findings with ep23 observability:provision:check',
  noDatasource: 'there are alert rules, and no datasource of the type prometheus to ask',
  addDatasource: 'add one to grafana/provisioning/datasources',
  noAlerts: 'leave the alerts to Prometheus: --no-alerts',
  groupTwice: ({twice}: {twice: string}) =>
    `two rule groups have the name ${twice}, and Grafana keeps only one of them`,
  renameGroup: 'rename one of them',
  otherSidecar: ({location, url, pid, host}: {location: string; url: string; pid: number; host: string}) =>
    `another sidecar shows the metrics of ${location}: ${url} (process ${pid} on ${host})`,
  scrapeThatOne: 'scrape that one, or stop it first: with two of them everything would count twice',
  storeUnreadable: 'the store cannot be read; the log of the server says why',
  notTraceId: ({prefix, shortest}: {prefix: string; shortest: number}) =>
    `${prefix} is not a trace id: ${shortest} to 32 hexadecimal digits`,
  tracesBegin: ({traces, prefix}: {traces: number; prefix: string}) => `${traces} traces begin with ${prefix}`,
  moreDigits: 'give more digits of the id',
  noTrace: ({prefix, location}: {prefix: string; location: string}) => `there is no trace ${prefix} in ${location}`,
  seeTraces: 'see the latest ones with: ep23 observability:traces:list',
  seeTraceSample: 'see with ep23 config:explain whether only a share of them is kept (traceSample)',
  grafanaSilent: ({url, request}: {url: string; request: string}) => `Grafana at ${url} does not answer ${request}`,
  grafanaAnswers: ({status, request, words}: {status: number; request: string; words: string}) =>
    `Grafana answers ${status} to ${request}: ${words}`,

  outsideFolder: ({file, cwd}: {file: string; cwd: string}) =>
    `${file} is outside ${cwd}, the only folder its container can see`,
  runInside: 'run ep23 in a folder that contains it, or use the provider process',
  composeFailed: ({problem}: {problem: string}) => `docker compose up failed: ${problem}`,
  notRemoved: ({problem}: {problem: string}) => `its container could not be removed: ${problem}`,
  containerEnded: ({words}: {words: string}) => `its container has ended${words}`,
  notReadyBut: ({seconds, problem, words}: {seconds: number; problem: string; words: string}) =>
    `not ready after ${seconds} s (${problem})${words}`,
  noEngine: ({problem}: {problem: string}) => `no Docker engine answers (${problem})`,
  startEngine: 'start it or name it with DOCKER_HOST, or use the provider process',
  noCompose: 'docker has no compose',
  installCompose: 'install the plugin docker-compose-v2 (docker-compose-plugin at Docker)',
  noDocker: 'docker is not installed',
  startOrOther: 'start it, or use another provider',
  silentAt: ({url, problem}: {url: string; problem: string}) => `${url} does not answer (${problem})`,
  processEnded: ({pid}: {pid: number}) => `process ${pid} has ended`,
  noProgram: 'no program for it on this host',
  noCommand: 'the provider command has no command',
  noAddress: ({provider}: {provider: string}) => `the provider ${provider} has no address`,
  answersWith: ({status}: {status: number}) => `it answers ${status}`,
  itEnded: ({how}: {how: string}) => `it ended with ${how}`,
  notReady: ({seconds, problem}: {seconds: number; problem: string}) => `not ready after ${seconds} s (${problem})`,
  endedAtOnce: 'it ended at once',
  installMongo:
    'install mongod, set EP23_FERRETDB to a FerretDB program, use --provider mongo=docker or mongo=external, or leave it out with --step',
  partOfEp23: 'nothing: it is part of ep23',
  nothingMissing: ({parts}: {parts: string}) => `nothing is missing for ${parts}`,
  nothingRan: 'nothing was running',
  nothingRuns: 'nothing is running',
  takenDown: ({parts}: {parts: number}) => `${countOf(parts, 'part')} of an earlier run taken down first`,
  outOfDate: 'out of date',
  upToDate: ({file}: {file: string}) => `${file}: up to date`,
  writtenTo: ({path}: {path: string}) => `Written to ${path}`,
  served: ({seconds, calls}: {seconds: number; calls: number}) => `Served for ${seconds} s: ${calls} calls.`,
  notChecked: ({text}: {text: string}) => `not checked: ${text}`,
  nothingFound: 'nothing found',
  checkedFiles: ({verdict, files, queries}: {verdict: string; files: number; queries: number}) =>
    `${verdict} in ${files} files with ${queries} queries`,
  htmlWritten: ({html}: {html: string}) => `Written to ${html}`,
  policyMet: 'The policy is met.',
  policyBroken: ({places}: {places: number}) => `The policy is broken in ${places} places.`,
  promtoolMissing: 'queries, rule files and their tests: promtool is not installed (apt-get install prometheus)',
  amtoolMissing: 'Alertmanager’s configuration: amtool is not installed (apt-get install prometheus-alertmanager)',
  minutesSeconds: ({minutes, seconds}: {minutes: number; seconds: number}) => `${minutes} min ${seconds} s`,
  secondsLong: ({seconds}: {seconds: string}) => `${seconds} s`,
  milliseconds: ({milliseconds}: {milliseconds: string}) => `${milliseconds} ms`,
  microseconds: ({microseconds}: {microseconds: string}) => `${microseconds} µs`,
  parentNotStored: ({parent}: {parent: string}) => `its parent ${parent} is not stored`,
  parentsInCircle: ({parent}: {parent: string}) => `its parents name each other in a circle, beginning with ${parent}`,
  continuesBelow: ({parent}: {parent: string}) => `continues below ${parent}`,
  traceHead: ({trace, spans, took}: {trace: string; spans: number; took: string}) =>
    `trace ${trace}: ${countOf(spans, 'span')}, ${took}`,
  spanFailed: 'failed',
  noSpans: 'No spans are stored; every command that does work stores its own.',
  wouldRemove: ({spans, runs, logs, folded}: {spans: number; runs: number; logs: number; folded: number}) =>
    `Would remove ${spans} spans, ${runs} runs, ${logs} log files; ${folded} runs added to the totals.`,
  removed: ({spans, runs, logs, folded}: {spans: number; runs: number; logs: number; folded: number}) =>
    `Removed ${spans} spans, ${runs} runs, ${logs} log files; ${folded} runs added to the totals.`,
  expectedSeconds: ({input}: {input: string}) => `expected seconds but received: ${input}`,
  servingOn: ({url}: {url: string}) => `Serving on ${url}\nPrometheus scrapes ${url}/metrics\n`,
  servingMcp: ({url}: {url: string}) => `Serving on ${url}\nMCP clients connect to ${url}/mcp\n`,
  waitingMcp: `Waiting for an MCP client on standard input; agents start this command themselves. Ctrl-C ends it.\n`,
  servedAt: ({url, seconds, answers}: {url: string; seconds: number; answers: number}) =>
    `Served ${url} for ${seconds} s: ${answers} answers.`,
  partUp: ({step, url}: {step: string; url: string}) => `${step}: up, ${url}`,
  partDown: ({step, problem}: {step: string; problem: string}) => `${step}: down, ${problem}`,
  partMissing: ({step, problem, fix}: {step: string; problem: string; fix: string}) => `${step}: ${problem} (${fix})`,
  findings: ({findings}: {findings: number}) => countOf(findings, 'finding'),
  metricLine: ({
    metric,
    kind,
    unit,
    series,
    owner,
  }: {
    metric: string
    kind: string
    unit: string
    series: number
    owner: string
  }) => `${metric}  ${kind}, ${unit}, at most ${series} series, by ${owner}`,
  coverageLine: ({
    service,
    metrics,
    fields,
    lines,
    spans,
  }: {
    service: string
    metrics: string
    fields: string
    lines: number
    spans: string
  }) => `${service}: ${metrics} metrics, ${fields} fields in ${lines} log lines, ${spans} spans`,
  spansOf: ({spans}: {spans: number}) => `${spans} spans`,
  failedOf: ({errors}: {errors: number}) => `${errors} failed`,
  written: 'written',
  nextTry: ({seconds}: {seconds: string}) => `failed, next try in ${seconds} s`,
  pidAndPort: ({pid, port}: {pid: number; port: number}) => `pid ${pid}, port ${port}`,
  containerOnPort: ({port}: {port: number}) => `container on port ${port}`,
}

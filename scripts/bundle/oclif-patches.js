// What oclif does at each start and a bundle can do without. Each is a replacement in one file of @oclif/core; the build fails when
// the text is no longer there, so that an update of oclif is looked at and never half patched. Figures: docs/decisions/MADR-EP23-012.

/** @type {{file: string, why: string, find: string, replace: string}[]} */
export const OCLIF_PATCHES = [
  {
    file: 'config/plugin.js',
    why: 'a plugin of the bundle lies where npm would have put it: looking there first saves a walk through all parents',
    find: ': await (0, find_root_1.findRoot)(this.options.name, this.options.root);',
    replace:
      ": this.options.name && require('node:fs').existsSync((0, node_path_1.join)(this.options.root, 'node_modules', this.options.name, 'package.json'))" +
      " ? (0, node_path_1.join)(this.options.root, 'node_modules', this.options.name)" +
      ' : await (0, find_root_1.findRoot)(this.options.name, this.options.root);',
  },
  {
    file: 'config/plugin-loader.js',
    why: 'plugins are listed by their names, which need no pattern matching',
    find: 'patterns.some((w) => (0, minimatch_1.minimatch)(p, w))',
    replace: "patterns.some((w) => w === p || (w.includes('*') && (0, minimatch_1.minimatch)(p, w)))",
  },
  {
    file: 'config/plugin.js',
    why: "the collator of Node's locale takes 7 ms to load; ids of small letters are in the same order without it",
    find: '.sort((a, b) => a.id.localeCompare(b.id))',
    replace:
      '.sort((a, b) => (/^[a-z:-]+$/u.test(a.id + b.id) ? (a.id < b.id ? -1 : 1) : a.id.localeCompare(b.id)))',
  },
  {
    file: 'util/fs.js',
    why: 'a start reads twenty small files one after the other; each takes a fifth of the time when it is waited for',
    find: "const contents = await (0, promises_1.readFile)(path, 'utf8');",
    replace: "const contents = (0, node_fs_1.readFileSync)(path, 'utf8');",
  },
  {
    file: 'help/util.js',
    why: 'most texts are no template, and compiling them as one takes a third of the time of a help page',
    find: 'return ejs_1.default.render(t, context);',
    replace: "return String(t).includes('<%') ? ejs_1.default.render(t, context) : t;",
  },
  {
    file: 'help/index.js',
    why: 'every topic was compared with every other, each time in a new list of all topics',
    find: `return this.config.topics.filter((topic) => {
            // it is assumed a topic has a child if it has children
            const hasChild = this.config.topics.some((subTopic) => subTopic.name.includes(\`\${topic.name}:\`));
            return hasChild;
        });`,
    replace: `const topics = this.config.topics;
        const names = topics.map(({ name }) => name).join('\\n');
        return topics.filter(({ name }) => names.includes(\`\${name}:\`));`,
  },
  {
    file: 'util/os.js',
    why: "only Linux can be Windows' Linux, and its kernel says so",
    find: "return (await import('wsl-utils')).isWsl ? 'wsl' : (0, node_os_1.platform)();",
    replace:
      "return /microsoft/iu.test((0, node_os_1.release)()) && (await import('wsl-utils')).isWsl ? 'wsl' : (0, node_os_1.platform)();",
  },
]

/** Modules that oclif loads at its start and uses rarely: loaded at their first use. */
const LATE = [
  'ejs',
  'tinyglobby',
  'minimatch',
  'cli-spinners',
  'lilconfig',
  'wrap-ansi',
  'widest-line',
  'string-width',
  'indent-string',
  'node:child_process',
  'node:fs/promises',
  'node:readline',
  'node:perf_hooks',
]

/** The code of a file of @oclif/core as it goes into the bundle. */
export function patchOclif(file, code) {
  const patched = OCLIF_PATCHES.filter(patch => patch.file === file).reduce((text, {find, replace}) => {
    if (!text.includes(find))
      throw new Error(`@oclif/core/lib/${file} has changed: look at its patch in ${import.meta.filename}`)
    return text.replace(find, () => replace)
  }, code)
  return patched.replaceAll(
    /^const (\w+) = (__importDefault\()?require\("([\w:/-]+)"\)\)?;$/gmu,
    (line, name, isDefault, from) =>
      LATE.includes(from) ? `const ${name} = ${late(from, isDefault !== undefined)};` : line,
  )
}

function late(from, isDefault) {
  return isDefault
    ? `{get default() { const m = require("${from}"); return m.default ?? m; }}`
    : `new Proxy({}, {get: (_, key) => require("${from}")[key]})`
}

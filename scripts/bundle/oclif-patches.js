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
    file: 'util/os.js',
    why: "only Linux can be Windows' Linux, and its kernel says so",
    find: "return (await import('wsl-utils')).isWsl ? 'wsl' : (0, node_os_1.platform)();",
    replace:
      "return /microsoft/iu.test((0, node_os_1.release)()) && (await import('wsl-utils')).isWsl ? 'wsl' : (0, node_os_1.platform)();",
  },
]

/** Modules that oclif loads at its start and uses rarely: loaded at their first use. */
const LATE = ['ejs', 'tinyglobby', 'minimatch', 'cli-spinners', 'lilconfig']

/** The code of a file of @oclif/core as it goes into the bundle. */
export function patchOclif(file, code) {
  const patched = OCLIF_PATCHES.filter(patch => patch.file === file).reduce((text, {find, replace}) => {
    if (!text.includes(find))
      throw new Error(`@oclif/core/lib/${file} has changed: look at its patch in ${import.meta.filename}`)
    return text.replace(find, () => replace)
  }, code)
  return patched.replaceAll(
    /^const (\w+) = (__importDefault\()?require\("([\w-]+)"\)\)?;$/gmu,
    (line, name, isDefault, from) =>
      LATE.includes(from) ? `const ${name} = ${late(from, isDefault !== undefined)};` : line,
  )
}

function late(from, isDefault) {
  return isDefault
    ? `{get default() { const m = require("${from}"); return m.default ?? m; }}`
    : `new Proxy({}, {get: (_, key) => require("${from}")[key]})`
}

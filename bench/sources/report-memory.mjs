// Loaded into a measured child: says in the end how much memory it has taken at most.
process.on('exit', () => process.stderr.write(`max rss ${process.resourceUsage().maxRSS} kB\n`))

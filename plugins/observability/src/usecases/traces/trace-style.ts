/** The style of a trace's page: one grid for all rows, so that the bars share the axis whatever their level. */
export const TRACE_STYLE = `
body{--soft:color-mix(in srgb,currentColor 6%,transparent)}
body{font-size:14px;margin:1.5rem auto;max-width:80rem;padding:0 1rem}
h1{font-size:1.25rem;margin:0 0 .25rem}code{font-size:.95em;overflow-wrap:anywhere}p{margin:0 0 1rem}
.row{display:grid;grid-template-columns:minmax(0,1fr) 5.5rem minmax(12rem,38%);gap:.1rem .75rem;align-items:center;padding:.15rem .25rem}
summary{cursor:pointer;list-style:none}summary::-webkit-details-marker{display:none}
summary:hover{background:var(--soft)}details{border-top:1px solid var(--line)}
.name{padding-left:calc(var(--level)*.9rem + 1.1rem);position:relative;overflow-wrap:anywhere}
.name::before{content:"▸";position:absolute;left:calc(var(--level)*.9rem);opacity:.55}
details[open]>summary .name::before{content:"▾"}
small{opacity:.65;margin-left:.25rem}.took{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bar{position:relative;background:var(--soft);height:.9rem;overflow:hidden}
.bar i{position:absolute;inset-block:0;background:var(--accent);min-width:2px}
.error>summary .bar i{background:var(--bad)}.error>summary .name{color:var(--bad)}
.axis{font-size:.8rem;opacity:.75}.ticks{position:relative;height:1.2em}
.ticks i{position:absolute;font-style:normal;transform:translateX(-50%);white-space:nowrap}
.ticks i:first-child{transform:none}.ticks i:last-child{transform:translateX(-100%)}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:0 1rem;margin:.1rem 0 .6rem 2.2rem;font-size:.92em}
dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}
.note{margin:0;padding:0 .25rem .2rem calc(var(--level)*.9rem + 1.35rem);font-size:.85em;opacity:.75}
@media(max-width:40rem){.row{grid-template-columns:minmax(0,1fr) auto}.bar,.ticks{grid-column:1/-1}}`

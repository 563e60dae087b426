"""How fast is the columnar index built, how large is it, how fast does it answer, and does it survive being killed?

`python -m benchmarks` measures builds beside those of peers, `python -m benchmarks.queries` answers,
`python -m benchmarks.suggesting` suggestions, `python -m benchmarks.kills` kills builds and syncs,
`python -m benchmarks.endurance` asks on and on while the index changes, `python -m benchmarks.faults` lets things go
wrong, and `python -m benchmarks.fuzz` gives every reader what nobody wrote with care. What came of it is in
docs/benchmarks.md.

articles       what is indexed: a folder of JSON lines, or a generated corpus; the same for every system
synthetic      articles made of words that are distributed as in a language
systems        what is measured: for each system how it builds, opens and answers
peers          the systems of others, imported only when they run
building       articles a second, bytes on disk, peak memory
opening        time and memory until a searcher is there, and until it has answered
merging        one segment out of many, against building them
fresh          a measurement in a process of its own
processes      what /proc says of a process and those it started
report         the tables
circumstances  what a run was measured on and under
queries        how long answers take: the command, and its tables
questions      what is asked: words drawn from the articles
answering      how each system answers: hits, total, facets, snippets
lockstep       several systems on the same queries, in turn
growth         the corpus several times over, with altered words
service        gunicorn under load
suggesting     what a suggestion costs while somebody types
kills          SIGKILL at random moments, and what is there afterwards
victim         the process that is killed
versions       the collections it writes, and what an index of each has to hold
endurance      the service asked without a pause while its index is synced and built anew
faults         what readers and operators see when something goes wrong, and what is lost
fuzz           hundreds of thousands of inputs for whatever reads what others wrote
fuzzed         what that is, and what has to be true of it
hostile        the inputs: tokens of a format in any order, cut, repeated, nested

It needs Linux: memory and processor time of several processes together are read from /proc.
"""

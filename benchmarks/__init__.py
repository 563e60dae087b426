"""How fast is the columnar index built, how large is it, and does it survive being killed?

`python -m benchmarks` measures Karjera beside its peers, `python -m benchmarks.kills` kills builds and syncs.

articles    what is indexed: a folder of JSON lines, or a generated corpus; the same for every system
synthetic   articles made of words that are distributed as in a language
systems     what is measured: for each system how it builds, opens and answers
peers       the systems of others, imported only when they run
building    articles a second, bytes on disk, peak memory
opening     time and memory until a searcher is there, and until it has answered
merging     one segment out of many, against building them
fresh       a measurement in a process of its own
processes   what /proc says of a process and those it started
report      the tables
kills       SIGKILL at random moments, and what is there afterwards
victim      the process that is killed
versions    the collections it writes, and what an index of each has to hold

It needs Linux: memory and processor time of several processes together are read from /proc.
"""

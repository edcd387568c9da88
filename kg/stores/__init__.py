"""The graph in use: checked against shapes, asked in SPARQL, served to clients, pushed to triple stores.

All start from the files of a build, never from a graph in memory, so graphs of any size and from any program work.
"""

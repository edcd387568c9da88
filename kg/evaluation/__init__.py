"""How good a graph is: gold files, precision and recall, and the errors one by one.

``gold`` reads and checks gold files, ``scoring`` compares a graph with one of them, ``run`` builds and scores
a folder of pages.
"""

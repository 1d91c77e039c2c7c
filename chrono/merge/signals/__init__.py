"""The shelf of signals: one kind of evidence, for or against, that two entries record the same event each.

A signal is a module with `NAME` and two functions of two entries' traits and the background of the timeline:
`weigh(one, other, background) -> float` gives bits in the manner of Fellegi and Sunter, log2(m / u), where m is how often
two rows of one event agree like this and u how often two unrelated rows do; 0 is no evidence, negative speaks against;
`explain(one, other, background) -> str` says in plain words what was compared, and is asked only for links that are kept.
Both give the same whichever entry comes first.
"""

"""A scheduler for regions without Zoezi: the part of Zoezi's HTTP API that Rampen uses.

A process of its own with a database of its own; Rampen talks to it as it talks to Zoezi.
"""

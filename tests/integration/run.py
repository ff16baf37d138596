#!/usr/bin/env python3
"""What only shows when the whole command runs: memory, character sets, which guide, edits of JSON, that no finding tells a value, and that the documents say what is so.

Wants REMEDI, the command, and GENERATE, the program of bench/generate.c, in the environment. SIZE is that of the generated files.
"""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import charsets
import damage
import dispatch
import documents
import edits
import memory
import posting
import rows
import sarif
import secrecy
import tap

for part in (memory, posting, rows, charsets, damage, dispatch, edits, sarif, secrecy, documents):
    part.test()
tap.finish()

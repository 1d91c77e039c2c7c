"""Stage 1: files to sheets. The only stage, with report and cli, that touches the user's files.

open_case(paths)        a case folder, or bare files -> OpenedCase
read_returns(opened)    every file in isolation -> Returns and Problems
"""

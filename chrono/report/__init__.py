"""Stage 5: the review to something to read.

write(review, folder, names) -> the files written
"""

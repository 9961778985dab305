"""The board report as plain data: what stands in it, in which order and in which words. pdf.py and docx.py set it."""

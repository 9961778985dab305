"""The workbook, piece by piece: its looks, its cells, its sheets, what overflows, and the summary with its charts."""

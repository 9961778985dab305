"""What leaves the house as files. Rows are handed in; nothing here asks the database."""

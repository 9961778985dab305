"""The site for owners, leads and board members."""

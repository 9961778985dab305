"""Pictures of the plan: where their marks stand. What they show is counted elsewhere; the templates draw it as SVG.

Places along a line are shares of its width (“12.5%”) and heights are pixels, so that a picture fits every screen and page
while its words keep their size.
"""

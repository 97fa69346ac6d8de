"""Documents to keep: one HTML file each, with all that it shows inside, for the screen and for paper."""

"""What the columns of a portfolio mean: headings, values, dates, and the mapping to properties."""

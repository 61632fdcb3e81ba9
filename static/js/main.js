// The start of every page.

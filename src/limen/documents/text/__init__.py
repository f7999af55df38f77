"""The structure of a text: paragraphs, sentences, quotations, dates."""

"""What all pages of single things share: names, marks in a text, paging, labels of the vocabulary, retired names."""

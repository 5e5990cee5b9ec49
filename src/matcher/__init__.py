"""Brand–creator matching: a brief in any language in, a ranked and explained shortlist of creators out."""

"""Chinese news and policy pages in, a knowledge graph of Shanghai's innovation ecosystem out."""

"""PyTorch forms of word vectors, written from the papers: the oracle of their .dlm forms."""
from torch import nn


class SkipGram(nn.Module):
    """Mikolov et al., 2013: the score of each of the words asked for."""

    def __init__(self, vocab=10_000, width=300):
        super().__init__()
        self.input = nn.Embedding(vocab, width)
        self.output = nn.Embedding(vocab, width)

    def score(self, vector, words):
        return (self.output(words) @ vector.unsqueeze(2)).squeeze(2)

    def forward(self, center, words):
        return self.score(self.input(center), words)


class Cbow(SkipGram):
    """The same from the mean of the words around that the mask holds."""

    def forward(self, context, words, mask):
        total = self.input(context).masked_fill(~mask.unsqueeze(2), 0).sum(1)
        return self.score(total / mask.sum(1, keepdim=True).clamp(min=1), words)

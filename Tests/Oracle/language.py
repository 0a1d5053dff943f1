"""PyTorch forms of recurrent language models, written from the papers: the oracle of their .dlm forms."""
from torch import nn


class LstmLanguageModel(nn.Module):
    """Zaremba et al., 2014."""

    def __init__(self, vocab, hidden, layers=2):
        super().__init__()
        self.embed = nn.Embedding(vocab, hidden)
        self.lstm = nn.LSTM(hidden, hidden, layers, batch_first=True)
        self.head = nn.Linear(hidden, vocab)

    def forward(self, words, h=None, c=None):
        y, (last_h, last_c) = self.lstm(self.embed(words), None if h is None else (h, c))
        return self.head(y), last_h, last_c


class GruLanguageModel(nn.Module):
    """The same with the units of Cho et al., 2014."""

    def __init__(self, vocab, hidden, layers=2):
        super().__init__()
        self.embed = nn.Embedding(vocab, hidden)
        self.gru = nn.GRU(hidden, hidden, layers, batch_first=True)
        self.head = nn.Linear(hidden, vocab)

    def forward(self, words, h=None):
        y, last_h = self.gru(self.embed(words), h)
        return self.head(y), last_h

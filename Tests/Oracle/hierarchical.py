"""The hierarchical attention network (Yang et al., 2016) in PyTorch: the oracle of the .dlm form. Every sequence is read by itself, without its padding."""
import torch
from torch import nn


class BothWays(nn.Module):
    def __init__(self, d, hidden):
        super().__init__()
        self.ahead = nn.GRU(d, hidden, batch_first=True)
        self.back = nn.GRU(d, hidden, batch_first=True)

    def forward(self, x):
        """Of one sequence: [T, d] to [T, 2 hidden]."""
        return torch.cat([self.ahead(x[None])[0], self.back(x.flip(0)[None])[0].flip(1)], 2)[0]


class ContextAttention(nn.Module):
    def __init__(self, d, width):
        super().__init__()
        self.dense = nn.Linear(d, width)
        self.context = nn.Linear(width, 1, bias=False)

    def forward(self, h):
        weights = self.context(self.dense(h).tanh())[:, 0].softmax(0)
        return weights @ h, weights


class HierarchicalAttention(nn.Module):
    """Documents whose lengths are those of the mask: words int[B, S, T], padding behind."""

    def __init__(self, classes, vocab, width, hidden):
        super().__init__()
        self.embed = nn.Embedding(vocab, width)
        self.words = BothWays(width, hidden)
        self.word_attention = ContextAttention(2 * hidden, 2 * hidden)
        self.sentences = BothWays(2 * hidden, hidden)
        self.sentence_attention = ContextAttention(2 * hidden, 2 * hidden)
        self.head = nn.Linear(2 * hidden, classes)

    def forward(self, words, mask):
        word_weights = torch.zeros(words.shape)
        sentence_weights = torch.zeros(words.shape[:2])
        documents = []
        for b, document in enumerate(words):
            sentences = []
            for s, sentence in enumerate(document):
                length = int(mask[b, s].sum())
                if length == 0:
                    word_weights[b, s] = 1 / words.shape[2]  # of padding alone, nothing is said
                    continue
                vector, weights = self.word_attention(self.words(self.embed(sentence[:length])))
                sentences.append(vector)
                word_weights[b, s, :length] = weights
            vector, weights = self.sentence_attention(self.sentences(torch.stack(sentences)))
            sentence_weights[b, :len(weights)] = weights
            documents.append(vector)
        return self.head(torch.stack(documents)), word_weights, sentence_weights

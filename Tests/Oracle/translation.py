"""PyTorch forms of translators with recurrent nets, written from the papers: the oracle of their .dlm forms."""
import torch
from torch import nn


class Seq2Seq(nn.Module):
    """Sutskever et al., 2014."""

    def __init__(self, source_vocab, target_vocab, width, hidden, layers):
        super().__init__()
        self.source_embed = nn.Embedding(source_vocab, width)
        self.encoder = nn.LSTM(width, hidden, layers, batch_first=True)
        self.target_embed = nn.Embedding(target_vocab, width)
        self.decoder = nn.LSTM(width, hidden, layers, batch_first=True)
        self.head = nn.Linear(hidden, target_vocab)

    def forward(self, source, target):
        state = self.encoder(self.source_embed(source))[1]
        hidden, state = self.decoder(self.target_embed(target), state)
        return self.head(hidden), torch.stack(state)


class Alignment(nn.Module):
    """Bahdanau et al., 2014, section 3.1."""

    def __init__(self, hidden):
        super().__init__()
        self.W = nn.Linear(hidden, hidden)
        self.v = nn.Linear(hidden, 1, bias=False)


class Bahdanau(nn.Module):
    """Bahdanau et al., 2014, section 3 and appendix A, with PyTorch's gated units."""

    def __init__(self, source_vocab, target_vocab, width, hidden, maxout):
        super().__init__()
        self.hidden = hidden
        self.source_embed = nn.Embedding(source_vocab, width)
        self.encoder = nn.GRU(width, hidden, bidirectional=True, batch_first=True)
        self.U = nn.Linear(2 * hidden, hidden, bias=False)
        self.target_embed = nn.Embedding(target_vocab, width)
        self.first = nn.Linear(hidden, hidden)
        self.align = Alignment(hidden)
        self.output = nn.Linear(hidden + width + 2 * hidden, 2 * maxout)
        self.cell = nn.GRUCell(width + 2 * hidden, hidden)
        self.head = nn.Linear(maxout, target_vocab)

    def forward(self, source, target, mask):
        memory = self.encoder(self.source_embed(source))[0]
        s = self.first(memory[:, 0, self.hidden:]).tanh()
        logits, alignment = [], []
        for word in self.target_embed(target).unbind(1):
            scores = self.align.v((self.align.W(s)[:, None] + self.U(memory)).tanh())[:, :, 0]
            weights = scores.masked_fill(~mask, float("-inf")).softmax(1)
            context = (weights[:, :, None] * memory).sum(1)
            pairs = self.output(torch.cat((s, word, context), 1))
            logits.append(self.head(torch.maximum(pairs[:, 0::2], pairs[:, 1::2])))
            s = self.cell(torch.cat((word, context), 1), s)
            alignment.append(weights)
        return torch.stack(logits, 1), torch.stack(alignment, 1), memory, self.U(memory), s


class Score(nn.Module):
    """Luong et al., 2015, equation 8."""

    def __init__(self, kind, width):
        super().__init__()
        self.kind = kind
        if kind == "general":
            self.W = nn.Linear(width, width, bias=False)
        if kind == "concat":
            self.W_state = nn.Linear(width, width, bias=False)
            self.W_memory = nn.Linear(width, width, bias=False)
            self.v = nn.Linear(width, 1, bias=False)

    def forward(self, h, memory):
        if self.kind == "dot":
            return memory @ h
        if self.kind == "general":
            return self.W(memory) @ h
        return self.v((self.W_state(h) + self.W_memory(memory)).tanh())[:, 0]


class Luong(nn.Module):
    """Luong et al., 2015: global attention, or with a window local-p, each target position of each sentence by itself, and of its words alone."""

    def __init__(self, source_vocab, target_vocab, width, layers, score="general", window=None):
        super().__init__()
        self.window = window
        self.source_embed = nn.Embedding(source_vocab, width)
        self.encoder = nn.LSTM(width, width, layers, batch_first=True)
        self.target_embed = nn.Embedding(target_vocab, width)
        self.decoder = nn.LSTM(width, width, layers, batch_first=True)
        if window is not None:
            self.W_p = nn.Linear(width, width, bias=False)
            self.v_p = nn.Linear(width, 1, bias=False)
        self.score = Score(score, width)
        self.W_c = nn.Linear(2 * width, width, bias=False)
        self.head = nn.Linear(width, target_vocab)

    def forward(self, source, target, mask=None):
        memory, state = self.encoder(self.source_embed(source))
        lengths = [memory.shape[1]] * len(source) if mask is None else mask.sum(1).tolist()
        hidden, state = self.decoder(self.target_embed(target), state)
        logits, alignment = zip(*(self.sentence(memory[i, :lengths[i]], hidden[i]) for i in range(len(source))))
        alignment = [nn.functional.pad(weights, (0, memory.shape[1] - weights.shape[1])) for weights in alignment]
        return torch.stack(logits), torch.stack(alignment), memory, torch.stack(state)

    def sentence(self, memory, hidden):
        logits, alignment = [], []
        for h in hidden:
            scores = self.score(h, memory)
            if self.window is None:
                weights = scores.softmax(0)
            else:
                count = len(memory)
                place = count * self.v_p(self.W_p(h).tanh()).sigmoid()
                near = [s for s in range(count) if abs(s - place) <= self.window]
                weights = torch.zeros(count)
                weights[near] = scores[near].softmax(0)
                deviation = self.window / 2
                weights = weights * torch.exp(-(torch.arange(count) - place) ** 2 / (2 * deviation ** 2))
            context = weights @ memory
            logits.append(self.head(self.W_c(torch.cat((context, h))).tanh()))
            alignment.append(weights)
        return torch.stack(logits), torch.stack(alignment)


class TranslatorEncoder(nn.Module):
    """Vaswani et al., 2017, figure 1 left, on torch.nn.TransformerEncoderLayer."""

    def __init__(self, vocab, d, heads, layers, hidden, longest):
        super().__init__()
        self.register_buffer("positions", torch.empty(longest, d))
        self.embed = nn.Embedding(vocab, d)
        self.layers = nn.ModuleList(nn.TransformerEncoderLayer(d, heads, hidden, batch_first=True) for _ in range(layers))
        self.norm = nn.LayerNorm(d)

    def forward(self, source, mask=None):
        x = self.embed(source) * self.embed.embedding_dim ** 0.5 + self.positions[:source.shape[1]]
        for layer in self.layers:
            x = layer(x, src_key_padding_mask=None if mask is None else ~mask)
        return self.norm(x)


class TranslatorDecoder(nn.Module):
    """Figure 1 right, on torch.nn.TransformerDecoderLayer."""

    def __init__(self, vocab, d, heads, layers, hidden, longest):
        super().__init__()
        self.register_buffer("positions", torch.empty(longest, d))
        self.embed = nn.Embedding(vocab, d)
        self.layers = nn.ModuleList(nn.TransformerDecoderLayer(d, heads, hidden, batch_first=True) for _ in range(layers))
        self.norm = nn.LayerNorm(d)

    def forward(self, target, memory, mask=None):
        x = self.embed(target) * self.embed.embedding_dim ** 0.5 + self.positions[:target.shape[1]]
        future = torch.ones(target.shape[1], target.shape[1], dtype=torch.bool).triu(1)
        for layer in self.layers:
            x = layer(x, memory, tgt_mask=future, memory_key_padding_mask=None if mask is None else ~mask)
        return self.norm(x) @ self.embed.weight.T

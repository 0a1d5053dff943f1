"""BERT in PyTorch (Devlin et al., 2018) under Hugging Face's keys, and what is built on it: the oracle of the .dlm forms."""
import math

import torch
from torch import nn


class SelfAttention(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(d, d)
        self.key = nn.Linear(d, d)
        self.value = nn.Linear(d, d)

    def forward(self, x, mask):
        batch, length, d = x.shape
        q, k, v = (part(x).view(batch, length, self.heads, d // self.heads).transpose(1, 2) for part in (self.query, self.key, self.value))
        scores = q @ k.transpose(2, 3) / math.sqrt(d // self.heads)
        weights = scores.masked_fill(~mask[:, None, None, :], float("-inf")).softmax(-1)
        return (weights @ v).transpose(1, 2).reshape(batch, length, d)


class Output(nn.Module):
    def __init__(self, wide, d, eps):
        super().__init__()
        self.dense = nn.Linear(wide, d)
        self.LayerNorm = nn.LayerNorm(d, eps)

    def forward(self, h, x):
        return self.LayerNorm(self.dense(h) + x)


class Dense(nn.Module):
    def __init__(self, wide, out):
        super().__init__()
        self.dense = nn.Linear(wide, out)

    def forward(self, x):
        return self.dense(x)


class Layer(nn.Module):
    def __init__(self, d, heads, eps):
        super().__init__()
        self.attention = nn.Module()
        self.attention.self = SelfAttention(d, heads)
        self.attention.output = Output(d, d, eps)
        self.intermediate = Dense(d, 4 * d)
        self.output = Output(4 * d, d, eps)

    def forward(self, x, mask):
        x = self.attention.output(self.attention.self(x, mask), x)
        return self.output(nn.functional.gelu(self.intermediate(x)), x)


class Embeddings(nn.Module):
    def __init__(self, vocab, d, context, segments, first, eps):
        super().__init__()
        self.first = first
        self.word_embeddings = nn.Embedding(vocab, d)
        self.position_embeddings = nn.Embedding(context, d)
        self.token_type_embeddings = nn.Embedding(segments, d)
        self.LayerNorm = nn.LayerNorm(d, eps)

    def forward(self, words, segment):
        places = torch.arange(words.shape[1]) + self.first
        return self.LayerNorm(self.word_embeddings(words) + self.token_type_embeddings(segment) + self.position_embeddings(places))


class Bert(nn.Module):
    """Without a segment all is in sentence 0, without a mask nothing is padding; RoBERTa's heads want no pooler."""

    def __init__(self, vocab, d, layers, heads, context=512, segments=2, first=0, eps=1e-12, pools=True):
        super().__init__()
        self.embeddings = Embeddings(vocab, d, context, segments, first, eps)
        self.encoder = nn.Module()
        self.encoder.layer = nn.ModuleList(Layer(d, heads, eps) for _ in range(layers))
        if pools:
            self.pooler = Dense(d, d)

    def forward(self, words, segment=None, mask=None):
        x = self.embeddings(words, torch.zeros_like(words) if segment is None else segment)
        mask = torch.ones_like(words).bool() if mask is None else mask
        for layer in self.encoder.layer:
            x = layer(x, mask)
        return (x, self.pooler(x[:, 0]).tanh()) if hasattr(self, "pooler") else x


class Transform(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.dense = nn.Linear(d, d)
        self.LayerNorm = nn.LayerNorm(d, 1e-12)

    def forward(self, x):
        return self.LayerNorm(nn.functional.gelu(self.dense(x)))


class BertForPreTraining(nn.Module):
    """Hugging Face's state also lists the tied table and bias a second time, below cls.predictions.decoder."""

    def __init__(self, vocab, d, layers, heads, context=512):
        super().__init__()
        self.bert = Bert(vocab, d, layers, heads, context)
        self.cls = nn.Module()
        self.cls.predictions = nn.Module()
        self.cls.predictions.bias = nn.Parameter(torch.zeros(vocab))
        self.cls.predictions.transform = Transform(d)
        self.cls.seq_relationship = nn.Linear(d, 2)

    def forward(self, words, segment, mask):
        states, pooled = self.bert(words, segment, mask)
        table = self.bert.embeddings.word_embeddings.weight
        logits = self.cls.predictions.transform(states) @ table.T + self.cls.predictions.bias
        return logits, self.cls.seq_relationship(pooled)


class BertForSequenceClassification(nn.Module):
    def __init__(self, classes, vocab, d, layers, heads, context=512):
        super().__init__()
        self.bert = Bert(vocab, d, layers, heads, context)
        self.classifier = nn.Linear(d, classes)

    def forward(self, words, segment, mask):
        return self.classifier(self.bert(words, segment, mask)[1])


class AlbertAttention(SelfAttention):
    def __init__(self, d, heads):
        super().__init__(d, heads)
        self.dense = nn.Linear(d, d)
        self.LayerNorm = nn.LayerNorm(d, 1e-12)

    def forward(self, x, mask):
        return self.LayerNorm(x + self.dense(super().forward(x, mask)))


class AlbertLayer(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.full_layer_layer_norm = nn.LayerNorm(d, 1e-12)
        self.attention = AlbertAttention(d, heads)
        self.ffn = nn.Linear(d, 4 * d)
        self.ffn_output = nn.Linear(4 * d, d)

    def forward(self, x, mask):
        x = self.attention(x, mask)
        return self.full_layer_layer_norm(self.ffn_output(nn.functional.gelu(self.ffn(x), approximate="tanh")) + x)


class Albert(nn.Module):
    """Lan et al., 2019: one layer for all turns."""

    def __init__(self, vocab, d, layers, heads, width, context=512):
        super().__init__()
        self.layers = layers
        self.embeddings = Embeddings(vocab, width, context, 2, 0, 1e-12)
        self.encoder = nn.Module()
        self.encoder.embedding_hidden_mapping_in = nn.Linear(width, d)
        group = nn.Module()
        group.albert_layers = nn.ModuleList([AlbertLayer(d, heads)])
        self.encoder.albert_layer_groups = nn.ModuleList([group])
        self.pooler = nn.Linear(d, d)

    def forward(self, words, segment, mask):
        x = self.encoder.embedding_hidden_mapping_in(self.embeddings(words, segment))
        for _ in range(self.layers):
            x = self.encoder.albert_layer_groups[0].albert_layers[0](x, mask)
        return x, self.pooler(x[:, 0]).tanh()


class AlbertWords(nn.Module):
    def __init__(self, vocab, d, width):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(vocab))
        self.LayerNorm = nn.LayerNorm(width, 1e-12)
        self.dense = nn.Linear(d, width)

    def forward(self, x, table):
        return self.LayerNorm(nn.functional.gelu(self.dense(x), approximate="tanh")) @ table.T + self.bias


class AlbertForPreTraining(nn.Module):
    """Hugging Face's state also lists the tied table and bias a second time, below predictions.decoder."""

    def __init__(self, vocab, d, layers, heads, width, context=512):
        super().__init__()
        self.albert = Albert(vocab, d, layers, heads, width, context)
        self.predictions = AlbertWords(vocab, d, width)
        self.sop_classifier = nn.Module()
        self.sop_classifier.classifier = nn.Linear(d, 2)

    def forward(self, words, segment, mask):
        states, pooled = self.albert(words, segment, mask)
        logits = self.predictions(states, self.albert.embeddings.word_embeddings.weight)
        return logits, self.sop_classifier.classifier(pooled)


class AlbertForSequenceClassification(nn.Module):
    def __init__(self, classes, vocab, d, layers, heads, width, context=512):
        super().__init__()
        self.albert = Albert(vocab, d, layers, heads, width, context)
        self.classifier = nn.Linear(d, classes)

    def forward(self, words, segment, mask):
        return self.classifier(self.albert(words, segment, mask)[1])


def roberta(vocab, d, layers, heads, context):
    return Bert(vocab, d, layers, heads, context, segments=1, first=2, eps=1e-5, pools=False)


class RobertaWords(nn.Module):
    def __init__(self, vocab, d):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(vocab))
        self.dense = nn.Linear(d, d)
        self.layer_norm = nn.LayerNorm(d, 1e-5)

    def forward(self, x, table):
        return self.layer_norm(nn.functional.gelu(self.dense(x))) @ table.T + self.bias


class RobertaForMaskedLM(nn.Module):
    """Hugging Face's state also lists the tied table and bias a second time, below lm_head.decoder."""

    def __init__(self, vocab, d, layers, heads, context=514):
        super().__init__()
        self.roberta = roberta(vocab, d, layers, heads, context)
        self.lm_head = RobertaWords(vocab, d)

    def forward(self, words, mask):
        return self.lm_head(self.roberta(words, mask=mask), self.roberta.embeddings.word_embeddings.weight)


class RobertaForSequenceClassification(nn.Module):
    def __init__(self, classes, vocab, d, layers, heads, context=514):
        super().__init__()
        self.roberta = roberta(vocab, d, layers, heads, context)
        self.classifier = nn.Module()
        self.classifier.dense = nn.Linear(d, d)
        self.classifier.out_proj = nn.Linear(d, classes)

    def forward(self, words, mask):
        return self.classifier.out_proj(self.classifier.dense(self.roberta(words, mask=mask)[:, 0]).tanh())

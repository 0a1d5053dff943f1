"""PyTorch forms of models that torchvision has not, written from the papers: the oracle of their .dlm forms."""
import math

import torch
from torch import nn


class LeNet5(nn.Module):
    """LeCun et al., 1998, with ReLU and max pooling, on 28x28 padded by 2."""

    def __init__(self, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.linear1 = nn.Linear(400, 120)
        self.linear2 = nn.Linear(120, 84)
        self.linear3 = nn.Linear(84, classes)

    def forward(self, x):
        x = nn.functional.max_pool2d(self.conv1(x).relu(), 2)
        x = nn.functional.max_pool2d(self.conv2(x).relu(), 2)
        x = self.linear1(x.flatten(1)).relu()
        return self.linear3(self.linear2(x).relu())


class CifarBlock(nn.Module):
    """He et al., 2015, section 4.2, with the shortcut of option A."""

    def __init__(self, channels, planes, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, planes, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.stride, self.added = stride, planes - channels

    def forward(self, x):
        main = self.bn2(self.conv2(self.bn1(self.conv1(x)).relu()))
        skip = nn.functional.pad(x[:, :, ::self.stride, ::self.stride], (0, 0, 0, 0, self.added // 2, self.added // 2))
        return (main + skip).relu()


class CifarResNet(nn.Module):
    """He et al., 2015, section 4.2: 6n + 2 layers."""

    def __init__(self, n, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = nn.Sequential(*[CifarBlock(16, 16, 1) for _ in range(n)])
        self.layer2 = nn.Sequential(*[CifarBlock(32 if i else 16, 32, 1 if i else 2) for i in range(n)])
        self.layer3 = nn.Sequential(*[CifarBlock(64 if i else 32, 64, 1 if i else 2) for i in range(n)])
        self.linear = nn.Linear(64, classes)

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.linear(x.mean((2, 3)))


class DeepQNetwork(nn.Module):
    """Mnih et al., 2015, Methods, "Model architecture"."""

    def __init__(self, actions=4):
        super().__init__()
        self.conv1 = nn.Conv2d(4, 32, 8, stride=4)
        self.conv2 = nn.Conv2d(32, 64, 4, stride=2)
        self.conv3 = nn.Conv2d(64, 64, 3)
        self.linear1 = nn.Linear(3136, 512)
        self.linear2 = nn.Linear(512, actions)

    def forward(self, x):
        x = self.conv3(self.conv2(self.conv1(x).relu()).relu()).relu()
        return self.linear2(self.linear1(x.flatten(1)).relu())


class DeepQNetwork2013(nn.Module):
    """Mnih et al., 2013, section 4.1."""

    def __init__(self, actions=4):
        super().__init__()
        self.conv1 = nn.Conv2d(4, 16, 8, stride=4)
        self.conv2 = nn.Conv2d(16, 32, 4, stride=2)
        self.linear1 = nn.Linear(2592, 256)
        self.linear2 = nn.Linear(256, actions)

    def forward(self, x):
        x = self.conv2(self.conv1(x).relu()).relu()
        return self.linear2(self.linear1(x.flatten(1)).relu())


class LogisticRegression(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.linear1 = nn.Linear(784, classes)

    def forward(self, x):
        return self.linear1(x.flatten(1))


class Perceptron(nn.Module):
    """Nielsen, "Neural Networks and Deep Learning", chapter 1, with ReLU."""

    def __init__(self, hidden=128, classes=10):
        super().__init__()
        self.linear1 = nn.Linear(784, hidden)
        self.linear2 = nn.Linear(hidden, classes)

    def forward(self, x):
        return self.linear2(self.linear1(x.flatten(1)).relu())


class Conv1D(nn.Module):
    """A linear layer with its weight the other way round, as in OpenAI's checkpoints."""

    def __init__(self, wide, out):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(wide, out))
        self.bias = nn.Parameter(torch.empty(out))

    def forward(self, x):
        return x @ self.weight + self.bias


class Gpt2Attention(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.heads = heads
        self.c_attn = Conv1D(d, 3 * d)
        self.c_proj = Conv1D(d, d)

    def forward(self, x):
        batch, length, d = x.shape
        q, k, v = (part.view(batch, length, self.heads, d // self.heads).transpose(1, 2) for part in self.c_attn(x).split(d, dim=2))
        scores = q @ k.transpose(2, 3) / math.sqrt(d // self.heads)
        future = torch.ones(length, length, dtype=torch.bool).triu(1)
        mixed = scores.masked_fill(future, float("-inf")).softmax(-1) @ v
        return self.c_proj(mixed.transpose(1, 2).reshape(batch, length, d))


class Gpt2Layer(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.ln_1 = nn.LayerNorm(d)
        self.attn = Gpt2Attention(d, heads)
        self.ln_2 = nn.LayerNorm(d)
        self.mlp = nn.ModuleDict({"c_fc": Conv1D(d, 4 * d), "c_proj": Conv1D(4 * d, d)})

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        hidden = self.mlp["c_fc"](self.ln_2(x))
        hidden = 0.5 * hidden * (1 + torch.tanh(math.sqrt(2 / math.pi) * (hidden + 0.044715 * hidden ** 3)))
        return x + self.mlp["c_proj"](hidden)


class Gpt2(nn.Module):
    """Radford et al., 2019, under the keys of Hugging Face's GPT2Model; the head is the embedding's weight."""

    def __init__(self, vocab, context, d, layers, heads):
        super().__init__()
        self.wte = nn.Embedding(vocab, d)
        self.wpe = nn.Embedding(context, d)
        self.h = nn.ModuleList(Gpt2Layer(d, heads) for _ in range(layers))
        self.ln_f = nn.LayerNorm(d)

    def forward(self, ids):
        x = self.wte(ids) + self.wpe(torch.arange(ids.shape[1]))
        for layer in self.h:
            x = layer(x)
        return self.ln_f(x) @ self.wte.weight.T


class GptLayer(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.attn = Gpt2Attention(d, heads)
        self.ln_1 = nn.LayerNorm(d)
        self.mlp = nn.ModuleDict({"c_fc": Conv1D(d, 4 * d), "c_proj": Conv1D(4 * d, d)})
        self.ln_2 = nn.LayerNorm(d)

    def forward(self, x):
        x = self.ln_1(x + self.attn(x))
        hidden = self.mlp["c_fc"](x)
        hidden = 0.5 * hidden * (1 + torch.tanh(math.sqrt(2 / math.pi) * (hidden + 0.044715 * hidden ** 3)))
        return self.ln_2(x + self.mlp["c_proj"](hidden))


class Gpt(nn.Module):
    """Radford et al., 2018, under the keys of Hugging Face's OpenAIGPTModel; the head is the embedding's weight."""

    def __init__(self, vocab, context, d, layers, heads):
        super().__init__()
        self.tokens_embed = nn.Embedding(vocab, d)
        self.positions_embed = nn.Embedding(context, d)
        self.h = nn.ModuleList(GptLayer(d, heads) for _ in range(layers))

    def forward(self, ids):
        x = self.tokens_embed(ids) + self.positions_embed(torch.arange(ids.shape[1]))
        for layer in self.h:
            x = layer(x)
        return x @ self.tokens_embed.weight.T


class DoubleConv(nn.Module):
    def __init__(self, wide, planes):
        super().__init__()
        self.conv1 = nn.Conv2d(wide, planes, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)

    def forward(self, x):
        return self.bn2(self.conv2(self.bn1(self.conv1(x)).relu())).relu()


class Up(nn.Module):
    def __init__(self, wide, planes):
        super().__init__()
        self.up = nn.ConvTranspose2d(wide, planes, 2, stride=2)
        self.conv = DoubleConv(2 * planes, planes)

    def forward(self, x, skip):
        return self.conv(torch.cat((skip, self.up(x)), dim=1))


class UNet(nn.Module):
    """Ronneberger et al., 2015, figure 1, with padding and batch normalisation."""

    def __init__(self, channels=3, classes=2, base=64):
        super().__init__()
        self.down1 = DoubleConv(channels, base)
        self.down2 = DoubleConv(base, 2 * base)
        self.down3 = DoubleConv(2 * base, 4 * base)
        self.down4 = DoubleConv(4 * base, 8 * base)
        self.bottom = DoubleConv(8 * base, 16 * base)
        self.up4 = Up(16 * base, 8 * base)
        self.up3 = Up(8 * base, 4 * base)
        self.up2 = Up(4 * base, 2 * base)
        self.up1 = Up(2 * base, base)
        self.head = nn.Conv2d(base, classes, 1)

    def forward(self, x):
        halve = nn.MaxPool2d(2)
        a = self.down1(x)
        b = self.down2(halve(a))
        c = self.down3(halve(b))
        d = self.down4(halve(c))
        e = self.bottom(halve(d))
        return self.head(self.up1(self.up2(self.up3(self.up4(e, d), c), b), a))


class LstmTagger(nn.Module):
    """Huang et al., 2015, without the CRF."""

    def __init__(self, vocab=10_000, tags=17, width=100, hidden=100):
        super().__init__()
        self.embed = nn.Embedding(vocab, width)
        self.lstm = nn.LSTM(width, hidden, bidirectional=True, batch_first=True)
        self.head = nn.Linear(2 * hidden, tags)

    def forward(self, words):
        return self.head(self.lstm(self.embed(words))[0])


class HighwayLayer(nn.Module):
    """Srivastava et al., 2015, equation 3."""

    def __init__(self, width):
        super().__init__()
        self.plain = nn.Linear(width, width)
        self.transform = nn.Linear(width, width)

    def forward(self, x):
        return torch.lerp(x, self.plain(x).relu(), self.transform(x).sigmoid())


class Highway(nn.Module):
    def __init__(self, depth=10, width=50, classes=10):
        super().__init__()
        self.stem = nn.Linear(784, width)
        self.layers = nn.Sequential(*[HighwayLayer(width) for _ in range(depth)])
        self.head = nn.Linear(width, classes)

    def forward(self, x):
        return self.head(self.layers(self.stem(x.flatten(1)).relu()))

"""PyTorch forms of nets with a memory, a clock or an eye of their own, written from the papers: the oracle of their .dlm forms."""
import torch
from torch import nn
from torch.nn import functional as F


class Addressing(nn.Module):
    """Graves et al., 2014, section 3.3, equations 5 to 9."""

    def __init__(self, hidden, cells):
        super().__init__()
        self.key = nn.Linear(hidden, cells)
        self.strength = nn.Linear(hidden, 1)
        self.gate = nn.Linear(hidden, 1)
        self.shift = nn.Linear(hidden, 3)
        self.sharpen = nn.Linear(hidden, 1)

    def forward(self, state, memory, before):
        similarity = F.cosine_similarity(self.key(state).tanh()[:, None], memory, dim=-1)
        content = (F.softplus(self.strength(state)) * similarity).softmax(-1)
        gate = self.gate(state).sigmoid()
        mixed = gate * content + (1 - gate) * before
        shift, slots = self.shift(state).softmax(-1), memory.shape[1]
        # Equation 8 as it stands: the sum over j of mixed(j) shift(i - j), the shifts being -1, 0 and 1.
        moved = torch.stack([sum(mixed[:, (i - by) % slots] * shift[:, by + 1] for by in (-1, 0, 1)) for i in range(slots)], dim=1)
        focused = (moved + 1e-8) ** (1 + F.softplus(self.sharpen(state)))
        return focused / focused.sum(1, keepdim=True)


class NeuralTuringMachine(nn.Module):
    def __init__(self, bits=8, slots=128, cells=20, hidden=100):
        super().__init__()
        self.start_memory = nn.Parameter(torch.empty(slots, cells))
        self.start_read = nn.Parameter(torch.empty(cells))
        self.start_h = nn.Parameter(torch.empty(hidden))
        self.start_c = nn.Parameter(torch.empty(hidden))
        self.controller = nn.LSTMCell(bits + 1 + cells, hidden)
        self.write_head = Addressing(hidden, cells)
        self.erase = nn.Linear(hidden, cells)
        self.add = nn.Linear(hidden, cells)
        self.read_head = Addressing(hidden, cells)
        self.head = nn.Linear(hidden + cells, bits)

    def forward(self, x):
        batch, slots = x.shape[0], self.start_memory.shape[0]
        memory, read, h, c = (start.expand(batch, *start.shape) for start in (self.start_memory, self.start_read, self.start_h, self.start_c))
        look = write = x.new_zeros(batch, slots)
        outputs, written, looked = [], [], []
        for now in x.unbind(1):
            h, c = self.controller(torch.cat((now, read), 1), (h, c))
            write = self.write_head(h, memory, write)
            memory = memory * (1 - write[:, :, None] * self.erase(h).sigmoid()[:, None]) + write[:, :, None] * self.add(h).tanh()[:, None]
            look = self.read_head(h, memory, look)
            read = (look[:, None] @ memory)[:, 0]
            outputs.append(self.head(torch.cat((h, read), 1)))
            written.append(write)
            looked.append(look)
        return torch.stack(outputs, 1), torch.stack(written, 1), torch.stack(looked, 1)


class StackedLstm(nn.Module):
    def __init__(self, bits=8, hidden=256, layers=3):
        super().__init__()
        self.lstm = nn.LSTM(bits + 1, hidden, layers, batch_first=True)
        self.head = nn.Linear(hidden, bits)

    def forward(self, x):
        return self.head(self.lstm(x)[0])


class Ponder(nn.Module):
    """Graves, 2016, section 2, equations 5 to 13, for each row of the batch by itself."""

    def __init__(self, wide, hidden, most, epsilon):
        super().__init__()
        self.cell = nn.RNNCell(wide + 1, hidden)
        self.halt = nn.Linear(hidden, 1)
        self.most, self.epsilon = most, epsilon

    def forward(self, x, state):
        rows = [self.one(x[i:i + 1], state[i:i + 1]) for i in range(len(x))]
        return torch.cat([row[0] for row in rows]), torch.cat([row[1] for row in rows])

    def one(self, x, state):
        states, halts = [], []
        while not states or (sum(halts) < 1 - self.epsilon and len(states) < self.most):
            state = self.cell(torch.cat((x, x.new_full((1, 1), 0.0 if states else 1.0)), 1), state)
            states.append(state)
            halts.append(self.halt(state).sigmoid())
        remainder = 1 - sum(halts[:-1], x.new_zeros(1, 1))
        return sum(p * s for p, s in zip(halts[:-1] + [remainder], states)), len(states) + remainder


class AdaptiveParity(nn.Module):
    def __init__(self, bits=64, hidden=128, most=100, epsilon=0.01):
        super().__init__()
        self.hidden = hidden
        self.think = Ponder(bits, hidden, most, epsilon)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        state, ponder = self.think(x, x.new_zeros(len(x), self.hidden))
        return self.head(state), ponder


class AdaptiveRnn(nn.Module):
    def __init__(self, inputs=10, outputs=10, hidden=128, most=20, epsilon=0.01):
        super().__init__()
        self.hidden = hidden
        self.think = Ponder(inputs, hidden, most, epsilon)
        self.head = nn.Linear(hidden, outputs)

    def forward(self, x):
        state, states, costs = x.new_zeros(len(x), self.hidden), [], []
        for now in x.unbind(1):
            state, cost = self.think(now, state)
            states.append(state)
            costs.append(cost)
        return self.head(torch.stack(states, 1)), torch.stack(costs, 1)


class GlimpseNetwork(nn.Module):
    """Mnih et al., 2014, figure 1b."""

    def __init__(self, side, size, scales):
        super().__init__()
        self.side, self.size, self.scales = side, size, scales
        self.what1 = nn.Linear(scales * size * size, 128)
        self.what2 = nn.Linear(128, 256)
        self.where1 = nn.Linear(2, 128)
        self.where2 = nn.Linear(128, 256)

    def forward(self, image, place):
        # The centres of a patch's pixels, in pixels from its middle.
        offsets = torch.arange(self.size) - (self.size - 1) / 2
        patches = []
        for scale in range(self.scales):
            across = offsets * 2 ** scale * 2 / self.side
            grid = torch.stack(torch.meshgrid(across, across, indexing="xy"), -1) + place[:, None, None]
            patches.append(F.grid_sample(image, grid, align_corners=False).flatten(1))
        what = self.what2(self.what1(torch.cat(patches, 1)).relu())
        return (what + self.where2(self.where1(place).relu())).relu()


class RecurrentAttention(nn.Module):
    """Mnih et al., 2014, figure 1c; the places and what is expected have gradients of their own."""

    def __init__(self, side=28, glimpses=6, size=8, scales=1, classes=10, noise=0.0):
        super().__init__()
        self.glimpses, self.noise = glimpses, noise
        self.glimpse = GlimpseNetwork(side, size, scales)
        self.core = nn.RNNCell(256, 256, nonlinearity="relu")
        self.locate = nn.Linear(256, 2)
        self.value = nn.Linear(256, 1)
        self.classify = nn.Linear(256, classes)

    def forward(self, image, place):
        h, places, means, values = image.new_zeros(len(image), 256), [], [], []
        for _ in range(self.glimpses):
            h = self.core(self.glimpse(image, place), h)
            means.append(self.locate(h.detach()).tanh())
            place = means[-1].detach()
            if self.noise > 0:
                place = (place + self.noise * torch.randn_like(place)).clamp(-1, 1)
            places.append(place)
            values.append(self.value(h.detach()))
        return self.classify(h), torch.stack(places), torch.stack(means), torch.stack(values)

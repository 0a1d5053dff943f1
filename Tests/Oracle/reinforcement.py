"""PyTorch forms of policies and values, written from the papers: the oracle of their .dlm forms."""
from torch import nn


class Perceptron(nn.Module):
    """Linear layers with rectifiers between them, called linear1 and so on; a single value for each state without its dimension."""

    def __init__(self, *widths):
        super().__init__()
        self.count = len(widths) - 1
        for i in range(self.count):
            setattr(self, f"linear{i + 1}", nn.Linear(widths[i], widths[i + 1]))

    def forward(self, x):
        for i in range(1, self.count):
            x = getattr(self, f"linear{i}")(x).relu()
        x = getattr(self, f"linear{self.count}")(x)
        return x.squeeze(1) if x.shape[1] == 1 else x


class ActorCritic(nn.Module):
    """A policy's logits and a value on one trunk (Mnih et al., 2016)."""

    def __init__(self, trunk, width, actions):
        super().__init__()
        self.trunk = trunk
        self.actor = nn.Linear(width, actions)
        self.critic = nn.Linear(width, 1)

    def forward(self, x):
        h = self.trunk(x).relu()
        return self.actor(h), self.critic(h).squeeze(1)


def CartPoleActorCritic():
    return ActorCritic(nn.Linear(4, 128), 128, 2)


def AtariActorCritic():
    trunk = nn.Sequential(nn.Conv2d(4, 16, 8, 4), nn.ReLU(), nn.Conv2d(16, 32, 4, 2), nn.ReLU(), nn.Flatten(), nn.Linear(2592, 256))
    return ActorCritic(trunk, 256, 4)


class Dueling(nn.Module):
    """Wang et al., 2016, equation 9."""

    def __init__(self, features, width, hidden, actions):
        super().__init__()
        self.features = features
        self.value = nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, 1))
        self.advantage = nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, actions))

    def forward(self, x):
        seen = self.features(x)
        advantage = self.advantage(seen)
        return self.value(seen) + advantage - advantage.mean(1, keepdim=True)


def DuelingDeepQNetwork():
    features = nn.Sequential(nn.Conv2d(4, 32, 8, 4), nn.ReLU(), nn.Conv2d(32, 64, 4, 2), nn.ReLU(), nn.Conv2d(64, 64, 3), nn.ReLU(), nn.Flatten())
    return Dueling(features, 3136, 512, 4)


def DuelingPixelQNetwork():
    features = nn.Sequential(nn.Conv2d(1, 16, 4, 2), nn.ReLU(), nn.Conv2d(16, 32, 3, 2), nn.ReLU(), nn.Flatten())
    return Dueling(features, 800, 128, 3)


class PixelQNetwork(nn.Module):
    """The network of deep Q-learning for small pictures."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 4, 2)
        self.conv2 = nn.Conv2d(16, 32, 3, 2)
        self.linear1 = nn.Linear(800, 128)
        self.linear2 = nn.Linear(128, 3)

    def forward(self, x):
        x = self.conv2(self.conv1(x).relu()).relu().flatten(1)
        return self.linear2(self.linear1(x).relu())

"""PyTorch forms of models that torchvision has not, written from the papers: the oracle of their .dlm forms."""
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

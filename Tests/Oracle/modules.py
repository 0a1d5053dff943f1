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

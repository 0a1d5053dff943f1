"""PyTorch forms of self-supervised learning, written from the papers: the oracle of their .dlm forms."""
from torch import nn
from torchvision.models import resnet


class ResNetFeatures(resnet.ResNet):
    """He et al., 2015, without the last layer; small as in Chen et al., 2020, appendix B.9."""

    def __init__(self, unit, depths, small=False, base=64):
        super().__init__(unit, depths)
        if small:
            self.conv1 = nn.Conv2d(3, base, 3, padding=1, bias=False)
            self.maxpool = nn.Identity()
        if base != 64:
            self.inplanes = base
            self.bn1 = nn.BatchNorm2d(base)
            for i, depth in enumerate(depths):
                setattr(self, f"layer{i + 1}", self._make_layer(unit, base * 2 ** i, depth, stride=2 if i else 1))
        self.width = self.fc.in_features * base // 64
        self.fc = nn.Identity()


class SimClr(nn.Module):
    """Chen et al., 2020, figure 2: what g gives, then what f gives."""

    def __init__(self, unit, depths, small=False, base=64, width=128):
        super().__init__()
        self.encoder = ResNetFeatures(unit, depths, small, base)
        self.projector = nn.Module()
        self.projector.linear1 = nn.Linear(self.encoder.width, self.encoder.width, bias=False)
        self.projector.linear2 = nn.Linear(self.encoder.width, width, bias=False)

    def forward(self, x):
        h = self.encoder(x)
        return self.projector.linear2(self.projector.linear1(h).relu()), h

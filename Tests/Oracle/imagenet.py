"""PyTorch forms of networks for ImageNet that torchvision has not, or not as the zoo has them: the oracle of their .dlm forms."""
import torchvision.models as vision
from torch import nn
from torchvision.models import vgg


class AlexNet2012(nn.Module):
    """Krizhevsky et al., 2012, figure 2: the two towers as groups of a convolution."""

    def __init__(self, classes=1000):
        super().__init__()
        # Of the sum of section 3.3 nn.LocalResponseNorm takes the mean.
        norm = nn.LocalResponseNorm(5, alpha=5 * 1e-4, beta=0.75, k=2)
        pool = nn.MaxPool2d(3, stride=2)
        self.features = nn.Sequential(
            nn.Conv2d(3, 96, 11, stride=4), nn.ReLU(), norm, pool,
            nn.Conv2d(96, 256, 5, padding=2, groups=2), nn.ReLU(), norm, pool,
            nn.Conv2d(256, 384, 3, padding=1), nn.ReLU(),
            nn.Conv2d(384, 384, 3, padding=1, groups=2), nn.ReLU(),
            nn.Conv2d(384, 256, 3, padding=1, groups=2), nn.ReLU(), pool)
        self.classifier = nn.Sequential(
            nn.Linear(9216, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, classes))

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


class GoogLeNet(vision.GoogLeNet):
    """torchvision's, with what its classifiers half-way up say in eval mode too."""

    def __init__(self, **arguments):
        super().__init__(init_weights=False, **arguments)

    def forward(self, x):
        auxiliary = []
        hooks = [below.register_forward_hook(lambda _, __, out, head=head: auxiliary.append(head(out)))
                 for below, head in ((self.inception4a, self.aux1), (self.inception4d, self.aux2))]
        logits = super().forward(x)
        for hook in hooks:
            hook.remove()
        return logits, *auxiliary


class Vgg(vision.VGG):
    """torchvision's, with narrower linear layers."""

    def __init__(self, configuration, batch_norm, hidden):
        nn.Module.__init__(self)
        self.features = vgg.make_layers(vgg.cfgs[configuration], batch_norm)
        self.avgpool = nn.AdaptiveAvgPool2d(7)
        self.classifier = nn.Sequential(
            nn.Linear(512 * 49, hidden), nn.ReLU(), nn.Dropout(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(), nn.Linear(hidden, 1000))


class InceptionV3(vision.Inception3):
    """torchvision's, with what its classifier half-way up says in eval mode too."""

    def __init__(self):
        super().__init__(init_weights=False)

    def forward(self, x):
        auxiliary = []
        hook = self.Mixed_6e.register_forward_hook(lambda _, __, out: auxiliary.append(self.AuxLogits(out)))
        logits = super().forward(x)
        hook.remove()
        return logits, *auxiliary

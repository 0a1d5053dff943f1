"""PyTorch forms of the generative models, written from the papers: the oracle of their .dlm forms."""
import torch
from torch import nn


class GanGenerator(nn.Module):
    """Goodfellow et al., 2014, section 5, as perceptrons 100-256-512-784 and 784-512-256-1."""

    def __init__(self, z=100):
        super().__init__()
        self.linear1 = nn.Linear(z, 256)
        self.linear2 = nn.Linear(256, 512)
        self.linear3 = nn.Linear(512, 784)

    def forward(self, z):
        return self.linear3(self.linear2(self.linear1(z).relu()).relu()).tanh().view(-1, 1, 28, 28)


class GanDiscriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear1 = nn.Linear(784, 512)
        self.linear2 = nn.Linear(512, 256)
        self.linear3 = nn.Linear(256, 1)

    def forward(self, x):
        x = nn.functional.leaky_relu(self.linear1(x.flatten(1)), 0.2)
        x = nn.functional.leaky_relu(self.linear2(x), 0.2)
        return self.linear3(x).squeeze(1)


def up(wide, planes, stride=2, pad=1):
    return [nn.ConvTranspose2d(wide, planes, 4, stride, pad, bias=False), nn.BatchNorm2d(planes), nn.ReLU()]


def down(wide, planes):
    return [nn.Conv2d(wide, planes, 4, 2, 1, bias=False), nn.BatchNorm2d(planes), nn.LeakyReLU(0.2)]


class DcganGenerator(nn.Module):
    """Radford et al., 2015, figure 1, as in PyTorch's tutorial."""

    def __init__(self, z=100, widths=(512, 256, 128, 64), channels=3):
        super().__init__()
        layers = up(z, widths[0], 1, 0)
        for wide, planes in zip(widths, widths[1:]):
            layers += up(wide, planes)
        self.main = nn.Sequential(*layers, nn.ConvTranspose2d(widths[-1], channels, 4, 2, 1, bias=False), nn.Tanh())

    def forward(self, z):
        return self.main(z)


class DcganDiscriminator(nn.Module):
    """The same tutorial's, without the sigmoid, which is in the loss."""

    def __init__(self, widths=(64, 128, 256, 512), channels=3):
        super().__init__()
        layers = [nn.Conv2d(channels, widths[0], 4, 2, 1, bias=False), nn.LeakyReLU(0.2)]
        for wide, planes in zip(widths, widths[1:]):
            layers += down(wide, planes)
        self.main = nn.Sequential(*layers, nn.Conv2d(widths[-1], 1, 4, 1, 0, bias=False))

    def forward(self, x):
        return self.main(x).flatten()


def DcganGenerator32():
    return DcganGenerator(widths=(256, 128, 64), channels=1)


def DcganDiscriminator32():
    return DcganDiscriminator(widths=(64, 128, 256), channels=1)


def WganGpCritic(channels=1, width=64):
    """Gulrajani et al., 2017: layer normalisation, here as one group of all channels."""
    main = nn.Sequential(nn.Conv2d(channels, width, 4, 2, 1), nn.LeakyReLU(0.2),
                         nn.Conv2d(width, 2 * width, 4, 2, 1), nn.GroupNorm(1, 2 * width), nn.LeakyReLU(0.2),
                         nn.Conv2d(2 * width, 4 * width, 4, 2, 1), nn.GroupNorm(1, 4 * width), nn.LeakyReLU(0.2),
                         nn.Conv2d(4 * width, 1, 4), nn.Flatten(0))
    return Called(main=main)


class Called(nn.Module):
    """A sequence under a name."""

    def __init__(self, **sequence):
        super().__init__()
        (self.name, layers), = sequence.items()
        setattr(self, self.name, layers)

    def forward(self, x):
        return getattr(self, self.name)(x)


class ResnetBlock(nn.Module):
    """Zhu et al., 2017, appendix 7.2."""

    def __init__(self, d):
        super().__init__()
        self.conv_block = nn.Sequential(nn.ReflectionPad2d(1), nn.Conv2d(d, d, 3), nn.InstanceNorm2d(d), nn.ReLU(),
                                        nn.ReflectionPad2d(1), nn.Conv2d(d, d, 3), nn.InstanceNorm2d(d))

    def forward(self, x):
        return x + self.conv_block(x)


def CycleGanGenerator(channels=3, width=64, blocks=9):
    def normed(*convolution):
        return [*convolution, nn.InstanceNorm2d(convolution[-1].out_channels), nn.ReLU()]

    return Called(model=nn.Sequential(
        *normed(nn.ReflectionPad2d(3), nn.Conv2d(channels, width, 7)),
        *normed(nn.Conv2d(width, 2 * width, 3, 2, 1)),
        *normed(nn.Conv2d(2 * width, 4 * width, 3, 2, 1)),
        *[ResnetBlock(4 * width) for _ in range(blocks)],
        *normed(nn.ConvTranspose2d(4 * width, 2 * width, 3, 2, 1, 1)),
        *normed(nn.ConvTranspose2d(2 * width, width, 3, 2, 1, 1)),
        nn.ReflectionPad2d(3), nn.Conv2d(width, channels, 7), nn.Tanh()))


def PatchDiscriminator(channels=3, width=64):
    """Isola et al., 2016, section 3.2.2."""
    layers = [nn.Conv2d(channels, width, 4, 2, 1), nn.LeakyReLU(0.2)]
    for wide, stride in ((width, 2), (2 * width, 2), (4 * width, 1)):
        layers += [nn.Conv2d(wide, 2 * wide, 4, stride, 1), nn.InstanceNorm2d(2 * wide), nn.LeakyReLU(0.2)]
    return Called(model=nn.Sequential(*layers, nn.Conv2d(8 * width, 1, 4, 1, 1)))


def perceptron(*widths):
    """Linear layers with rectifiers between them, at the places of nn.Sequential."""
    layers = [layer for wide, out in zip(widths, widths[1:]) for layer in (nn.Linear(wide, out), nn.ReLU())]
    return nn.Sequential(*layers[:-1])


class Autoencoder(nn.Module):
    """Hinton and Salakhutdinov, 2006, with rectifiers."""

    def __init__(self, size=30):
        super().__init__()
        self.encoder = perceptron(784, 1000, 500, 250, size)
        self.decoder = perceptron(size, 250, 500, 1000, 784)

    def forward(self, x):
        code = self.encoder(x.flatten(1))
        return self.decoder(code).view(x.shape), code


class VaeEncoder(nn.Module):
    """Kingma and Welling, 2013, with the names of PyTorch's example."""

    def __init__(self, hidden=400, latent=20):
        super().__init__()
        self.fc1 = nn.Linear(784, hidden)
        self.fc21 = nn.Linear(hidden, latent)
        self.fc22 = nn.Linear(hidden, latent)

    def forward(self, x):
        h = self.fc1(x.flatten(1)).relu()
        return self.fc21(h), self.fc22(h)


class VaeDecoder(nn.Module):
    def __init__(self, hidden=400, latent=20):
        super().__init__()
        self.fc3 = nn.Linear(latent, hidden)
        self.fc4 = nn.Linear(hidden, 784)

    def forward(self, z):
        return self.fc4(self.fc3(z).relu()).view(-1, 1, 28, 28)


class Vae(nn.Module):
    """With the noise that a cause is drawn from as an input."""

    def __init__(self):
        super().__init__()
        self.encoder = VaeEncoder()
        self.decoder = VaeDecoder()

    def forward(self, x, noise):
        mean, log_variance = self.encoder(x)
        return self.decoder(mean + torch.exp(0.5 * log_variance) * noise), mean, log_variance

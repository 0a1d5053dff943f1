"""The objectives of the generative systems for objectives.py, on networks that are narrow. How these begin draws otherwise than PyTorch, so that the seed is set again."""
import torch
import torch.nn.functional as F

import fill
import generative

STEPS = 10
BATCH = 4


def filled(network):
    return fill.fill(network).train()


def pixels(step, shape, name="image"):
    """From -1 to 1."""
    return fill.tensor(f"{name}{step}", shape, 2.0)


def descend(loss, *optimizers):
    for optimizer in optimizers:
        optimizer.zero_grad()
    loss.backward()
    for optimizer in optimizers:
        optimizer.step()


def adam(network, rate=2e-4, betas=(0.5, 0.999)):
    return torch.optim.Adam(network.parameters(), rate, betas)


def narrow_generator():
    return filled(generative.DcganGenerator(widths=(16, 8, 4), channels=1))


def dcgan():
    generator, discriminator = narrow_generator(), filled(generative.DcganDiscriminator(widths=(4, 8, 16), channels=1))
    for_generator, for_discriminator = adam(generator), adam(discriminator)
    torch.manual_seed(2)
    for i in range(STEPS):
        fake = generator(torch.randn(BATCH, 100, 1, 1))
        on_real, on_fake = discriminator(pixels(i, (BATCH, 1, 32, 32))), discriminator(fake.detach())
        loss = F.binary_cross_entropy_with_logits(on_real, torch.ones(BATCH)) + F.binary_cross_entropy_with_logits(on_fake, torch.zeros(BATCH))
        descend(loss, for_discriminator)
        fooled = F.binary_cross_entropy_with_logits(discriminator(fake), torch.ones(BATCH))
        descend(fooled, for_generator)
        yield loss, fooled, (on_real > 0).float().mean(), (on_fake < 0).float().mean()
    yield {"generator": generator, "discriminator": discriminator}


def wgan():
    generator, critic = narrow_generator(), filled(generative.DcganDiscriminator(widths=(4, 8, 16), channels=1))
    for_generator, for_critic = torch.optim.RMSprop(generator.parameters(), 5e-5), torch.optim.RMSprop(critic.parameters(), 5e-5)
    torch.manual_seed(2)
    judged = torch.tensor(0.0)
    for i in range(STEPS):
        fake = generator(torch.randn(BATCH, 100, 1, 1))
        loss = critic(fake.detach()).mean() - critic(pixels(i, (BATCH, 1, 32, 32))).mean()
        descend(loss, for_critic)
        with torch.no_grad():
            for parameter in critic.parameters():
                parameter.clamp_(-0.05, 0.05)
        if (i + 1) % 5 == 0:
            judged = -critic(generator(torch.randn(BATCH, 100, 1, 1))).mean()
            descend(judged, for_generator)
        yield loss, judged
    yield {"generator": generator, "critic": critic}


def wgan_gp():
    generator, critic = narrow_generator(), filled(generative.WganGpCritic(width=4))
    for_generator, for_critic = adam(generator, 1e-4, (0, 0.9)), adam(critic, 1e-4, (0, 0.9))
    torch.manual_seed(2)
    judged = torch.tensor(0.0)
    for i in range(STEPS):
        real = pixels(i, (BATCH, 1, 32, 32))
        fake = generator(torch.randn(BATCH, 100, 1, 1)).detach()
        share = torch.rand(BATCH, 1, 1, 1)
        between = (share * real + (1 - share) * fake).requires_grad_()
        slope, = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
        distance = critic(real).mean() - critic(fake).mean()
        loss = 10 * ((slope.flatten(1).norm(dim=1) - 1) ** 2).mean() - distance
        descend(loss, for_critic)
        if (i + 1) % 5 == 0:
            judged = -critic(generator(torch.randn(BATCH, 100, 1, 1))).mean()
            descend(judged, for_generator)
        yield loss, judged, distance
    yield {"generator": generator, "critic": critic}


def reconstruction():
    net = filled(generative.Autoencoder())
    optimizer = adam(net, 1e-3, (0.9, 0.999))
    for i in range(STEPS):
        image = fill.tensor(f"image{i}", (BATCH, 1, 28, 28), 1.0, 0.5)
        logits = net(image.masked_fill(torch.rand_like(image) < 0.3, 0))[0]
        loss = F.binary_cross_entropy_with_logits(logits, image)
        descend(loss, optimizer)
        yield loss,
    yield {"net": net}


ALL = {"dcgan": dcgan, "wgan": wgan, "wgan_gp": wgan_gp, "reconstruction": reconstruction}
